#include "catalog/operations/item_removal.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kPatience = 15'000;
constexpr qint64 kMinute = 60'000;

} // namespace

class EventModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uncheckingACameraHidesItsEvents();
    void showsOnlyTheChosenCamera();
    void updatesWithoutModelResets();
};

void EventModelTest::uncheckingACameraHidesItsEvents()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 40 * kMinute);
    fixture.add(road, Kind::Clip, now - 20 * kMinute);
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
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 40 * kMinute);
    fixture.add(road, Kind::Clip, fixture.clock.now() - 20 * kMinute);
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
        items.append(fixture.add(yard, Kind::Clip, fixture.clock.now() - i * 10 * kMinute));
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 5, kPatience);
    const auto removed =
        tests::resultOf(fixture.writer->submit(catalog::RemoveItems{{items[2]}, QStringLiteral("a test")}));
    QVERIFY(removed.has_value());
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 4, kPatience);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 30 * kMinute); // between the others
    QTRY_COMPARE_WITH_TIMEOUT(events.rowCount(), 5, kPatience);
    for (int row = 1; row < 5; ++row)
        QVERIFY(events.event(row - 1).range.start > events.event(row).range.start);
    QCOMPARE(cameraResets.size(), 0);
    QCOMPARE(eventResets.size(), 0);
}

GATEHOUSE_TEST(EventModelTest)
#include "event_model_test.moc"
