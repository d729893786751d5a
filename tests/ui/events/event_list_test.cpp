#include "events/day_bar.h"
#include "events/event_actions.h"
#include "events/event_legend.h"
#include "events/event_list.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/list_view.h"
#include "widgets/search_field.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::widgets;
using namespace gatehouse::events;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kMinuteMs;
using gatehouse::tests::kPatience;

namespace
{

struct EventsFixture : EngineFixture {
    void open()
    {
        posters = std::make_unique<PosterCache>(services());
        cameras = std::make_unique<CameraModel>(services(), clock);
        events = std::make_unique<EventModel>(services(), *cameras);
        actions = std::make_unique<EventActions>(services(), nullptr);
        list = std::make_unique<EventList>(*events, *cameras, *posters, playhead, selection, *actions);
    }
    void show(int width = 300, int height = 600)
    {
        open();
        list->resize(width, height);
        list->show();
    }
    // Ten minutes apart, back from now: the newest first, as in the list.
    QVector<ItemId> addClips(int count)
    {
        const qint64 now = clock.now();
        QVector<ItemId> out;
        for (int i = 1; i <= count; ++i)
            out.append(add(yard, Kind::Clip, now - i * 10 * kMinuteMs));
        return out;
    }

    const catalog::Camera yard = addCamera(QStringLiteral("Yard"));
    Playhead playhead;
    Selection selection{playhead};
    std::unique_ptr<PosterCache> posters;
    std::unique_ptr<CameraModel> cameras;
    std::unique_ptr<EventModel> events;
    std::unique_ptr<EventActions> actions;
    std::unique_ptr<EventList> list;
};

} // namespace

class EventListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void newEventKeepsSelectionAndScrollPosition();
    void clickingACardMovesThePlayhead();
    void followsThePlayhead();
    void arrowKeysLeaveAShortClip();
    void wideListHasTwoColumns();
    void scrollingReachesTheFirstEvent();
    void filtersByTheLegend();
    void followsTheDayOfTheTimeline();
    void offersTheNearestDaysWithEvents();
    void marksSeveral();
    void keysStepThroughTheCards();
    void narrowsByTyping();
    void keepsThePillOffTheCards();
};

void EventListTest::newEventKeepsSelectionAndScrollPosition()
{
    EventsFixture fixture;
    const qint64 now = fixture.clock.now();
    fixture.addClips(30);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 30, kPatience);
    EventList *list = fixture.list.get();
    ListView *view = list->view();
    view->setCurrentIndex(fixture.events->index(12, 0));
    const EventId chosen = fixture.events->event(12).id;
    view->scrollTo(fixture.events->index(12, 0), QAbstractItemView::PositionAtTop);
    const auto topOf = [&] {
        return view->viewport()->mapTo(list, view->visualRect(view->currentIndex()).topLeft()).y();
    };
    const int top = topOf();
    QVERIFY(!view->isAtTop());

    fixture.add(fixture.yard, Kind::Clip, now);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 31, kPatience);
    QCOMPARE(fixture.events->event(view->currentIndex().row()).id, chosen);
    QTRY_COMPARE_WITH_TIMEOUT(topOf(), top, kPatience);
    QCOMPARE(list->newAbove(), 1);
    view->scrollToTop();
    QTRY_COMPARE_WITH_TIMEOUT(list->newAbove(), 0, kPatience);
}

