#include "events/event_list.h"

#include "events/day_bar.h"
#include "events/event_actions.h"
#include "events/event_card_delegate.h"
#include "events/event_legend.h"
#include "events/marked_bar.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/playhead.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "widgets/badge.h"
#include "widgets/icon_button.h"
#include "widgets/list_view.h"
#include "widgets/search_field.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>
#include <algorithm>
#include <utility>

namespace gatehouse::events
{

namespace
{
constexpr int kEventsHeader = 44;
constexpr int kNewerRow = 36;
constexpr int kPagesAhead = 3; // screens below the visible one that are loaded in advance
} // namespace

EventList::EventList(models::EventModel &model, const models::CameraModel &cameras,
                     models::PosterCache &posters, const models::Playhead &playhead,
                     models::Selection &selection, EventActions &actions, QWidget *parent)
    : QWidget(parent), m_model(model), m_cameras(cameras), m_playhead(playhead), m_selection(selection),
      m_actions(actions), m_view(new widgets::ListView(tr("Events"), this)),
      m_search(new widgets::SearchField(tr("Camera or kind"), this)), m_legend(new EventLegend(this)),
      m_day(new DayBar(model, this)), m_marked(new MarkedBar(this)), m_newer(new QPushButton(this))
{
    m_view->setModel(&model);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setItemDelegate(new EventCardDelegate(posters, m_view));
    connect(&posters, &models::PosterCache::loaded, m_view->viewport(), qOverload<>(&QWidget::update));
    makeParts();
    connectModel();

    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (m_view->isAtTop())
            setNewAbove(0);
        fetchBelow();
    });
    connect(m_view, &widgets::ListView::chosen, this, &EventList::play);
    connect(m_view, &widgets::ListView::menuRequested, this, &EventList::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EventList::refreshMarked);
    connect(m_legend, &EventLegend::causesChosen, this, [this](catalog::Causes causes) {
        models::EventChoice choice = m_model.choice();
        choice.causes = causes;
        m_model.setChoice(choice);
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        models::EventChoice choice = m_model.choice();
        choice.text = text.simplified();
        m_model.setChoice(choice);
    });
    connect(m_day, &DayBar::timeRequested, this, &EventList::timeRequested);
    connect(m_day, &DayBar::newestRequested, this, [this] {
        m_model.setEnd({});
        m_view->scrollToTop();
        Q_EMIT newestRequested();
    });
    connect(m_marked, &MarkedBar::reviewRequested, this, [this] { m_actions.setReviewed(marked(), true); });
    connect(m_marked, &MarkedBar::protectRequested, this, [this] { m_actions.setProtected(marked(), true); });
    connect(m_marked, &MarkedBar::deleteRequested, this, &EventList::deleteMarked);
    connect(m_marked, &MarkedBar::clearRequested, this, [this] {
        m_view->clearSelection();
        selectAtPlayhead();
    });
    setFocusProxy(m_view);
    refreshHeader();
}

void EventList::makeParts()
{
    m_search->hide();
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 4);
    searchRow->addWidget(m_search);
    auto *content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeEmpty());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addLayout(searchRow);
    column->addWidget(m_legend);
    column->addWidget(m_day);
    column->addWidget(makeNewer());
    column->addWidget(content, 1);
    column->addWidget(m_marked);
}

void EventList::connectModel()
{
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, m_view, &widgets::ListView::holdStill);
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, m_view, &widgets::ListView::holdStill);
    connect(&m_model, &models::EventModel::updated, this, [this] {
        m_view->letGo();
        refreshHeader();
        refreshMarked();
        if (m_model.isLoaded() && std::exchange(m_showsDay, false))
            showDay();
        fetchBelow();
    });
    connect(&m_model, &models::EventModel::newerArrived, this, [this](int count) {
        if (!m_view->isAtTop())
            setNewAbove(m_newAbove + count);
    });
    connect(&m_model, &models::EventModel::choiceChanged, this, [this] {
        m_legend->setCauses(m_model.choice().causes);
        m_search->setText(m_model.choice().text);
        setNewAbove(0);
        m_view->scrollToTop();
        refreshHeader();
    });
    connect(&m_playhead, &models::Playhead::timeChanged, this, &EventList::selectAtPlayhead);
    connect(&m_selection, &models::Selection::cameraChanged, this, [this](CameraId camera) {
        if (m_model.onlyCamera().isValid() && camera.isValid())
            m_model.showOnly(camera);
        selectAtPlayhead();
    });
}

