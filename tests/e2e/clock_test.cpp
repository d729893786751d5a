// A PC with a wrong or jumping clock, the whole program under libfaketime: nothing is refused, nothing is
// deleted by age, ids stay unique and increase, and status reports the problem.
#include "base/sanitizer.h"
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QTest>
#include <array>

using namespace gatehouse::tests;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void survivesClockJumpsWhileReceiving();
    void survivesAWrongClockAtStartup_data();
    void survivesAWrongClockAtStartup();
    void reissuesACertificateDatedByAWrongClock();
};

namespace
{

QString fakeTime()
{
    for (const char *folder : {"x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf"}) {
        const QString path =
            QStringLiteral("/usr/lib/%1/faketime/libfaketimeMT.so.1").arg(QLatin1String(folder));
        if (QFile::exists(path))
            return path;
    }
    return {};
}

// An engine with a clock set by the test, keeping 30 days.
struct ClockFixture {
    explicit ClockFixture(const QByteArray &offset)
    {
        QDir().mkpath(fixture.data() + QStringLiteral("/config"));
        QFile settings(fixture.data() + QStringLiteral("/config/settings.json"));
        settings.open(QIODevice::WriteOnly);
        settings.write(R"({"retention":{"days":30,"reserveBytes":0}})");
        settings.close();
        set(offset);
        fixture.runUnder({QStringLiteral("env"), QStringLiteral("LD_PRELOAD=") + fakeTime(),
                          QStringLiteral("FAKETIME_TIMESTAMP_FILE=") + clockFile(),
                          QStringLiteral("FAKETIME_NO_CACHE=1"), QStringLiteral("DONT_FAKE_MONOTONIC=1"),
                          QStringLiteral("NO_FAKE_STAT=1")});
    }

    [[nodiscard]] QString clockFile() const { return fixture.data() + QStringLiteral("/clock"); }
    void set(const QByteArray &offset) const
    {
        // Atomically, because it is read all the time.
        QFile next(clockFile() + QStringLiteral(".next"));
        next.open(QIODevice::WriteOnly | QIODevice::Truncate);
        next.write(offset + '\n');
        next.close();
        ::rename(QFile::encodeName(next.fileName()).constData(), QFile::encodeName(clockFile()).constData());
    }
    bool start()
    {
        return fixture.start() &&
               (hasCamera || (hasCamera = fixture.addCamera(QStringLiteral("cam"), "secret"))) &&
               client.logIn(fixture.port(), "cam", "secret");
    }
    bool store()
    {
        const QByteArray number = QByteArray::number(++stored);
        return client.store("/MDAlarm_20260612-10" + QByteArray::number(1000 + stored) + "_" + number +
                                ".jpg",
                            "picture " + number);
    }
    QString clockWords()
    {
        const auto status = fixture.cli({QStringLiteral("status")});
        return status.isEmpty() ? QStringLiteral("no status")
                                : status.first().value(QLatin1String("clock")).toString();
    }

    ProgramFixture fixture;
    FtpClient client;
    bool hasCamera = false;
    int stored = 0;
};

// Everything acknowledged with 226 exists once, with ids in order of arrival.
QString wrongWith(ClockFixture &h)
{
    auto items = h.fixture.items();
    if (items.size() != h.stored)
        return QStringLiteral("%1 items, not %2").arg(items.size()).arg(h.stored);
    std::sort(items.begin(), items.end(), [](const QJsonObject &a, const QJsonObject &b) {
        return a.value(QLatin1String("id")).toInteger() < b.value(QLatin1String("id")).toInteger();
    });
    for (int i = 0; i < items.size(); ++i) {
        const QString path = items.at(i).value(QLatin1String("source_path")).toString();
        if (!path.endsWith(QStringLiteral("_%1.jpg").arg(i + 1)))
            return QStringLiteral("%1 is number %2").arg(path).arg(i + 1);
    }
    h.fixture.cli({QStringLiteral("check")});
    return h.fixture.exitCode() == 0 ? QString() : h.fixture.lastError();
}

} // namespace

void ClockTest::initTestCase()
{
    if (gatehouse::kIsAddressSanitized)
        QSKIP("the sanitizer does not start behind a preloaded library");
    if (fakeTime().isEmpty())
        QSKIP("libfaketime is not installed");
}

void ClockTest::survivesClockJumpsWhileReceiving()
{
    ClockFixture h("+0");
    QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
    for (const char *offset : {"+0", "+400d", "-20000d", "+0", "-2d", "+3650d", "+0"}) {
        h.set(offset);
        for (int i = 0; i < 3; ++i)
            QVERIFY2(h.store(), h.client.lastReply());
        QCOMPARE(wrongWith(h), QString());
    }
    h.set("+400d");
    QTRY_VERIFY_WITH_TIMEOUT(h.clockWords().contains(QLatin1String("400")), 90'000); // checked once a minute
    QVERIFY2(h.store(), h.client.lastReply());
    QCOMPARE(wrongWith(h), QString());
}

void ClockTest::survivesAWrongClockAtStartup_data()
{
    QTest::addColumn<QByteArray>("offset");
    QTest::newRow("a year ahead") << QByteArray("+400d");
    QTest::newRow("1970") << QByteArray("-20000d");
}

void ClockTest::survivesAWrongClockAtStartup()
{
    QFETCH(QByteArray, offset);
    ClockFixture h("+0");
    QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
    QVERIFY2(h.store() && h.store(), h.client.lastReply());
    QCOMPARE(h.clockWords(), QString());
    QCOMPARE(h.fixture.stop(), 0);
    for (const QByteArray &now : {offset, QByteArray("+0"), offset}) {
        h.set(now);
        QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
        QVERIFY2(h.store() && h.store(), h.client.lastReply());
        QTest::qSleep(1'000); // retention runs at startup
        QCOMPARE(wrongWith(h), QString());
        QCOMPARE(h.clockWords().isEmpty(), now == "+0");
        h.fixture.kill9();
    }
    h.set("+0");
    QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
    QCOMPARE(wrongWith(h), QString());
}

void ClockTest::reissuesACertificateDatedByAWrongClock()
{
    ClockFixture h("+9000d");
    QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
    const auto paths = gatehouse::settings::Paths::of(h.fixture.data());
    const auto from = [&paths] {
        return QSslCertificate::fromPath(paths.certificate()).value(0).effectiveDate();
    };
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(from() > now.addDays(8000));
    if (isLongRun()) { // checked once a minute
        h.set("+0");
        QTRY_VERIFY_WITH_TIMEOUT(from() < now, 150'000);
        QVERIFY2(h.store(), h.client.lastReply());
        return;
    }
    QCOMPARE(h.fixture.stop(), 0);
    h.set("+0");
    QVERIFY2(h.start(), qPrintable(h.fixture.lastError()));
    QVERIFY(from() < now);
}

GATEHOUSE_TEST(ClockTest)
#include "clock_test.moc"
