// Password guessing is slowed down; the correct password is never refused.
#include "ftp/throttle.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ftp;
using gatehouse::tests::kHourMs;

class FtpThrottleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void treatsAnIpv6PrefixAsOneHost();
    void neverDelaysMoreThanTenSeconds();
    void forgetsWrongPasswords();
    void badCameraDoesNotSlowOthers();
    void newPasswordResetsTheCount();
    void limitsItsSize();
};

namespace
{

QHostAddress host(const char *address)
{
    return QHostAddress(QString::fromLatin1(address));
}
} // namespace

// One host cannot take all sessions, or guess forever, by using another address of its /64 each time.
void FtpThrottleTest::treatsAnIpv6PrefixAsOneHost()
{
    const auto key = [](const char *address) { return addressKey(host(address)); };
    QCOMPARE(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
    QVERIFY(key("2001:db8:1:2::1") != key("2001:db8:1:3::1"));
    QVERIFY(key("192.168.1.50") != key("192.168.1.51"));
    Throttle throttle(3, kHourMs);
    for (int i = 0; i < 40; ++i)
        throttle.wrong(QHostAddress(QStringLiteral("2001:db8::%1").arg(i + 1)), QString::number(i), 0);
    QCOMPARE(throttle.delayOf(host("2001:db8::ffff"), QStringLiteral("x"), 0), 10'000);
}

void FtpThrottleTest::neverDelaysMoreThanTenSeconds()
{
    Throttle throttle(3, kHourMs);
    const QString user = QStringLiteral("porch");
    int delay = 0;
    for (int i = 0; i < 1000; ++i) {
        const int next = throttle.delayOf(host("192.168.1.50"), user, 0);
        QVERIFY(i < 3 ? next == 0 : next > delay || next == 10'000);
        delay = next;
        throttle.wrong(host("192.168.1.50"), user, 0);
    }
    QCOMPARE(delay, 10'000);
}

void FtpThrottleTest::forgetsWrongPasswords()
{
    Throttle throttle(3, kHourMs);
    const QString user = QStringLiteral("porch");
    const auto peer = host("192.168.1.50");
    for (int i = 0; i < 6; ++i)
        throttle.wrong(peer, user, 0);
    QVERIFY(throttle.delayOf(peer, user, kHourMs - 1) > 0);
    QCOMPARE(throttle.delayOf(peer, user, kHourMs), 0);
    throttle.wrong(peer, user, kHourMs);
    QCOMPARE(throttle.delayOf(peer, user, kHourMs), 0); // counted from one again
    for (int i = 0; i < 6; ++i)
        throttle.wrong(peer, user, kHourMs);
    throttle.right(peer, user, kHourMs);
    QCOMPARE(throttle.delayOf(peer, user, kHourMs), 0);
}

void FtpThrottleTest::badCameraDoesNotSlowOthers()
{
    Throttle throttle(3, kHourMs);
    const auto router = host("192.168.1.1");
    const auto delayOf = [&](const char *user) {
        return throttle.delayOf(router, QString::fromLatin1(user), 0);
    };
    throttle.right(router, QStringLiteral("garden"), 0);
    for (int i = 0; i < 6; ++i)
        throttle.wrong(router, QStringLiteral("porch"), 0);
    QVERIFY(delayOf("porch") > 0);
    QCOMPARE(delayOf("garden"), 0);
    QCOMPARE(delayOf("new"), 0);
    for (int i = 0; i < 30; ++i)
        throttle.wrong(router, QStringLiteral("guess%1").arg(i), 0);
    QVERIFY(delayOf("guess99") > 0);
    QCOMPARE(delayOf("garden"), 0);
    QCOMPARE(throttle.delayOf(host("192.168.1.2"), QStringLiteral("porch"), 0), 0);
}

void FtpThrottleTest::newPasswordResetsTheCount()
{
    Throttle throttle(3, kHourMs);
    const QString porch = QStringLiteral("porch");
    for (const char *peer : {"192.168.1.50", "192.168.1.51"}) {
        for (int i = 0; i < 100; ++i)
            throttle.wrong(host(peer), porch, 0);
    }
    for (int i = 0; i < 35; ++i)
        throttle.wrong(host("192.168.1.51"), QStringLiteral("guess%1").arg(i), 0);
    throttle.forget(porch);
    QCOMPARE(throttle.delayOf(host("192.168.1.50"), porch, 0), 0);
    QVERIFY(throttle.delayOf(host("192.168.1.51"), porch, 0) > 0); // due to other users' failures
}

void FtpThrottleTest::limitsItsSize()
{
    Throttle throttle(3, kHourMs);
    for (int i = 0; i < 20'000; ++i)
        throttle.wrong(QHostAddress(quint32(0x0a000000 + i)), QString::number(i), i);
    QVERIFY(throttle.size() <= 2 * 4096);
}

GATEHOUSE_TEST(FtpThrottleTest)
#include "throttle_test.moc"
