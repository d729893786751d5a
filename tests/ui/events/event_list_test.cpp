#include "events/event_actions.h"
#include "events/event_list.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "support/registry.h"
#include "widgets/list_view.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::widgets;
using namespace gatehouse::events;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kPatience = 15'000;
constexpr qint64 kMinute = 60'000;

struct EventsFixture : EngineFixture {
    void open()
    {
        posters = std::make_unique<PosterCache>(services());
        cameras = std::make_unique<CameraModel>(services(), clock);
        events = std::make_unique<EventModel>(services(), *cameras);
        actions = std::make_unique<EventActions>(services(), nullptr);
        list = std::make_unique<EventList>(*events, *cameras, *posters, playhead, selection, *actions);
    }

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
};

void EventListTest::newEventKeepsSelectionAndScrollPosition()
{
    EventsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    for (int i = 1; i <= 30; ++i)
        fixture.add(yard, Kind::Clip, now - i * 10 * kMinute);
    fixture.open();
    fixture.list->resize(300, 600);
    fixture.list->show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 30, kPatience);
    EventList *list = fixture.list.get();
    ListView *view = list->view();
    view->setCurrentIndex(fixture.events->index(12, 0));
    const EventId chosen = fixture.events->event(12).id;
    view->scrollTo(fixture.events->index(12, 0), QAbstractItemView::PositionAtTop);
    const int top = view->visualRect(view->currentIndex()).top();
    QVERIFY(!view->isAtTop());

    fixture.add(yard, Kind::Clip, now);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 31, kPatience);
    QCOMPARE(fixture.events->event(view->currentIndex().row()).id, chosen);
    QTRY_COMPARE(view->visualRect(view->currentIndex()).top(), top);
    QCOMPARE(list->newAbove(), 1);
    view->scrollToTop();
    QTRY_COMPARE(list->newAbove(), 0);
}

void EventListTest::clickingACardMovesThePlayhead()
{
    EventsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 10 * kMinute;
    const ItemId item = fixture.add(yard, Kind::Clip, captured);
    fixture.add(yard, Kind::Clip, captured - 20 * kMinute);
    fixture.open();
    fixture.list->resize(300, 600);
    fixture.list->show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    ListView *view = fixture.list->view();
    QSignalSpy shown(&fixture.selection, &Selection::shown);
    const QRect card = view->visualRect(fixture.events->index(0, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, card.center());
    QCOMPARE(shown.size(), 1);
    QCOMPARE(fixture.selection.camera(), yard.id);
    QCOMPARE(fixture.selection.item(), item);
    QCOMPARE(fixture.playhead.time(), captured);

    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(shown.size(), 2);
    QCOMPARE(fixture.playhead.time(), captured - 20 * kMinute);
}

void EventListTest::followsThePlayhead()
{
    EventsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 30 * kMinute;
    fixture.add(yard, Kind::Clip, captured);
    fixture.add(yard, Kind::Clip, captured + 20 * kMinute);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kPatience);
    ListView *view = fixture.list->view();
    fixture.selection.chooseCamera(yard.id);
    fixture.playhead.seek(captured + 500);
    QCOMPARE(view->currentIndex().row(), 1);
    fixture.playhead.seek(captured + 15 * kMinute); // between the events
    QVERIFY(!view->currentIndex().isValid() && !view->selectionModel()->hasSelection());
    fixture.playhead.seek(captured + 20 * kMinute + 500);
    QCOMPARE(view->currentIndex().row(), 0);
}

// It ends before a hand moves on, the play runs into the next event, and the selection with it.
void EventListTest::arrowKeysLeaveAShortClip()
{
    EventsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 60 * kMinute;
    QVector<ItemId> items;
    for (int i = 0; i < 3; ++i)
        items.append(fixture.add(yard, Kind::Clip, captured + i * 10 * kMinute));
    fixture.open();
    fixture.list->resize(300, 600);
    fixture.list->show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 3, kPatience);
    ListView *view = fixture.list->view();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      view->visualRect(view->model()->index(1, 0)).center());
    QCOMPARE(fixture.selection.item(), items[1]);
    fixture.selection.track(yard.id, items[2]);
    fixture.playhead.moveTo(captured + 20 * kMinute);
    QCOMPARE(view->currentIndex().row(), 0);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(fixture.selection.item(), items[0]);
    fixture.selection.track(yard.id, items[1]);
    fixture.playhead.moveTo(captured + 10 * kMinute);
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(fixture.selection.item(), items[1]);
}

void EventListTest::wideListHasTwoColumns()
{
    EventsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    for (int i = 0; i < 30; ++i)
        fixture.add(yard, Kind::Clip, fixture.clock.now() - i * 10 * kMinute);
    fixture.open();
    fixture.list->resize(600, 900);
    fixture.list->show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 30, kPatience);
    ListView *list = fixture.list->view();
    const auto placeOf = [&](int row) { return list->visualRect(fixture.events->index(row)); };
    // The newest, then the next beside it.
    QTRY_COMPARE(placeOf(1).top(), placeOf(0).top());
    QVERIFY(placeOf(1).left() >= placeOf(0).right());
    QVERIFY(placeOf(2).top() > placeOf(0).bottom() - 1);
    QCOMPARE(placeOf(2).left(), placeOf(0).left());
    QVERIFY(placeOf(1).right() < list->viewport()->width());
    fixture.list->resize(300, 500);
    QTRY_COMPARE(placeOf(1).left(), placeOf(0).left());
    QCOMPARE(placeOf(1).width(), list->viewport()->width());
}

GATEHOUSE_TEST(EventListTest)
#include "event_list_test.moc"