void EventListTest::clickingACardMovesThePlayhead()
{
    EventsFixture fixture;
    const qint64 captured = fixture.clock.now() - 10 * kMinuteMs;
    const ItemId item = fixture.add(fixture.yard, Kind::Clip, captured);
    fixture.add(fixture.yard, Kind::Clip, captured - 20 * kMinuteMs);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    ListView *view = fixture.list->view();
    QSignalSpy shown(&fixture.selection, &Selection::shown);
    const QRect card = view->visualRect(fixture.events->index(0, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, card.center());
    QCOMPARE(shown.size(), 1);
    QCOMPARE(fixture.selection.camera(), fixture.yard.id);
    QCOMPARE(fixture.selection.item(), item);
    QCOMPARE(fixture.playhead.time(), captured);

    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(shown.size(), 2);
    QCOMPARE(fixture.playhead.time(), captured - 20 * kMinuteMs);
}

void EventListTest::followsThePlayhead()
{
    EventsFixture fixture;
    const qint64 captured = fixture.clock.now() - 30 * kMinuteMs;
    fixture.add(fixture.yard, Kind::Clip, captured);
    fixture.add(fixture.yard, Kind::Clip, captured + 20 * kMinuteMs);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    ListView *view = fixture.list->view();
    fixture.selection.chooseCamera(fixture.yard.id);
    fixture.playhead.seek(captured + 500);
    QCOMPARE(view->currentIndex().row(), 1);
    fixture.playhead.seek(captured + 15 * kMinuteMs); // between the events
    QVERIFY(!view->currentIndex().isValid() && !view->selectionModel()->hasSelection());
    fixture.playhead.seek(captured + 20 * kMinuteMs + 500);
    QCOMPARE(view->currentIndex().row(), 0);
}

// It ends before a hand moves on, the play runs into the next event, and the selection with it.
void EventListTest::arrowKeysLeaveAShortClip()
{
    EventsFixture fixture;
    const qint64 captured = fixture.clock.now() - 60 * kMinuteMs;
    QVector<ItemId> items;
    for (int i = 0; i < 3; ++i)
        items.append(fixture.add(fixture.yard, Kind::Clip, captured + i * 10 * kMinuteMs));
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 3, kPatience);
    ListView *view = fixture.list->view();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      view->visualRect(view->model()->index(1, 0)).center());
    QCOMPARE(fixture.selection.item(), items[1]);
    fixture.selection.track(fixture.yard.id, items[2]);
    fixture.playhead.moveTo(captured + 20 * kMinuteMs);
    QCOMPARE(view->currentIndex().row(), 0);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(fixture.selection.item(), items[0]);
    fixture.selection.track(fixture.yard.id, items[1]);
    fixture.playhead.moveTo(captured + 10 * kMinuteMs);
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(fixture.selection.item(), items[1]);
}

void EventListTest::wideListHasTwoColumns()
{
    EventsFixture fixture;
    fixture.addClips(30);
    fixture.show(600, 900);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 30, kPatience);
    ListView *list = fixture.list->view();
    const auto placeOf = [&](int row) { return list->visualRect(fixture.events->index(row)); };
    // The newest, then the next beside it.
    QTRY_COMPARE_WITH_TIMEOUT(placeOf(1).top(), placeOf(0).top(), kPatience);
    QVERIFY(placeOf(1).left() >= placeOf(0).right());
    QVERIFY(placeOf(2).top() > placeOf(0).bottom() - 1);
    QCOMPARE(placeOf(2).left(), placeOf(0).left());
    QVERIFY(placeOf(1).right() < list->viewport()->width());
    fixture.list->resize(300, 500);
    QTRY_COMPARE_WITH_TIMEOUT(placeOf(1).left(), placeOf(0).left(), kPatience);
    QCOMPARE(placeOf(1).width(), list->viewport()->width());
}

void EventListTest::scrollingReachesTheFirstEvent()
{
    EventsFixture fixture;
    constexpr int kEvents = 2 * EventModel::kPage + 50;
    const qint64 now = fixture.clock.now();
    for (int i = 1; i <= kEvents; ++i)
        fixture.add(fixture.yard, Kind::Still, now - i * 2 * kMinuteMs);
    fixture.show();
    ListView *view = fixture.list->view();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), EventModel::kPage, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            view->scrollToBottom();
            return fixture.events->isComplete();
        }(),
        kPatience);
    QCOMPARE(fixture.events->rowCount(), kEvents);
    QCOMPARE(fixture.events->event(kEvents - 1).range.start, now - kEvents * 2 * kMinuteMs);
}

