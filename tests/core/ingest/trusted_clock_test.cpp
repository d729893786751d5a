#include "ingest/retention/trusted_clock.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse::ingest;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kHourMs;

namespace
{

constexpr qint64 kToday = 1'781'272'938'000; // 2026-06-12

// A PC whose clock may be set, with its guard.
struct Pc {
    Pc() { look(); }

    void look() { trust.look(real + wrong, real - booted + 5'000); }
    void run(qint64 time)
    {
        for (const qint64 end = real + time; real < end; look())
            real += kHourMs / 2;
    }
    void setClock(qint64 off)
    {
        wrong = off;
        real += 60'000; // the next look
        look();
    }
    // Off, then started anew with a clock that is `off`.
    void restart(qint64 offFor, qint64 off)
    {
        real += offFor;
        booted = real;
        wrong = off;
        trust = ClockTrust(trust.memory());
        look();
    }
    [[nodiscard]] qint64 early() const { return trust.ageNow() - real; } // >0: evidence would go too soon

    qint64 real = kToday;
    qint64 booted = kToday;
    qint64 wrong = 0;
    ClockTrust trust;
};

} // namespace

class TrustedClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trustsAnOrdinaryClock()
    {
        Pc pc;
        pc.run(100 * kDayMs);
        QCOMPARE(pc.early(), 0);
        pc.real += 20 * kDayMs; // asleep
        pc.look();
        QVERIFY(!pc.trust.isDoubted());
        QCOMPARE(pc.early(), 0);
        pc.setClock(-kHourMs); // set by hand
        pc.run(2 * kHourMs);
        QCOMPARE(pc.early(), -kHourMs);
        QVERIFY(pc.trust.doubt().isEmpty());
    }

    void doesNotAgeItemsAfterAJump_data()
    {
        QTest::addColumn<qint64>("jump");
        for (const int hours :
             {3, 8, 24, 2 * 24, 3 * 24, 6 * 24, 7 * 24, 8 * 24, 30 * 24, 365 * 24, 3650 * 24})
            QTest::addRow("%d hours", hours) << hours * kHourMs;
    }

    void doesNotAgeItemsAfterAJump()
    {
        QFETCH(qint64, jump);
        Pc pc;
        pc.run(2 * kDayMs);
        pc.setClock(jump);
        pc.run(6 * kDayMs);
        QVERIFY(pc.trust.isDoubted());
        QVERIFY(!pc.trust.doubt().isEmpty());
        QCOMPARE(pc.early(), 0);  // time goes on all the same
        pc.restart(60'000, jump); // a start does not make it true
        pc.run(12 * kHourMs);
        QVERIFY(pc.trust.isDoubted());
        QVERIFY(pc.early() <= 0);
        pc.setClock(0); // and back
        QVERIFY(!pc.trust.isDoubted());
        QVERIFY(pc.early() <= 0);
        pc.run(2 * kHourMs);
        QCOMPARE(pc.early(), 0);
    }

    // A few days at a time, each of them what a weekend might be.
    void repeatedJumpsDoNotAddUp()
    {
        Pc pc;
        pc.run(kDayMs);
        for (int i = 1; i < 20; ++i) {
            pc.setClock(i * 6 * kDayMs);
            pc.run(kHourMs * 20);
            QVERIFY(pc.early() <= 0);
        }
        for (int i = 20; i < 25; ++i) {
            pc.restart(kHourMs, i * 6 * kDayMs);
            pc.run(kHourMs / 2);
            QVERIFY(pc.early() <= 0);
        }
    }

    void trustsTheClockAfterANormalRestart_data()
    {
        QTest::addColumn<qint64>("offFor");
        for (const int days : {0, 1, 3, 6})
            QTest::addRow("%d days", days) << days * kDayMs + 8 * kHourMs;
    }

    void trustsTheClockAfterANormalRestart()
    {
        QFETCH(qint64, offFor);
        Pc pc;
        pc.run(kDayMs);
        for (int i = 0; i < 5; ++i) {
            pc.restart(offFor, 0);
            QVERIFY(!pc.trust.isDoubted());
            pc.run(2 * kHourMs);
            QCOMPARE(pc.early(), 0);
        }
    }

    void recoversFromAWrongClockAtStartup_data()
    {
        QTest::addColumn<qint64>("offFor");
        QTest::addColumn<qint64>("off");
        for (const int days : {0, 2, 6}) {
            QTest::addRow("1970, %d days off", days) << days * kDayMs << -kToday;
            QTest::addRow("3 days behind, %d days off", days) << days * kDayMs << -3 * kDayMs;
            QTest::addRow("8 days ahead, %d days off", days) << days * kDayMs << 8 * kDayMs;
            QTest::addRow("a year ahead, %d days off", days) << days * kDayMs << 365 * kDayMs;
        }
        QTest::newRow("5 days ahead") << qint64(0) << 5 * kDayMs;
    }

    void recoversFromAWrongClockAtStartup()
    {
        QFETCH(qint64, offFor);
        QFETCH(qint64, off);
        Pc pc;
        pc.run(kDayMs);
        pc.restart(offFor, off);
        QVERIFY(pc.early() <= 0);
        pc.run(kHourMs / 2);
        QVERIFY(pc.early() <= 0);
        pc.setClock(0); // the time server answered
        QVERIFY(pc.early() <= 0);
        QVERIFY2(!pc.trust.isDoubted(), qPrintable(pc.trust.doubt()));
        pc.run(2 * kHourMs);
        QCOMPARE(pc.early(), 0);
    }

    // Half a year in a cupboard: the clock is right, and after a week that is known.
    void trustsALongGapAfterAWeek()
    {
        Pc pc;
        pc.restart(180 * kDayMs, 0);
        pc.run(3 * kDayMs);
        QCOMPARE(pc.early(), -180 * kDayMs);
        QVERIFY2(pc.trust.doubt().contains(QLatin1String("180 days")), qPrintable(pc.trust.doubt()));
        pc.restart(kDayMs, 0); // the week goes on over restarts
        pc.run(4 * kDayMs);
        QCOMPARE(pc.early(), 0);
        QVERIFY(!pc.trust.isDoubted());
    }

    void ignoresAClockThatWasNeverSet()
    {
        Pc pc;
        pc.trust = {};
        pc.wrong = -kToday;
        pc.look();
        pc.setClock(0);
        QCOMPARE(pc.early(), 0);
        pc.restart(0, 5 * kDayMs - pc.real); // an empty battery
        QCOMPARE(pc.trust.ageNow(), 5 * kDayMs);
        QVERIFY(!pc.trust.doubt().isEmpty());
        pc.setClock(0);
        QCOMPARE(pc.early(), 0);
        QVERIFY(pc.trust.doubt().isEmpty());
    }
};

GATEHOUSE_TEST(TrustedClockTest)
#include "trusted_clock_test.moc"
