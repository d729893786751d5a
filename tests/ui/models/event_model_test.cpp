#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/format.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kMinuteMs;
using gatehouse::tests::kPatience;

namespace
{

} // namespace

class EventModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uncheckingACameraHidesItsEvents();
    void showsOnlyTheChosenCamera();
    void updatesWithoutModelResets();
    void pagesReachTheFirstEvent();
    void changesFarDownAreMerged();
    void startsTheListAtTheGivenTime();
    void narrowsByChoice();
    void findsCamerasAndKindsByText();
    void knowsTheNearestDaysWithEvents();
    void describesEverything();
};

void EventModelTest::uncheckingACameraHidesItsEvents()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 40 * kMinuteMs);
    fixture.add(road, Kind::Clip, now - 20 * kMinuteMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 2, kPatience);

    QSignalSpy hidden(&cameras, &CameraModel::hiddenChanged);
    cameras.setData(cameras.indexOf(yard.id), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(hidden.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 1, kPatience);
    QCOMPARE(events.event(0).camera, road.id);
}

void EventModelTest::showsOnlyTheChosenCamera()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 40 * kMinuteMs);
    fixture.add(road, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    QSignalSpy newer(&events, &EventModel::newerArrived);
    events.showOnly(yard.id);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 1, kPatience);
    QCOMPARE(events.event(0).camera, yard.id);
    events.showOnly({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    QCOMPARE(newer.size(), 0);
}

void EventModelTest::pagesReachTheFirstEvent()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    constexpr int kEvents = 2 * EventModel::kPage + 37;
    for (int i = 1; i <= kEvents; ++i)
        fixture.add(yard, Kind::Still, now - i * 2 * kMinuteMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_VERIFY_WITH_TIMEOUT(events.isLoaded() && cameras.rowCount() == 1, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), EventModel::kPage, kPatience);
    QVERIFY(events.canFetchMore({}));
    events.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2 * EventModel::kPage, kPatience);
    events.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), kEvents, kPatience);
    QVERIFY(events.isComplete() && !events.canFetchMore({}));
    for (int row = 1; row < kEvents; ++row)
        QVERIFY(events.event(row - 1).range.start > events.event(row).range.start);
    QCOMPARE(events.event(kEvents - 1).range.start, now - kEvents * 2 * kMinuteMs);
    QCOMPARE(events.indexAt(yard.id, now - kEvents * 2 * kMinuteMs).row(), kEvents - 1);
}

// What is loaded stays loaded, and a change of an event that is not waits for its page.
void EventModelTest::changesFarDownAreMerged()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    constexpr int kEvents = 2 * EventModel::kPage + 10;
    for (int i = 1; i <= kEvents; ++i)
        fixture.add(yard, Kind::Still, now - i * 4 * kMinuteMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_VERIFY_WITH_TIMEOUT(events.isLoaded() && cameras.rowCount() == 1, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), EventModel::kPage, kPatience);
    events.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2 * EventModel::kPage, kPatience);
    QSignalSpy newer(&events, &EventModel::newerArrived);
    fixture.add(yard, Kind::Still, now - 350 * 4 * kMinuteMs - 2 * kMinuteMs); // between two loaded ones
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2 * EventModel::kPage + 1, kPatience);
    QCOMPARE(newer.size(), 0);
    fixture.add(yard, Kind::Still, now - 10'000 * kMinuteMs); // below everything loaded
    fixture.add(yard, Kind::Still, now);
    QTRY_COMPARE_WITH_TIMEOUT(newer.size(), 1, kPatience);
    QCOMPARE(events.rowCount(), 2 * EventModel::kPage + 2);
    events.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), kEvents + 3, kPatience);
    QVERIFY(events.isComplete());
    const auto reviewed =
        tests::resultOf(fixture.writer->submit(catalog::SetReviewed{events.event(kEvents).id, true}));
    QVERIFY(reviewed.has_value());
    QTRY_VERIFY_WITH_TIMEOUT(events.event(kEvents).reviewed, kPatience);
    QCOMPARE(events.rowCount(), kEvents + 3);
}

void EventModelTest::startsTheListAtTheGivenTime()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    for (int i = 1; i <= 10; ++i)
        fixture.add(yard, Kind::Still, now - i * 10 * kMinuteMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 10, kPatience);
    events.setEnd(now - 40 * kMinuteMs); // exclusive
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 6, kPatience);
    QCOMPARE(events.event(0).range.start, now - 50 * kMinuteMs);
    fixture.add(yard, Kind::Still, now); // outside
    fixture.add(yard, Kind::Still, now - 55 * kMinuteMs);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 7, kPatience);
    QCOMPARE(events.rowBefore(now - 52 * kMinuteMs), 1);
    events.setEnd({});
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 12, kPatience);
}

