// A camera that sends a picture every second for hours makes one event of thousands of items: deleting the
// oldest of them, and examining each, must not hold up what arrives meanwhile.
#include "catalog/operations/add_item.h"
#include "catalog/operations/item_removal.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QElapsedTimer>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class LongEventTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesItsOldestItemsQuickly();
    void recordsClipExaminationsQuickly();
};

void LongEventTest::removesItsOldestItemsQuickly()
{
    constexpr int count = 10'000;
    constexpr int atOnce = 500; // as retention does it
    CatalogFixture fixture;
    const AccountId account = fixture.addCamera(QStringLiteral("Porch")).account;
    QVector<ItemId> items;
    QVector<QFuture<Result<Added>>> adding;
    for (int i = 0; i < count; ++i) {
        const NewItem item = fixture.item(account, Kind::Still, kTestNow + i * 1'000);
        items.append(item.id);
        adding.append(fixture.writer->submit(AddItem{item}));
    }
    for (auto &one : adding)
        QVERIFY(awaited(one));
    QCOMPARE(fixture.reader->events({})->size(), 1);

    QElapsedTimer taken;
    qint64 longest = 0;
    for (int i = 0; i < count / 2; i += atOnce) {
        taken.start();
        QVERIFY(awaited(fixture.writer->submit(RemoveItems{items.mid(i, atOnce), QStringLiteral("Older")})));
        longest = std::max(longest, taken.elapsed());
    }
    QVERIFY2(longest < 2'000, qPrintable(QStringLiteral("%1 ms for %2 of them").arg(longest).arg(atOnce)));
    const auto events = *fixture.reader->events({});
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().stills, count / 2);
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

// Every clip gets another length than the one that was supposed.
void LongEventTest::recordsClipExaminationsQuickly()
{
    constexpr int count = 10'000;
    CatalogFixture fixture;
    const AccountId account = fixture.addCamera(QStringLiteral("Porch")).account;
    QVector<ItemId> items;
    QVector<QFuture<Result<Added>>> adding;
    for (int i = 0; i < count; ++i) {
        const NewItem item = fixture.item(account, Kind::Clip, kTestNow + i * 20'000);
        items.append(item.id);
        adding.append(fixture.writer->submit(AddItem{item}));
    }
    for (auto &one : adding)
        QVERIFY(awaited(one));

    QElapsedTimer taken;
    taken.start();
    QVector<QFuture<Result<void>>> examining;
    for (int i = 0; i < count; i += 5) {
        Examined found;
        found.item = items[i];
        found.duration = 12'000 + i;
        found.width = 640;
        examining.append(fixture.writer->submit(SetExamined{found}));
    }
    for (auto &one : examining)
        QVERIFY(awaited(one));
    QVERIFY2(taken.elapsed() < kPatience, qPrintable(QStringLiteral("%1 ms").arg(taken.elapsed())));
    QCOMPARE(fixture.reader->events({})->size(), 1);
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

GATEHOUSE_TEST(LongEventTest)
#include "long_event_test.moc"
