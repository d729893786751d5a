#include "review/review_screen.h"

#include "events/event_actions.h"
#include "events/event_list.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "player/player_panel.h"
#include "player/transport_bar.h"
#include "review/initial_selection.h"
#include "review/review_page.h"
#include "timeline/timeline_panel.h"
#include "timeline/timeline_toolbar.h"
#include "widgets/list_view.h"

#include <QAction>
#include <QJsonArray>
#include <QVBoxLayout>
#include <algorithm>

namespace gatehouse::review
{

ReviewScreen::ReviewScreen(const models::Services &services, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_playhead(new models::Playhead(this)),
      m_selection(new models::Selection(*m_playhead, this)),
      m_posters(new models::PosterCache(services, this)),
      m_cameras(new models::CameraModel(services, clock, this)),
      m_events(new models::EventModel(services, *m_cameras, this)),
      m_actions(new events::EventActions(services, this))
{
    makeParts(services);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_page);
    connect(m_cameraList, &cameras::CameraList::actionRequested, this, &ReviewScreen::cameraActionRequested);
    connect(m_cameras, &models::CameraModel::updated, this, &ReviewScreen::refreshEmptyState);
    connect(m_cameras, &models::CameraModel::hiddenChanged, this, &ReviewScreen::stateChanged);

    auto *remove = new QAction(tr("Delete what is shown…"), this);
    remove->setShortcut(QKeySequence::Delete);
    connect(remove, &QAction::triggered, this, &ReviewScreen::deleteShownItem);
    addAction(remove);
}

void ReviewScreen::makeParts(const models::Services &services)
{
    m_cameraList = new cameras::CameraList(*m_cameras, *m_posters, *m_selection, this);
    ReviewParts parts;
    parts.cameras = m_cameraList;
    auto *events =
        new events::EventList(*m_events, *m_cameras, *m_posters, *m_playhead, *m_selection, *m_actions, this);
    parts.events = events;
    auto *player = new player::PlayerPanel(services, *m_playhead, *m_selection, this);
    parts.player = player;
    auto *timeline = new timeline::TimelinePanel(services, *m_posters, *m_playhead, *m_selection, this);
    parts.timeline = timeline;
    auto *transport = new player::TransportBar(*player);
    auto *toolbar = new timeline::TimelineToolbar(*timeline, *m_playhead, transport, this);
    parts.toolbar = toolbar;
    connect(toolbar, &timeline::TimelineToolbar::roomChanged, transport, &player::TransportBar::setWide);
    connect(m_cameras, &models::CameraModel::hiddenChanged, timeline,
            &timeline::TimelinePanel::setHiddenCameras);
    setFocusProxy(timeline); // so that the arrow keys step through events at once
    m_page = new ReviewPage(parts, this);
    connect(m_page, &ReviewPage::emptyStateShown, timeline, &timeline::TimelinePanel::setWaiting);
    new InitialSelection(*m_events, *events, *m_playhead, *m_selection, player->controller(), *timeline,
                         this);
}

void ReviewScreen::showCamera(CameraId camera)
{
    m_cameraList->clearSearch();
    if (m_page->columns() == Columns::Drawers && !m_cameraList->isVisible())
        m_page->camerasAction()->trigger();
    m_selection->chooseCamera(camera);
    m_cameraList->view()->scrollTo(m_cameraList->view()->currentIndex());
}

void ReviewScreen::setEmptyState(QWidget *page)
{
    m_empty = page;
    m_page->setEmptyState(page);
    refreshEmptyState();
}

void ReviewScreen::refreshEmptyState()
{
    if (!m_empty || !m_cameras->isLoaded())
        return;
    const auto &cameras = m_cameras->cameras();
    const bool something = std::any_of(cameras.begin(), cameras.end(), [](const catalog::Camera &camera) {
        return camera.lastReceived > 0 || camera.items > 0;
    });
    if (m_page->isEmptyStateShown() == something)
        m_page->showEmptyState(!something);
}

void ReviewScreen::deleteShownItem()
{
    if (m_selection->item().isValid())
        m_actions->askToDeleteItem(m_selection->item(), m_cameras->nameOf(m_selection->camera()));
}

QJsonObject ReviewScreen::state() const
{
    QJsonArray hidden;
    for (const CameraId camera : m_cameras->hidden())
        hidden.append(camera.value);
    return {{QStringLiteral("sizes"), m_page->sizes()}, {QStringLiteral("hidden"), hidden}};
}

void ReviewScreen::setState(const QJsonObject &state)
{
    QSet<CameraId> hidden;
    for (const QJsonValue &camera : state.value(QLatin1String("hidden")).toArray())
        hidden.insert(CameraId{camera.toInteger()});
    m_cameras->setHidden(hidden);
    m_page->setSizes(state.value(QLatin1String("sizes")).toObject());
}

} // namespace gatehouse::review