void EventListTest::filtersByTheLegend()
{
    EventsFixture fixture;
    const qint64 now = fixture.clock.now();
    fixture.add(fixture.yard, Kind::Clip, now - 30 * kMinuteMs);
    fixture.add(fixture.yard, Kind::Clip, now - 20 * kMinuteMs, Trigger::Sound);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    QAbstractButton *sound = nullptr;
    QAbstractButton *person = nullptr;
    for (auto *button : fixture.list->legend().findChildren<QAbstractButton *>()) {
        sound = button->text() == QStringLiteral("Sound") ? button : sound;
        person = button->text() == QStringLiteral("Person") ? button : person;
    }
    QVERIFY(sound && person);
    QTest::mouseClick(sound, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kPatience);
    QCOMPARE(fixture.events->event(0).trigger, Trigger::Sound);
    QTest::mouseClick(sound, Qt::LeftButton);
    QTest::mouseClick(person, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->isLoaded() && fixture.events->rowCount() == 0, kPatience);
    // Nothing fits: the list offers the way back.
    QPushButton *all = nullptr;
    for (auto *button : fixture.list->findChildren<QPushButton *>())
        all = button->text() == QStringLiteral("Show all events") ? button : all;
    QVERIFY(all);
    QTRY_VERIFY_WITH_TIMEOUT(all->isVisible(), kPatience);
    QTest::mouseClick(all, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    QVERIFY(!person->isChecked());
}

void EventListTest::followsTheDayOfTheTimeline()
{
    EventsFixture fixture;
    const qint64 today = fixture.clock.now() / kDayMs * kDayMs;
    // More than a page a day, so that an older day is not loaded yet.
    constexpr int kDaily = EventModel::kPage + 20;
    for (int day = 0; day < 3; ++day) {
        for (int i = 0; i < kDaily; ++i)
            fixture.add(fixture.yard, Kind::Still, today - day * kDayMs - (i + 1) * 2 * kMinuteMs);
    }
    fixture.show();
    ListView *view = fixture.list->view();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->rowCount() >= EventModel::kPage, kPatience);
    const TimeRange old{today - 3 * kDayMs, today - 2 * kDayMs};
    fixture.list->followDay(old, false);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->event(0).range.start, old.end - 2 * kMinuteMs, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view->indexAt(QPoint(20, 5)).row(), 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.list->dayBar().isVisible(), kPatience);
    // Back to the newest.
    QSignalSpy newest(fixture.list.get(), &EventList::newestRequested);
    for (auto *button : fixture.list->dayBar().findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Newest"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(newest.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->event(0).range.start, today - 2 * kMinuteMs, kPatience);
}

void EventListTest::offersTheNearestDaysWithEvents()
{
    EventsFixture fixture;
    const qint64 today = fixture.clock.now() / kDayMs * kDayMs;
    fixture.add(fixture.yard, Kind::Clip, today - 5 * kDayMs);
    fixture.add(fixture.yard, Kind::Clip, today - kDayMs);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    fixture.list->followDay({today - 3 * kDayMs, today - 2 * kDayMs}, false);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.list->dayBar().sentence().startsWith(QStringLiteral("No events on")),
                             kPatience);
    QSignalSpy requested(fixture.list.get(), &EventList::timeRequested);
    QPushButton *before = nullptr;
    QPushButton *after = nullptr;
    for (auto *button : fixture.list->dayBar().findChildren<QPushButton *>()) {
        before = button->text().startsWith(QStringLiteral("Before")) ? button : before;
        after = button->text().startsWith(QStringLiteral("After")) ? button : after;
    }
    QVERIFY(before && before->isVisible() && after && after->isVisible());
    QTest::mouseClick(before, Qt::LeftButton);
    QTest::mouseClick(after, Qt::LeftButton);
    QCOMPARE(requested.size(), 2);
    QCOMPARE(requested[0][0].toLongLong(), today - 5 * kDayMs);
    QCOMPARE(requested[1][0].toLongLong(), today - kDayMs);
}

