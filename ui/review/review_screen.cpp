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
#include "review/review_keys.h"
#include "review/review_page.h"
#include "review/watched_events.h"
#include "timeline/timeline_panel.h"
#include "timeline/timeline_toolbar.h"
#include "widgets/list_view.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace gatehouse::review
{

namespace
{

QJsonArray arrayOf(const QSet<CameraId> &cameras)
{
    QJsonArray out;
    for (const CameraId camera : cameras)
        out.append(camera.value);
    return out;
}

QSet<CameraId> camerasOf(const QJsonValue &array)
{
    QSet<CameraId> out;
    for (const QJsonValue &camera : array.toArray())
        out.insert(CameraId{camera.toInteger()});
    return out;
}

} // namespace

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

    makeActions();
}

void ReviewScreen::makeActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto &&carryOut) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, carryOut);
        addAction(action);
        m_shortcuts.append(action);
    };
    add(tr("Delete what is shown…"), QKeySequence::Delete, [this] { deleteShownItem(); });
    add(tr("Events: next card"), Qt::SHIFT | Qt::Key_J, [this] { m_eventList->step(1); });
    add(tr("Events: previous card"), Qt::SHIFT | Qt::Key_K, [this] { m_eventList->step(-1); });
    add(tr("Mark or unmark as reviewed"), Qt::Key_R, [this] { m_eventList->toggleReviewed(); });
    add(tr("Hide or show the camera"), Qt::Key_H, [this] { toggleCamera(m_selection->camera()); });
    add(tr("Search events"), Qt::Key_Slash, [this] {
        if (m_page->columns() == Columns::Drawers && !m_eventList->isVisible())
            m_page->eventsAction()->trigger();
        m_eventList->startSearch();
    });
}

void ReviewScreen::makeParts(const models::Services &services)
{
    m_cameraList = new cameras::CameraList(*m_cameras, *m_posters, *m_selection, this);
    ReviewParts parts;
    parts.cameras = m_cameraList;
    m_eventList =
        new events::EventList(*m_events, *m_cameras, *m_posters, *m_playhead, *m_selection, *m_actions, this);
    parts.events = m_eventList;
    auto *player = new player::PlayerPanel(services, *m_playhead, *m_selection, this);
    m_player = &player->controller();
    connect(m_player, &player::PlayerController::lowCamerasChanged, this, &ReviewScreen::stateChanged);
    parts.player = player;
    auto *timeline = new timeline::TimelinePanel(services, *m_posters, *m_playhead, *m_selection, this);
    parts.timeline = timeline;
    auto *transport = new player::TransportBar(*player);
    auto *toolbar = new timeline::TimelineToolbar(*timeline, *m_playhead, transport, this);
    parts.toolbar = toolbar;
    connect(toolbar, &timeline::TimelineToolbar::roomChanged, transport, &player::TransportBar::setWide);
    connect(m_cameras, &models::CameraModel::hiddenChanged, timeline,
            &timeline::TimelinePanel::setHiddenCameras);
    const auto refreshNotes = [this, timeline] { showTroubles(*timeline); };
    connect(m_cameras, &models::CameraModel::updated, timeline, refreshNotes);
    connect(m_cameras, &models::CameraModel::dataChanged, timeline, refreshNotes);
    connect(timeline, &timeline::TimelinePanel::noteClicked, this, [this](CameraId camera) {
        m_selection->chooseCamera(camera);
        Q_EMIT cameraActionRequested(cameras::CameraAction::Trouble, camera);
    });
    m_timelinePart = timeline;
    setFocusProxy(timeline);
    m_page = new ReviewPage(parts, this);
    connect(m_page, &ReviewPage::emptyStateShown, timeline, &timeline::TimelinePanel::setWaiting);
    connect(m_page, &ReviewPage::emptyStateShown, m_player, [this](bool on) {
        if (on && m_player->engine().isPlaying()) // nobody could see or pause it
            m_player->engine().pause();
    });
    m_watched =
        new WatchedEvents(*m_events, *m_playhead, *m_selection, player->controller(), *m_actions, this);
    connect(&timeline->axis(), &timeline::TimelineAxis::changed, this,
            [this, timeline] { followDay(*timeline); });
    connect(timeline, &timeline::TimelinePanel::todayChanged, this,
            [this, timeline] { followDay(*timeline); });
    connect(m_eventList, &events::EventList::timeRequested, this, [this, timeline](qint64 time) {
        m_playhead->seek(time);
        timeline->axis().reveal(time);
    });
    connect(m_eventList, &events::EventList::newestRequested, timeline, &timeline::TimelinePanel::goToNow);
    connect(m_actions, &events::EventActions::withheldChanged, this,
            [this, timeline, player](const QVector<catalog::ItemChange> &items, const QSet<EventId> &events) {
                QSet<ItemId> ids;
                for (const catalog::ItemChange &item : items)
                    ids.insert(item.item);
                player->controller().leave(ids);
                timeline->recordings().setWithheld(items);
                m_events->setWithheld(events);
            });
    connect(timeline, &timeline::TimelinePanel::nothingThere, player, &player::PlayerPanel::sayNothingThere);
    m_keys = new ReviewKeys(*this, *timeline);
    new InitialSelection(*m_events, *m_eventList, *m_playhead, *m_selection, player->controller(), *timeline,
                         this);
}

