// The list of deletions has an end: the oldest rows go, a few at a time, and what is still needed stays.
#include "catalog_house.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::catalog;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kDayMs = 86'400'000;

QVector<Deletion> deletionsOf(const CatalogHouse &house)
{
    DeletionQuery all;
    all.limit = 1'000;
    return *house.reader->deletions(all);
}

} // namespace

class DeletionLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOldestGoFirst();
    void whatWaitsForItsBytesStays();
    void theLastOfAllStays();
    void aClockThatWasBehindMakesNothingOld();
};

void DeletionLimitTest::theOldestGoFirst()
{
    CatalogHouse house;
    const Camera camera = house.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int day = 0; day < 10; ++day)
        items.append(house.add(house.item(camera.account, Kind::Clip, kTestNow)).item);
    for (const ItemId item : items) {
        QVERIFY(awaited(house.writer->removeItems({{item}, QStringLiteral("Old")})));
        QVERIFY(awaited(house.writer->garbageGone({item})));
        house.clock.advance(kDayMs);
    }
    const qint64 before = kTestNow + 7 * kDayMs; // the seventh is not before it
    QCOMPARE(*awaited(house.writer->forgetDeletions(before, 5)), 5);
    QCOMPARE(deletionsOf(house).size(), 5);
    QCOMPARE(*awaited(house.writer->forgetDeletions(before, 5)), 2);
    QCOMPARE(*awaited(house.writer->forgetDeletions(before, 5)), 0);
    const auto left = deletionsOf(house);
    QCOMPARE(left.size(), 3);
    QCOMPARE(left.last().at, before);
    QCOMPARE(brokenInvariants(house.path()), QStringList());
}

// How much is soon free is counted by them.
void DeletionLimitTest::whatWaitsForItsBytesStays()
{
    CatalogHouse house;
    const Camera camera = house.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int i = 0; i < 3; ++i)
        items.append(house.add(house.item(camera.account, Kind::Clip, kTestNow)).item);
    QVERIFY(awaited(house.writer->removeItems({{items[0], items[1]}, QStringLiteral("Old")})));
    QVERIFY(awaited(house.writer->garbageGone({items[1]})));
    house.clock.advance(kDayMs);
    QVERIFY(awaited(house.writer->removeItems({{items[2]}, QStringLiteral("Old")})));
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow + kDayMs, 100)), 1);
    QCOMPARE(deletionsOf(house).size(), 2);
    QCOMPARE(deletionsOf(house).last().item, items[0]);
}

// By it an older catalog is known for what it is (state_snapshot.h).
void DeletionLimitTest::theLastOfAllStays()
{
    CatalogHouse house;
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow, 100)), 0);
    const Camera camera = house.addCamera(QStringLiteral("Porch"));
    for (int i = 0; i < 2; ++i) {
        const ItemId item = house.add(house.item(camera.account, Kind::Clip, kTestNow)).item;
        QVERIFY(awaited(house.writer->removeItems({{item}, QStringLiteral("Old")})));
        QVERIFY(awaited(house.writer->garbageGone({item})));
        house.clock.advance(kDayMs);
    }
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow + 500 * kDayMs, 100)), 1);
    QCOMPARE(deletionsOf(house).size(), 1);
    QCOMPARE(deletionsOf(house).first().at, kTestNow + kDayMs);
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow + 500 * kDayMs, 100)), 0);
}

// A PC without a battery removes things in 1970.
void DeletionLimitTest::aClockThatWasBehindMakesNothingOld()
{
    CatalogHouse house;
    const Camera camera = house.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int i = 0; i < 2; ++i)
        items.append(house.add(house.item(camera.account, Kind::Clip, kTestNow)).item);
    const auto removeNext = [&] {
        const ItemId item = items.takeFirst();
        QVERIFY(awaited(house.writer->removeItems({{item}, QStringLiteral("Deleted by hand")})));
        QVERIFY(awaited(house.writer->garbageGone({item})));
    };
    house.clock.jump(-kTestNow + kDayMs);
    removeNext();
    house.clock.jump(kTestNow - kDayMs);
    house.clock.advance(kDayMs);
    removeNext();
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow, 100)), 0);
    QCOMPARE(deletionsOf(house).size(), 2);
    QCOMPARE(*awaited(house.writer->forgetDeletions(kTestNow + kDayMs, 100)), 1);
    QCOMPARE(deletionsOf(house).size(), 1);
}

GATEHOUSE_TEST(DeletionLimitTest)
#include "deletion_limit_test.moc"