void EventListTest::marksSeveral()
{
    EventsFixture fixture;
    const qint64 now = fixture.clock.now();
    fixture.addClips(6);
    fixture.show(300, 700);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 6, kPatience);
    ListView *view = fixture.list->view();
    QSignalSpy shown(&fixture.selection, &Selection::shown);
    const auto click = [&](int row, Qt::KeyboardModifiers modifiers) {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers,
                          view->visualRect(fixture.events->index(row, 0)).center());
    };
    click(0, {});
    click(3, Qt::ShiftModifier);
    QCOMPARE(shown.size(), 1); // marking plays nothing
    QCOMPARE(fixture.list->marked().size(), 4);
    click(1, Qt::ControlModifier);
    QCOMPARE(fixture.list->marked().size(), 3);
    // Playback goes on elsewhere, and the marks stay.
    fixture.playhead.moveTo(now - 50 * kMinuteMs + 500);
    QCOMPARE(fixture.list->marked().size(), 3);
    fixture.list->toggleReviewed();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->unreviewed(), 3, kPatience);
    QVERIFY(!fixture.events->event(1).reviewed);
    QCOMPARE(fixture.list->marked().size(), 3);
    click(5, {});
    QCOMPARE(fixture.list->marked(), QVector<EventId>{fixture.events->event(5).id});
}

void EventListTest::keysStepThroughTheCards()
{
    EventsFixture fixture;
    const QVector<ItemId> items = fixture.addClips(4);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 4, kPatience);
    fixture.list->step(1); // nothing is current: the first
    QCOMPARE(fixture.selection.item(), items[0]);
    fixture.list->step(1);
    fixture.list->step(1);
    QCOMPARE(fixture.selection.item(), items[2]);
    fixture.list->step(-1);
    QCOMPARE(fixture.selection.item(), items[1]);
    for (int i = 0; i < 5; ++i)
        fixture.list->step(1);
    QCOMPARE(fixture.selection.item(), items[3]);
}

void EventListTest::narrowsByTyping()
{
    EventsFixture fixture;
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    fixture.add(fixture.yard, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    fixture.add(road, Kind::Clip, fixture.clock.now() - 10 * kMinuteMs);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    fixture.list->startSearch();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.list->search().isVisible(), kPatience);
    QTest::keyClicks(&fixture.list->search(), QStringLiteral("yar"));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kPatience);
    QCOMPARE(fixture.events->event(0).camera, fixture.yard.id);
    QTest::keyClick(&fixture.list->search(), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
}

void EventListTest::keepsThePillOffTheCards()
{
    EventsFixture fixture;
    const qint64 now = fixture.clock.now();
    fixture.addClips(30);
    fixture.show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 30, kPatience);
    ListView *view = fixture.list->view();
    view->scrollTo(fixture.events->index(12, 0), QAbstractItemView::PositionAtTop);
    fixture.add(fixture.yard, Kind::Clip, now);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.list->newAbove(), 1, kPatience);
    QPushButton *pill = nullptr;
    for (auto *button : fixture.list->findChildren<QPushButton *>())
        pill = button->text() == QStringLiteral("1 new") ? button : pill;
    QVERIFY(pill);
    const auto rectOf = [&](QWidget *widget) {
        return QRect(widget->mapTo(fixture.list.get(), QPoint()), widget->size());
    };
    QTRY_VERIFY_WITH_TIMEOUT(pill->isVisible() && !rectOf(pill).intersects(rectOf(view->viewport())),
                             kPatience);
}

GATEHOUSE_TEST(EventListTest)
#include "event_list_test.moc"