void EventModelTest::narrowsByChoice()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 40 * kMinuteMs);
    fixture.add(yard, Kind::Clip, now - 30 * kMinuteMs, Trigger::Sound);
    fixture.add(yard, Kind::Still, now - 20 * kMinuteMs, Trigger::Sound);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 3, kPatience);
    EventChoice choice;
    choice.causes = catalog::causeOf(Trigger::Sound);
    events.setChoice(choice);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    choice.hasClip = false;
    events.setChoice(choice);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 1, kPatience);
    // One that stops fitting leaves, one that begins to comes in.
    choice = {};
    choice.reviewed = false;
    events.setChoice(choice);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 3, kPatience);
    const EventId first = events.event(0).id;
    QVERIFY(tests::resultOf(fixture.writer->submit(catalog::SetReviewed{first, true})));
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    QVERIFY(tests::resultOf(fixture.writer->submit(catalog::SetReviewed{first, false})));
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 3, kPatience);
    QCOMPARE(events.event(0).id, first);
}

void EventModelTest::findsCamerasAndKindsByText()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Café yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 40 * kMinuteMs);
    fixture.add(road, Kind::Clip, now - 30 * kMinuteMs);
    fixture.add(road, Kind::Clip, now - 20 * kMinuteMs, Trigger::Sound);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_VERIFY_WITH_TIMEOUT(cameras.rowCount() == 2 && events.rowCount() == 3, kPatience);
    const std::pair<QString, int> searches[] = {{QStringLiteral("cafe"), 1},
                                                {QStringLiteral("ROAD"), 2},
                                                {QStringLiteral("sound"), 1},
                                                {QStringLiteral("road moti"), 1},
                                                {QStringLiteral("yard sound"), 0},
                                                {QStringLiteral("zebra"), 0},
                                                {QString(), 3}};
    for (const auto &[text, count] : searches) {
        EventChoice choice;
        choice.text = text;
        events.setChoice(choice);
        QTRY_VERIFY2_WITH_TIMEOUT(events.isLoaded() && events.rowCount() == count, qPrintable(text),
                                  kPatience);
    }
}

void EventModelTest::knowsTheNearestDaysWithEvents()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 today = fixture.clock.now() / kDayMs * kDayMs;
    fixture.add(yard, Kind::Clip, today - 5 * kDayMs);
    fixture.add(yard, Kind::Clip, today - kDayMs);
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 2, kPatience);
    events.setDay({today - 3 * kDayMs, today - 2 * kDayMs});
    QTRY_VERIFY_WITH_TIMEOUT(events.day().isKnown, kPatience);
    QVERIFY(events.day().isEmpty && events.day().earlier && events.day().later);
    QCOMPARE(events.day().earlier->range.start, today - 5 * kDayMs);
    QCOMPARE(events.day().later->range.start, today - kDayMs);
    fixture.add(yard, Kind::Clip, today - 3 * kDayMs + kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(!events.day().isEmpty, kPatience);
    events.setDay({today - kDayMs, today}); // its first instant is part of it
    QTRY_VERIFY_WITH_TIMEOUT(events.day().isKnown, kPatience);
    QVERIFY(!events.day().isEmpty);
}

void EventModelTest::describesEverything()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(yard, Kind::Clip, fixture.clock.now() - 24 * 60 * kMinuteMs);
    QVERIFY(tests::resultOf(fixture.writer->submit(catalog::SetProtected{item, true})));
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QTRY_VERIFY_WITH_TIMEOUT(events.rowCount() == 1 && cameras.rowCount() == 1, kPatience);
    const QString text = events.index(0, 0).data(Qt::AccessibleTextRole).toString();
    for (const QString &part :
         {widgets::dayText(events.event(0).range.start), widgets::clockText(events.event(0).range.start),
          QStringLiteral("Yard"), QStringLiteral("motion"), QStringLiteral("1 clip"),
          QStringLiteral("not reviewed"), QStringLiteral("protected")})
        QVERIFY2(text.contains(part), qPrintable(text + QStringLiteral(": ") + part));
}

void EventModelTest::updatesWithoutModelResets()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    CameraModel cameras(fixture.services(), fixture.clock);
    EventModel events(fixture.services(), cameras);
    QSignalSpy cameraResets(&cameras, &QAbstractItemModel::modelReset);
    QSignalSpy eventResets(&events, &QAbstractItemModel::modelReset);
    QVector<ItemId> items;
    for (int i = 1; i <= 5; ++i)
        items.append(fixture.add(yard, Kind::Clip, fixture.clock.now() - i * 10 * kMinuteMs));
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 5, kPatience);
    const auto removed =
        tests::resultOf(fixture.writer->submit(catalog::RemoveItems{{items[2]}, QStringLiteral("a test")}));
    QVERIFY(removed.has_value());
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 4, kPatience);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 30 * kMinuteMs); // between the others
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 5, kPatience);
    for (int row = 1; row < 5; ++row)
        QVERIFY(events.event(row - 1).range.start > events.event(row).range.start);
    QCOMPARE(cameraResets.size(), 0);
    QCOMPARE(eventResets.size(), 0);
}

GATEHOUSE_TEST(EventModelTest)
#include "event_model_test.moc"