QWidget *EventList::makeNewer()
{
    m_newer->setProperty("role", QStringLiteral("primary"));
    m_newer->setProperty("small", true);
    m_newer->setFocusPolicy(Qt::TabFocus);
    connect(m_newer, &QPushButton::clicked, m_view, &widgets::ListView::scrollToTop);
    m_newerRow = new QWidget(this);
    m_newerRow->setFixedHeight(kNewerRow);
    auto *row = new QHBoxLayout(m_newerRow);
    row->setContentsMargins(0, 0, 0, 8);
    row->addWidget(m_newer, 0, Qt::AlignCenter);
    m_newerRow->hide();
    return m_newerRow;
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
    row->setSpacing(4);
    row->addWidget(title);
    row->addSpacing(4);
    row->addWidget(m_unreviewed);
    row->addStretch();
    m_searchButton = new widgets::IconButton(QStringLiteral("search"), tr("Search events (/)"), header);
    m_searchButton->setCheckable(true);
    connect(m_searchButton, &QAbstractButton::toggled, this, [this](bool on) {
        m_search->setVisible(on);
        on ? m_search->setFocus() : m_search->clear();
    });
    m_filter = menuButton(QStringLiteral("sliders-horizontal"), tr("Filter"), &EventList::fillFilter);
    m_filter->setCheckable(true); // on while it hides something
    row->addWidget(m_searchButton);
    row->addWidget(m_filter);
    row->addWidget(menuButton(QStringLiteral("ellipsis"), tr("More"), &EventList::fillMore));
    return header;
}

QWidget *EventList::makeEmpty()
{
    auto *empty = new QWidget(this);
    m_empty = new QLabel(empty);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_clear = new QPushButton(tr("Show all events"), empty);
    m_clear->setProperty("small", true);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_model.setChoice({});
        m_searchButton->setChecked(false);
    });
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(24, 40, 24, 16);
    column->setSpacing(12);
    column->addWidget(m_empty);
    column->addWidget(m_clear, 0, Qt::AlignHCenter);
    column->addStretch();
    return empty;
}

void EventList::play(const QModelIndex &index)
{
    const catalog::Event &event = m_model.event(index.row());
    m_selection.show(event.camera, event.firstItem, event.range.start);
}

void EventList::showMenu(const QModelIndex &index, QPoint at)
{
    const QVector<EventId> events = marked();
    const bool isMarked = events.contains(m_model.event(index.row()).id);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isMarked && events.size() > 1) {
        const int n = int(events.size());
        menu->addAction(tr("Mark %n events as reviewed", nullptr, n), this,
                        [this, events] { m_actions.setReviewed(events, true); });
        menu->addAction(tr("Mark %n events as not reviewed", nullptr, n), this,
                        [this, events] { m_actions.setReviewed(events, false); });
        menu->addAction(tr("Protect %n events from deletion", nullptr, n), this,
                        [this, events] { m_actions.setProtected(events, true); });
        menu->addAction(tr("Stop protecting %n events", nullptr, n), this,
                        [this, events] { m_actions.setProtected(events, false); });
        menu->addSeparator();
        menu->addAction(tr("Delete %n events…", nullptr, n), this,
                        [this, events] { m_actions.askToDelete(events); });
        menu->popup(at);
        return;
    }
    const catalog::Event event = m_model.event(index.row());
    menu->addAction(event.reviewed ? tr("Mark as not reviewed") : tr("Mark as reviewed"), this,
                    [this, event] { m_actions.setReviewed({event.id}, !event.reviewed); });
    menu->addAction(event.isProtected ? tr("Stop protecting") : tr("Protect from deletion"), this,
                    [this, event] { m_actions.setProtected({event.id}, !event.isProtected); });
    menu->addSeparator();
    menu->addAction(tr("Delete…"), this, [this, event] { m_actions.askToDelete({event.id}); });
    menu->popup(at);
}

