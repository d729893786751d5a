#include "ingest/retention/retention_plan.h"

#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ingest;
using gatehouse::tests::kDayMs;

namespace
{

constexpr qint64 kNow = 20'000 * kDayMs; // 2024-10-04
constexpr qint64 kGb = 1'000'000'000;

// `age` days old, 1 GB each.
catalog::Item item(qint64 id, int age, bool isProtected = false)
{
    catalog::Item out;
    out.id = ItemId{id};
    out.received = kNow - age * kDayMs;
    out.captured = out.received;
    out.bytes = kGb;
    out.isProtected = isProtected;
    return out;
}

QVector<qint64> idsOf(const QVector<PlannedDeletion> &plan)
{
    QVector<qint64> out;
    for (const PlannedDeletion &deletion : plan)
        out.append(deletion.item.value);
    return out;
}

} // namespace

class RetentionPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void deletesItemsPastTheAgeLimit()
    {
        const auto plan =
            planRetention({60, 0}, kNow, 0, {item(3, 59), item(2, 61), item(1, 90), item(4, 60)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Older than 60 days"));
        QCOMPARE(plan[0].bytes, kGb);
        QCOMPARE(planRetention({1, 0}, kNow, 0, {item(1, 2)})[0].reason, QStringLiteral("Older than 1 day"));
    }

    void freesOnlyTheReserve()
    {
        const QVector<catalog::Item> items{item(1, 9), item(2, 8), item(3, 7), item(4, 6)};
        const auto plan = planRetention({60, 10 * kGb}, kNow, 8 * kGb, items);
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Less than 10 GB free"));
        QVERIFY(planRetention({60, 10 * kGb}, kNow, 10 * kGb, items).isEmpty());
        QCOMPARE(planRetention({0, kGb * 3 / 2}, kNow, 0, items)[0].reason,
                 QStringLiteral("Less than 1.5 GB free"));
    }

    void countsExpiredItemsTowardsTheReserve()
    {
        const auto plan = planRetention({60, 10 * kGb}, kNow, 8 * kGb, {item(1, 90), item(2, 8), item(3, 7)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{1, 2}));
        QCOMPARE(plan[0].reason, QStringLiteral("Older than 60 days"));
        QCOMPARE(plan[1].reason, QStringLiteral("Less than 10 GB free"));
    }

    void keepsProtectedItems()
    {
        const auto plan = planRetention({60, 10 * kGb}, kNow, 9 * kGb, {item(1, 90, true), item(2, 8)});
        QCOMPARE(idsOf(plan), (QVector<qint64>{2}));
    }

    void agesImportsFromTheImportDate()
    {
        catalog::Item imported = item(1, 0);
        imported.id = firstItemAt(kNow - kDayMs);
        imported.captured = kNow - 900 * kDayMs;
        imported.received = kNow - 900 * kDayMs; // by its former server
        QVERIFY(planRetention({60, 0}, kNow, 0, {imported}).isEmpty());
    }

    void limitsTheBatchSize()
    {
        QVector<catalog::Item> items;
        for (int i = 0; i < 1000; ++i)
            items.append(item(i + 1, 100));
        QCOMPARE(planRetention({60, 0}, kNow, 0, items).size(), 500);
        QCOMPARE(planRetention({60, 0}, kNow, 0, items, 10).size(), 10);
        QVERIFY(planRetention({0, 0}, kNow, 0, items).isEmpty());
    }
};

GATEHOUSE_TEST(RetentionPlanTest)
#include "retention_plan_test.moc"
