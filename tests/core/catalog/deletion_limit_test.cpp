// The list of deletions has an end: the oldest rows go, a few at a time, and what is still needed stays.
#include "catalog/operations/item_removal.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::catalog;
using namespace gatehouse::tests;

namespace
{

QVector<Deletion> deletionsOf(const CatalogFixture &fixture)
{
    DeletionQuery all;
    all.limit = 1'000;
    return *fixture.reader->deletions(all);
}

} // namespace

class DeletionLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgetsTheOldestFirst();
    void keepsEntriesWhoseBytesAreNotFreedYet();
    void keepsTheLastEntry();
    void keepsDeletionsDatedByAClockInThePast();
};

void DeletionLimitTest::forgetsTheOldestFirst()
{
    CatalogFixture fixture;
    const Camera camera = fixture.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int day = 0; day < 10; ++day)
        items.append(fixture.add(fixture.item(camera.account, Kind::Clip, kTestNow)).item);
    for (const ItemId item : items) {
        QVERIFY(awaited(fixture.writer->submit(RemoveItems{{item}, QStringLiteral("Old")})));
        QVERIFY(awaited(fixture.writer->submit(ForgetGarbage{{item}})));
        fixture.clock.advance(kDayMs);
    }
    const qint64 before = kTestNow + 7 * kDayMs; // the seventh is not before it
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{before, 5})), 5);
    QCOMPARE(deletionsOf(fixture).size(), 5);
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{before, 5})), 2);
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{before, 5})), 0);
    const auto left = deletionsOf(fixture);
    QCOMPARE(left.size(), 3);
    QCOMPARE(left.last().at, before);
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

// How much is soon free is counted by them.
void DeletionLimitTest::keepsEntriesWhoseBytesAreNotFreedYet()
{
    CatalogFixture fixture;
    const Camera camera = fixture.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int i = 0; i < 3; ++i)
        items.append(fixture.add(fixture.item(camera.account, Kind::Clip, kTestNow)).item);
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{{items[0], items[1]}, QStringLiteral("Old")})));
    QVERIFY(awaited(fixture.writer->submit(ForgetGarbage{{items[1]}})));
    fixture.clock.advance(kDayMs);
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{{items[2]}, QStringLiteral("Old")})));
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow + kDayMs, 100})), 1);
    QCOMPARE(deletionsOf(fixture).size(), 2);
    QCOMPARE(deletionsOf(fixture).last().item, items[0]);
}

// By it an older catalog is known for what it is (state_snapshot.h).
void DeletionLimitTest::keepsTheLastEntry()
{
    CatalogFixture fixture;
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow, 100})), 0);
    const Camera camera = fixture.addCamera(QStringLiteral("Porch"));
    for (int i = 0; i < 2; ++i) {
        const ItemId item = fixture.add(fixture.item(camera.account, Kind::Clip, kTestNow)).item;
        QVERIFY(awaited(fixture.writer->submit(RemoveItems{{item}, QStringLiteral("Old")})));
        QVERIFY(awaited(fixture.writer->submit(ForgetGarbage{{item}})));
        fixture.clock.advance(kDayMs);
    }
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow + 500 * kDayMs, 100})), 1);
    QCOMPARE(deletionsOf(fixture).size(), 1);
    QCOMPARE(deletionsOf(fixture).first().at, kTestNow + kDayMs);
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow + 500 * kDayMs, 100})), 0);
}

// A PC without a battery removes things in 1970.
void DeletionLimitTest::keepsDeletionsDatedByAClockInThePast()
{
    CatalogFixture fixture;
    const Camera camera = fixture.addCamera(QStringLiteral("Porch"));
    QVector<ItemId> items;
    for (int i = 0; i < 2; ++i)
        items.append(fixture.add(fixture.item(camera.account, Kind::Clip, kTestNow)).item);
    const auto removeNext = [&] {
        const ItemId item = items.takeFirst();
        QVERIFY(awaited(fixture.writer->submit(RemoveItems{{item}, QStringLiteral("Deleted by hand")})));
        QVERIFY(awaited(fixture.writer->submit(ForgetGarbage{{item}})));
    };
    fixture.clock.jump(-kTestNow + kDayMs);
    removeNext();
    fixture.clock.jump(kTestNow - kDayMs);
    fixture.clock.advance(kDayMs);
    removeNext();
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow, 100})), 0);
    QCOMPARE(deletionsOf(fixture).size(), 2);
    QCOMPARE(*awaited(fixture.writer->submit(ForgetDeletions{kTestNow + kDayMs, 100})), 1);
    QCOMPARE(deletionsOf(fixture).size(), 1);
}

GATEHOUSE_TEST(DeletionLimitTest)
#include "deletion_limit_test.moc"