void EventList::fillFilter(QMenu *menu)
{
    const models::EventChoice now = m_model.choice();
    const auto add = [&](const QString &text, const models::EventChoice &choice, QMenu *to = nullptr) {
        QAction *action =
            (to ? to : menu)->addAction(text, this, [this, choice] { m_model.setChoice(choice); });
        action->setCheckable(true);
        return action;
    };
    const std::pair<QString, std::optional<bool>> marks[] = {
        {tr("All events"), std::nullopt}, {tr("Not reviewed"), false}, {tr("Reviewed"), true}};
    for (const auto &[text, reviewed] : marks) {
        models::EventChoice choice = now;
        choice.reviewed = reviewed;
        add(text, choice)->setChecked(now.reviewed == reviewed);
    }
    menu->addSeparator();
    const std::pair<QString, bool> contents[] = {{tr("Only with video"), true}, {tr("Only pictures"), false}};
    for (const auto &[text, hasClip] : contents) {
        models::EventChoice choice = now;
        const bool isOn = now.hasClip == hasClip;
        choice.hasClip = isOn ? std::nullopt : std::optional(hasClip);
        add(text, choice)->setChecked(isOn);
    }
    const std::pair<QString, bool models::EventChoice::*> flags[] = {
        {tr("Only protected"), &models::EventChoice::onlyProtected},
        {tr("Only incomplete or damaged"), &models::EventChoice::onlyUnsound}};
    for (const auto &[text, flag] : flags) {
        models::EventChoice choice = now;
        choice.*flag = !(now.*flag);
        add(text, choice)->setChecked(now.*flag);
    }
    menu->addSeparator();
    // In a menu of its own: there may be dozens.
    QMenu *cameras = menu->addMenu(now.only.isValid() ? tr("Camera: %1").arg(m_cameras.nameOf(now.only))
                                                      : tr("Camera: all selected ones"));
    models::EventChoice choice = now;
    choice.only = {};
    add(tr("All selected cameras"), choice, cameras)->setChecked(!now.only.isValid());
    cameras->addSeparator();
    for (const catalog::Camera &camera : m_cameras.cameras()) {
        choice.only = camera.id;
        add(camera.name, choice, cameras)->setChecked(now.only == camera.id);
    }
    menu->addSeparator();
    menu->addAction(tr("Clear all filters"), m_clear, &QPushButton::click)->setEnabled(now.isNarrowed());
}

void EventList::fillMore(QMenu *menu)
{
    QVector<EventId> open;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!m_model.event(row).reviewed)
            open.append(m_model.event(row).id);
    }
    menu->addAction(tr("Select all listed events"), m_view, &QAbstractItemView::selectAll)
        ->setEnabled(m_model.rowCount() > 0);
    QAction *all = menu->addAction(tr("Mark all listed events as reviewed"), this,
                                   [this, open] { m_actions.setReviewed(open, true); });
    all->setEnabled(!open.isEmpty());
    if (marked().isEmpty())
        return;
    menu->addSeparator();
    menu->addAction(tr("Delete selected events…"), this, &EventList::deleteMarked);
}

QVector<EventId> EventList::marked() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    QVector<EventId> out;
    for (const QModelIndex &index : std::as_const(rows))
        out.append(m_model.event(index.row()).id);
    return out;
}

void EventList::toggleReviewed()
{
    const QVector<EventId> events = marked();
    if (events.isEmpty())
        return;
    bool areReviewed = true;
    for (const EventId id : events)
        areReviewed = areReviewed && m_model.event(m_model.indexOf(id).row()).reviewed;
    m_actions.setReviewed(events, !areReviewed);
}

void EventList::deleteMarked()
{
    if (const QVector<EventId> events = marked(); !events.isEmpty())
        m_actions.askToDelete(events);
}

void EventList::startSearch()
{
    m_searchButton->setChecked(true);
    m_search->setFocus();
}

