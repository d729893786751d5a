// The limit holds over every second, whatever is asked for, and is used up.
#include "s3/rate_limiter.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QTest>
#include <QVector>
#include <algorithm>

using namespace gatehouse::s3;

namespace
{

constexpr qint64 kSecond = 1'000'000; // microseconds

struct Grant {
    qint64 at;
    qint64 bytes;
};

// The most that was granted within any second.
qint64 busiestSecond(const QVector<Grant> &grants)
{
    qint64 most = 0;
    qint64 sum = 0;
    qsizetype first = 0;
    for (const Grant &grant : grants) {
        sum += grant.bytes;
        while (grants[first].at <= grant.at - kSecond)
            sum -= grants[first++].bytes;
        most = std::max(most, sum);
    }
    return most;
}

} // namespace

class S3RateLimiterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutALimitEverythingGoes()
    {
        RateLimiter limiter;
        QCOMPARE(limiter.take(1 << 30, 0), qint64(1) << 30);
        QCOMPARE(limiter.wait(0), 0);
    }

    void holdsOverEverySecond()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        for (const qint64 rate :
             {RateLimiter::kSlowest, qint64(100'000), qint64(1'000'000), qint64(50'000'000)}) {
            RateLimiter limiter;
            limiter.setRate(rate, 0);
            QVector<Grant> grants;
            qint64 now = 0;
            qint64 total = 0;
            while (now < 10 * kSecond) {
                // At times nobody asks for a while, so that tokens gather.
                now += random.bounded(100) == 0 ? random.bounded(500'000) : random.bounded(2000);
                if (const qint64 bytes = limiter.take(1 + random.bounded(256 * 1024), now); bytes > 0) {
                    grants.append({now, bytes});
                    total += bytes;
                }
            }
            QVERIFY2(busiestSecond(grants) <= rate,
                     qPrintable(
                         QStringLiteral("seed %1: %2 of %3").arg(seed).arg(busiestSecond(grants)).arg(rate)));
            QVERIFY(total > 0);
        }
    }

    void usesTheLimitUp()
    {
        constexpr qint64 rate = 1'000'000;
        RateLimiter limiter;
        limiter.setRate(rate, 0);
        qint64 total = 0;
        for (qint64 now = 0; now < 10 * kSecond; now += std::max<qint64>(1000, limiter.wait(now)))
            total += limiter.take(64 * 1024, now);
        QVERIFY2(total > rate * 10 * 9 / 10, qPrintable(QString::number(total)));
    }

    void waitIsLongEnoughForAPiece()
    {
        RateLimiter limiter;
        limiter.setRate(100'000, 0);
        QCOMPARE(limiter.take(64 * 1024, 0), 0);
        const qint64 wait = limiter.wait(0);
        QVERIFY(wait > 0);
        QCOMPARE(limiter.pieces(wait), 1);
        QVERIFY(limiter.take(64 * 1024, wait) >= 1000);
        QCOMPARE(limiter.take(64 * 1024, wait), 0);
    }

    void changesWhileRunning()
    {
        RateLimiter limiter;
        limiter.setRate(10'000'000, 0);
        QVERIFY(limiter.take(64 * 1024, kSecond) > 0);
        limiter.setRate(100'000, kSecond);
        QVERIFY(limiter.take(1 << 20, kSecond) < 5000); // does not spend what the old limit had saved
        limiter.setRate(0, kSecond);
        QCOMPARE(limiter.take(1 << 20, kSecond), qint64(1) << 20);
        limiter.setRate(1, kSecond);
        QVERIFY(limiter.wait(kSecond) < kSecond); // a limit that stops everything would be a pause
    }
};

GATEHOUSE_TEST(S3RateLimiterTest)
#include "rate_limiter_test.moc"