void ReviewScreen::showTroubles(timeline::TimelinePanel &timeline)
{
    QHash<CameraId, timeline::LaneNote> notes;
    for (const catalog::Camera &camera : m_cameras->cameras()) {
        if (const auto trouble = m_cameras->troubleOf(camera.id))
            notes.insert(camera.id, {trouble->reason, trouble->details, trouble->since});
    }
    timeline.setNotes(notes);
}

void ReviewScreen::followDay(const timeline::TimelinePanel &timeline)
{
    const timeline::TimelineAxis &axis = timeline.axis();
    m_eventList->followDay(axis.dayRange(), axis.dayRange().contains(axis.now()));
}

void ReviewScreen::toggleCamera(CameraId camera)
{
    if (m_cameras->camera(camera) == nullptr)
        return;
    const QString name = m_cameras->nameOf(camera);
    QSet<CameraId> hidden = m_cameras->hidden();
    const bool isShown = hidden.remove(camera);
    if (!isShown)
        hidden.insert(camera);
    m_cameras->setHidden(hidden);
    if (isShown)
        Q_EMIT cameraToggled(tr("%1 is shown again").arg(name), {});
    else
        Q_EMIT cameraToggled(tr("%1 is hidden").arg(name), [this, camera] {
            m_cameras->setHidden(m_cameras->hidden() - QSet<CameraId>{camera});
        });
}

void ReviewScreen::setReviewsWatched(bool on)
{
    m_watched->setEnabled(on);
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

void ReviewScreen::keepEmptyState(bool on)
{
    m_isEmptyKept = on;
    refreshEmptyState();
}

// On the first page that is the camera's name; later the timeline, so that the arrow keys step through
// events.
void ReviewScreen::focusWhereTheEyeIs()
{
    const bool isFirstPage = m_page->isEmptyStateShown();
    m_keys->setEnabled(!isFirstPage);
    for (QAction *action : m_shortcuts)
        action->setEnabled(!isFirstPage);
    auto *first = isFirstPage ? m_empty->findChild<QLineEdit *>() : nullptr;
    QWidget *target = first ? first : m_timelinePart;
    QWidget *before = focusProxy();
    if (before == target)
        return;
    const QWidget *focused = window()->focusWidget();
    const bool hasFocus = focused == before || (focused && isAncestorOf(focused));
    setFocusProxy(target);
    if (hasFocus)
        target->setFocus();
}

void ReviewScreen::refreshEmptyState()
{
    if (!m_empty || !m_cameras->isLoaded())
        return;
    const auto &cameras = m_cameras->cameras();
    const bool something = std::any_of(cameras.begin(), cameras.end(), [](const catalog::Camera &camera) {
        return camera.lastReceived > 0 || camera.items > 0;
    });
    const bool isEmptyShown = !something || m_isEmptyKept;
    if (m_page->isEmptyStateShown() != isEmptyShown)
        m_page->showEmptyState(isEmptyShown);
    focusWhereTheEyeIs();
}

// Marked cards come first: the same key deletes them whether the list or the player has the focus.
void ReviewScreen::deleteShownItem()
{
    if (m_eventList->marked().size() > 1)
        m_eventList->deleteMarked();
    else if (m_selection->item().isValid())
        m_actions->askToDeleteItem(m_selection->item());
}

QJsonObject ReviewScreen::state() const
{
    return {{QStringLiteral("sizes"), m_page->sizes()},
            {QStringLiteral("hidden"), arrayOf(m_cameras->hidden())},
            {QStringLiteral("low"), arrayOf(m_player->lowCameras())}};
}

void ReviewScreen::setState(const QJsonObject &state)
{
    m_cameras->setHidden(camerasOf(state.value(QLatin1String("hidden"))));
    m_player->setLowCameras(camerasOf(state.value(QLatin1String("low"))));
    m_page->setSizes(state.value(QLatin1String("sizes")).toObject());
}

} // namespace gatehouse::review
