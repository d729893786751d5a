#include "archive/retention.h"

#include "catalog/item_ids.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::archive;

namespace
{

constexpr qint64 day = 24 * 60 * 60'000;
constexpr qint64 now = 20'000 * day; // 2024-10-04
constexpr qint64 gib = qint64(1) << 30;

// `age` days old, 1 GiB each.
catalog::Item item(qint64 id, int age, bool isProtected = false)
{
    catalog::Item out;
    out.id = ItemId{id};
    out.received = now - age * day;
    out.captured = out.received;
    out.bytes = gib;
    out.isProtected = isProtected;
    return out;
}

QVector<qint64> idsOf(const QVector<Departure> &plan)
{
    QVector<qint64> out;
    for (const Departure &departure : plan)
        out.append(departure.item.value);
    return out;
}

} // namespace

class RetentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void whatIsTooOldGoes()
    {
        const auto plan =
            planRetention({60, 0}, now, 0, {item(3, 59), item(2, 61), item(1, 90), item(4, 60)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Older than 60 days"));
        QCOMPARE(plan[0].bytes, gib);
        QCOMPARE(planRetention({1, 0}, now, 0, {item(1, 2)})[0].reason, QStringLiteral("Older than 1 day"));
    }

    void theReserveIsMadeFreeAndNoMore()
    {
        const QVector<catalog::Item> items{item(1, 9), item(2, 8), item(3, 7), item(4, 6)};
        const auto plan = planRetention({60, 10 * gib}, now, 8 * gib, items);
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Free space fell below 10 GB"));
        QVERIFY(planRetention({60, 10 * gib}, now, 10 * gib, items).isEmpty());
        QCOMPARE(planRetention({0, gib * 3 / 2}, now, 0, items)[0].reason,
                 QStringLiteral("Free space fell below 1.5 GB"));
    }

    void whatIsTooOldCountsForTheReserve()
    {
        const auto plan = planRetention({60, 10 * gib}, now, 8 * gib, {item(1, 90), item(2, 8), item(3, 7)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Older than 60 days"));
        QCOMPARE(plan[1].reason, QStringLiteral("Free space fell below 10 GB"));
    }

    void protectedOnesStay()
    {
        const auto plan = planRetention({60, 10 * gib}, now, 9 * gib, {item(1, 90, true), item(2, 8)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{2}));
    }

    void anImportIsNotOldAtOnce()
    {
        catalog::Item imported = item(1, 0);
        imported.id = catalog::ItemIds::firstOf(now - day);
        imported.captured = now - 900 * day;
        imported.received = now - 900 * day; // by its former server
        QVERIFY(planRetention({60, 0}, now, 0, {imported}).isEmpty());
    }

    void theBatchIsBounded()
    {
        QVector<catalog::Item> items;
        for (int i = 0; i < 1000; ++i)
            items.append(item(i + 1, 100));
        QCOMPARE(planRetention({60, 0}, now, 0, items).size(), 500);
        QCOMPARE(planRetention({60, 0}, now, 0, items, 10).size(), 10);
        QVERIFY(planRetention({0, 0}, now, 0, items).isEmpty());
    }
};

GATEHOUSE_TEST(RetentionTest)
#include "retention_test.moc"