void EventList::step(int cards)
{
    const QModelIndex current = m_view->currentIndex();
    int row = 0;
    if (current.isValid())
        row = current.row() + cards;
    else if (m_playhead.time() != 0)
        row = cards > 0 ? m_model.rowBefore(m_playhead.time()) : m_model.rowBefore(m_playhead.time()) - 1;
    row = std::clamp(row, 0, m_model.rowCount() - 1);
    if (row < 0 || m_model.rowCount() == 0)
        return;
    const QModelIndex next = m_model.index(row, 0);
    m_view->selectionModel()->setCurrentIndex(next, QItemSelectionModel::ClearAndSelect);
    m_view->scrollTo(next);
    play(next);
}

void EventList::followDay(TimeRange day, bool isToday)
{
    if (day == m_followed || day.isEmpty())
        return;
    m_followed = day;
    m_model.setDay(day);
    const auto end = m_model.end();
    const int first = m_model.rowBefore(day.end);
    const bool reaches = (!end || *end >= day.end) && (first < m_model.rowCount() || m_model.isComplete());
    if (m_model.isLoaded() && reaches) {
        showDay();
        return;
    }
    m_showsDay = true;
    m_model.setEnd(isToday ? std::nullopt : std::optional(day.end));
    if (m_model.isLoaded()) // it began there already
        showDay();
}

// The day's last event comes to the top, unless one of its cards is in view.
void EventList::showDay()
{
    m_showsDay = false;
    const int first = m_model.rowBefore(m_followed.end);
    if (first >= m_model.rowCount())
        return;
    const QRect view = m_view->viewport()->rect();
    for (int row = first; row < m_model.rowCount() && m_model.event(row).range.start >= m_followed.start;
         ++row) {
        const QRect card = m_view->visualRect(m_model.index(row, 0));
        if (card.top() >= view.bottom())
            break;
        if (card.intersects(view) && card.top() >= 0)
            return;
    }
    m_view->scrollTo(m_model.index(first, 0), QAbstractItemView::PositionAtTop);
}

// Scrolling down never meets an end that is not the first event.
void EventList::fetchBelow()
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    if (bar->maximum() - bar->value() <= kPagesAhead * m_view->viewport()->height())
        m_model.fetchMore({});
}

void EventList::refreshMarked()
{
    m_marked->setCount(int(m_view->selectionModel()->selectedIndexes().size()));
}

void EventList::refreshHeader()
{
    const int open = m_model.unreviewed();
    m_unreviewed->setVisible(open > 0);
    m_unreviewed->setText(
        tr("%1%2 not reviewed")
            .arg(QString::number(open), m_model.isComplete() ? QString() : QStringLiteral("+")));
    const models::EventChoice &choice = m_model.choice();
    models::EventChoice beyondMenu = choice; // the legend and the search field show theirs
    beyondMenu.causes = catalog::kAllCauses;
    beyondMenu.text.clear();
    m_filter->setChecked(beyondMenu.isNarrowed());
    if (!m_model.isLoaded())
        return;
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
    models::EventChoice onlyCamera;
    onlyCamera.only = choice.only;
    m_clear->setVisible(choice.isNarrowed());
    m_empty->setText(choice.isNarrowed() && choice != onlyCamera ? tr("No event fits the filter.")
                     : choice.only.isValid() ? tr("No motion from %1 yet").arg(m_cameras.nameOf(choice.only))
                     : m_cameras.hidden().isEmpty() ? tr("No motion yet. Events appear here automatically.")
                                                    : tr("No motion from the selected cameras yet"));
}

void EventList::selectAtPlayhead()
{
    // Marking several is for what comes next: playback does not undo it.
    if (m_view->selectionModel()->selectedIndexes().size() > 1)
        return;
    const QModelIndex index = m_model.indexAt(m_selection.camera(), m_playhead.time());
    if (index != m_view->currentIndex())
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void EventList::setNewAbove(int count)
{
    m_newAbove = count;
    m_newer->setText(tr("%1 new").arg(count));
    if (m_newerRow->isHidden() == (count == 0))
        return;
    // The cards stay where they are: the row takes its place from the top of the first one.
    QScrollBar *bar = m_view->verticalScrollBar();
    m_newerRow->setVisible(count > 0);
    if (count > 0)
        bar->setValue(bar->value() + kNewerRow);
}

void EventList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
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
