#include "events/event_list.h"

#include "events/event_actions.h"
#include "events/event_card_delegate.h"
#include "events/event_legend.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/playhead.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "widgets/badge.h"
#include "widgets/icon_button.h"
#include "widgets/list_view.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>

namespace gatehouse::events
{

namespace
{
constexpr int kEventsHeader = 44;
constexpr int kNewerTop = 8;
} // namespace

EventList::EventList(models::EventModel &model, const models::CameraModel &cameras,
                     models::PosterCache &posters, const models::Playhead &playhead,
                     models::Selection &selection, EventActions &actions, QWidget *parent)
    : QWidget(parent), m_model(model), m_cameras(cameras), m_playhead(playhead), m_selection(selection),
      m_actions(actions), m_view(new widgets::ListView(tr("Events"), this)), m_newer(new QPushButton(this))
{
    m_view->setModel(&model);
    m_view->setItemDelegate(new EventCardDelegate(posters, m_view));
    connect(&posters, &models::PosterCache::loaded, m_view->viewport(), qOverload<>(&QWidget::update));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(new EventLegend(this));
    auto *content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeEmpty());
    column->addWidget(content, 1);

    m_newer->setProperty("role", QStringLiteral("primary"));
    m_newer->setProperty("small", true);
    m_newer->hide();
    m_newer->raise();
    connect(m_newer, &QPushButton::clicked, m_view, &widgets::ListView::scrollToTop);
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (m_view->isAtTop())
            setNewAbove(0);
    });

    connect(m_view, &widgets::ListView::chosen, this, &EventList::play);
    connect(m_view, &widgets::ListView::menuRequested, this, &EventList::showMenu);
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, m_view, &widgets::ListView::holdStill);
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, m_view, &widgets::ListView::holdStill);
    connect(&m_model, &models::EventModel::updated, this, [this] {
        m_view->letGo();
        refreshHeader();
    });
    connect(&m_model, &models::EventModel::newerArrived, this, [this](int count) {
        if (!m_view->isAtTop())
            setNewAbove(m_newAbove + count);
    });
    connect(&m_playhead, &models::Playhead::timeChanged, this, &EventList::selectAtPlayhead);
    connect(&m_selection, &models::Selection::cameraChanged, this, [this](CameraId camera) {
        if (m_model.onlyCamera().isValid() && camera.isValid())
            m_model.showOnly(camera);
        selectAtPlayhead();
    });
    setFocusProxy(m_view);
    refreshHeader();
}

QWidget *EventList::makeHeader()
{
    auto *header = new QWidget(this);
    header->setFixedHeight(kEventsHeader);
    auto *title = new QLabel(tr("Events"), header);
    title->setFont(widgets::font(widgets::TextStyle::H3));
    m_unreviewed = new widgets::Badge({}, widgets::Tone::Accent, header);
    const auto menuButton = [&](const QString &icon, const QString &tip, void (EventList::*fill)(QMenu *)) {
        auto *button = new widgets::IconButton(icon, tip, header);
        auto *menu = new QMenu(button);
        connect(menu, &QMenu::aboutToShow, this, [this, menu, fill] {
            menu->clear();
            (this->*fill)(menu);
        });
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
        return button;
    };
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(12, 0, 10, 0);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_unreviewed);
    row->addStretch();
    row->addWidget(menuButton(QStringLiteral("sliders-horizontal"), tr("Cameras"), &EventList::fillFilter));
    row->addWidget(menuButton(QStringLiteral("ellipsis"), tr("More"), &EventList::fillMore));
    return header;
}

QWidget *EventList::makeEmpty()
{
    m_empty = new QLabel(this);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(24, 40, 24, 16);
    return m_empty;
}

void EventList::play(const QModelIndex &index)
{
    const catalog::Event &event = m_model.event(index.row());
    m_selection.show(event.camera, event.firstItem, event.range.start);
}

void EventList::showMenu(const QModelIndex &index, QPoint at)
{
    const catalog::Event event = m_model.event(index.row());
    const QString camera = m_model.cameraNameOf(event);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(event.reviewed ? tr("Mark as not reviewed") : tr("Mark as reviewed"), this,
                    [this, event] { m_actions.setReviewed({event.id}, !event.reviewed); });
    menu->addAction(event.isProtected ? tr("Stop protecting") : tr("Protect from deletion"), this,
                    [this, event] { m_actions.setProtected(event.id, !event.isProtected); });
    menu->addSeparator();
    menu->addAction(tr("Delete…"), this, [this, event, camera] { m_actions.askToDelete(event.id, camera); });
    menu->popup(at);
}

void EventList::fillFilter(QMenu *menu)
{
    const auto add = [&](const QString &text, CameraId camera) {
        QAction *action = menu->addAction(text, this, [this, camera] { m_model.showOnly(camera); });
        action->setCheckable(true);
        action->setChecked(m_model.onlyCamera() == camera);
    };
    add(tr("All selected cameras"), {});
    menu->addSeparator();
    for (const catalog::Camera &camera : m_cameras.cameras())
        add(tr("Only %1").arg(camera.name), camera.id);
}

void EventList::fillMore(QMenu *menu)
{
    QVector<EventId> open;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!m_model.event(row).reviewed)
            open.append(m_model.event(row).id);
    }
    QAction *all = menu->addAction(tr("Mark all listed events as reviewed"), this,
                                   [this, open] { m_actions.setReviewed(open, true); });
    all->setEnabled(!open.isEmpty());
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return;
    const catalog::Event event = m_model.event(current.row());
    menu->addSeparator();
    menu->addAction(tr("Delete selected event…"), this,
                    [this, event] { m_actions.askToDelete(event.id, m_model.cameraNameOf(event)); });
}

void EventList::refreshHeader()
{
    const int open = m_model.unreviewed();
    const QString more = m_model.rowCount() >= models::EventModel::kLimit ? QStringLiteral("+") : QString();
    m_unreviewed->setVisible(open > 0);
    m_unreviewed->setText(
        tr("%1%2 not reviewed")
            .arg(QString::number(open), open == models::EventModel::kLimit ? more : QString()));
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
    m_empty->setText(m_model.onlyCamera().isValid()
                         ? tr("No motion from %1 yet").arg(m_cameras.nameOf(m_model.onlyCamera()))
                     : m_cameras.hidden().isEmpty() ? tr("No motion yet. Events appear here automatically.")
                                                    : tr("No motion from the selected cameras yet"));
}

void EventList::selectAtPlayhead()
{
    const QModelIndex index = m_model.indexAt(m_selection.camera(), m_playhead.time());
    if (index != m_view->currentIndex())
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void EventList::setNewAbove(int count)
{
    m_newAbove = count;
    m_newer->setVisible(count > 0);
    m_newer->setText(tr("%1 new").arg(count));
    m_newer->adjustSize();
    m_newer->move((width() - m_newer->width()) / 2, m_view->mapTo(this, QPoint()).y() + kNewerTop);
}

void EventList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setNewAbove(m_newAbove);
    const bool isWide =
        width() >= EventCardDelegate::kTwoColumnsFrom + m_view->verticalScrollBar()->sizeHint().width();
    if (isWide == m_view->isWrapping())
        return;
    m_view->setFlow(isWide ? QListView::LeftToRight : QListView::TopToBottom);
    m_view->setWrapping(isWide);
}

void EventList::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), widgets::themeOf(*this).surface);
}

} // namespace gatehouse::events
