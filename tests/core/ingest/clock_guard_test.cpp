#include "ingest/clock_guard.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse::ingest;

namespace
{

constexpr qint64 hour = 3'600'000;
constexpr qint64 day = 24 * hour;
constexpr qint64 today = 1'781'272'938'000; // 2026-06-12

// Looks every hour.
void run(ClockGuard &guard, qint64 from, qint64 to)
{
    for (qint64 now = from; now <= to; now += hour)
        guard.look(now);
}

} // namespace

class ClockGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOrdinaryClockIsBelieved()
    {
        ClockGuard guard;
        run(guard, today, today + 100 * day);
        QCOMPARE(guard.ageNow(), today + 100 * day);
        guard.look(today + 106 * day); // asleep, or switched off
        QVERIFY(!guard.isDoubted());
        guard.look(today + 105 * day); // set by hand
        QCOMPARE(guard.ageNow(), today + 105 * day);
        QVERIFY(guard.doubt().isEmpty());
    }

    void aJumpAheadMakesNothingOld()
    {
        ClockGuard guard;
        guard.look(today);
        run(guard, today + 365 * day, today + 365 * day + 6 * day);
        QVERIFY(guard.isDoubted());
        QCOMPARE(guard.ageNow(), today);
        QVERIFY2(guard.doubt().contains(QLatin1String("371")), qPrintable(guard.doubt()));
        guard.look(today + 6 * day); // and back
        QCOMPARE(guard.ageNow(), today + 6 * day);
        QVERIFY(!guard.isDoubted());
    }

    void jumpsOverJumpsAreDoubtedAnew()
    {
        ClockGuard guard;
        guard.look(today);
        for (int i = 1; i < 20; ++i)
            run(guard, today + i * 100 * day, today + i * 100 * day + 6 * day);
        QCOMPARE(guard.ageNow(), today);
    }

    // Half a year in a cupboard: the clock is right, and after a week that is known.
    void aClockThatGoesOnIsBelieved()
    {
        ClockGuard guard(ClockMemory{today, today, {}});
        guard.look(today + 180 * day);
        QCOMPARE(guard.ageNow(), today);
        ClockGuard restarted(guard.memory()); // the week goes on over restarts
        run(restarted, today + 181 * day, today + 187 * day);
        QCOMPARE(restarted.ageNow(), today + 187 * day);
        QVERIFY(!restarted.isDoubted());
    }

    void aClockThatWasNeverSetTeachesNothing()
    {
        ClockGuard guard;
        guard.look(0);
        guard.look(today); // the time server answered
        QCOMPARE(guard.ageNow(), today);
        guard.look(5 * day); // an empty battery at the next start
        QCOMPARE(guard.ageNow(), 5 * day);
        QVERIFY(!guard.doubt().isEmpty());
        guard.look(today + day);
        QCOMPARE(guard.ageNow(), today + day);
        QVERIFY(guard.doubt().isEmpty());
    }

    void neverOlderThanEitherSays()
    {
        ClockGuard guard;
        qint64 most = 0;
        for (const qint64 now : {today, today + 400 * day, today - 400 * day, qint64(0), today + day}) {
            guard.look(now);
            most = std::max(most, guard.ageNow());
        }
        QCOMPARE(most, today + day);
    }
};

GATEHOUSE_TEST(ClockGuardTest)
#include "clock_guard_test.moc"
