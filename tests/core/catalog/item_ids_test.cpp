// Numbers rise whatever the clock does, and what was given away by this run is told from what was not.
#include "catalog/types/item_ids.h"
#include "catalog_fixture.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::catalog;
using namespace gatehouse::tests;

class ItemIdsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognizesIdsOfThisRun();
    void excludesIdsSkippedByAClockJump();
    void doesNotReuseIdsPassedIn();
};

void ItemIdsTest::recognizesIdsOfThisRun()
{
    SetClock clock(kTestNow);
    ItemIds ids(clock, firstItemAt(kTestNow - 1'000));
    QVERIFY(!ids.firstOfThisRun().isValid());
    const ItemId first = ids.next();
    clock.advance(3'600'000);
    const ItemId second = ids.next();
    clock.jump(500); // put right by a time server
    const ItemId third = ids.next();
    QVERIFY(first < second && second < third);
    QCOMPARE(ids.firstOfThisRun(), first);
    QVERIFY(ids.isOfThisRun(first) && ids.isOfThisRun(second) && ids.isOfThisRun(third));
    QVERIFY(!ids.isOfThisRun(firstItemAt(kTestNow - 1'000)));
}

// A PC without a battery begins in 1970; what was kept before it did has numbers in between.
void ItemIdsTest::excludesIdsSkippedByAClockJump()
{
    SetClock clock(kTestNow);
    clock.jump(-kTestNow);
    ItemIds ids(clock, {});
    const ItemId first = ids.next();
    clock.advance(60'000);
    clock.jump(kTestNow);
    const ItemId second = ids.next();
    QCOMPARE(second, firstItemAt(kTestNow + 60'000));
    QVERIFY(ids.isOfThisRun(first) && ids.isOfThisRun(second));
    for (const qint64 ago : {qint64(1'000), qint64(86'400'000), qint64(365) * 86'400'000})
        QVERIFY(!ids.isOfThisRun(firstItemAt(kTestNow - ago)));
}

void ItemIdsTest::doesNotReuseIdsPassedIn()
{
    SetClock clock(86'400'000);
    ItemIds ids(clock, {});
    const ItemId archived = firstItemAt(kTestNow);
    ids.next();
    ids.passed(archived);
    QCOMPARE(ids.next(), ItemId{archived.value + 1});
    ids.passed({});
    QCOMPARE(ids.next(), ItemId{archived.value + 2});
    QVERIFY(!ids.isOfThisRun(archived));
}

GATEHOUSE_TEST(ItemIdsTest)
#include "item_ids_test.moc"
