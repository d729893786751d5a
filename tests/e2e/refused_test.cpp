// What the running program says of cameras that cannot log in or whose data does not get through.
#include "support/ftp_client.h"
#include "support/registry.h"
#include "support/running_house.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

class RefusedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusedLogInsStandInTheStatus();
    void refusedUploadsAreCounted();
    void aCameraIsTakenOverTlsOnly();
    void theLimitOfOpenFilesIsRaised();
    void tooLowALimitIsTold();
};

namespace
{
QJsonObject statusOf(RunningHouse &house)
{
    return house.verb({QStringLiteral("status"), QStringLiteral("--json")}).value(0);
}
} // namespace

void RefusedTest::refusedLogInsStandInTheStatus()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY(house.addCamera(QStringLiteral("cam"), "secret"));
    for (int i = 0; i < 3; ++i) {
        FtpClient wrong;
        QVERIFY(!wrong.logIn(house.port(), "cam", "guess"));
    }
    FtpClient nobody;
    QVERIFY(!nobody.logIn(house.port(), "admin", "admin"));
    const QJsonArray refused = statusOf(house).value(QLatin1String("refused_logins")).toArray();
    QCOMPARE(refused.size(), 2);
    QCOMPARE(refused.at(0).toObject().value(QLatin1String("user")).toString(), QStringLiteral("admin"));
    QCOMPARE(refused.at(1).toObject().value(QLatin1String("user")).toString(), QStringLiteral("cam"));
    QCOMPARE(refused.at(1).toObject().value(QLatin1String("count")).toInt(), 3);
    FtpClient right;
    QVERIFY(right.logIn(house.port(), "cam", "secret"));
    QCOMPARE(statusOf(house).value(QLatin1String("refused_logins")).toArray().size(), 1);
}

void RefusedTest::refusedUploadsAreCounted()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY(house.addCamera(QStringLiteral("cam"), "secret"));
    FtpClient client;
    QVERIFY(client.logIn(house.port(), "cam", "secret"));
    const QString archive = house.data() + QStringLiteral("/archive");
    const QString away = house.data() + QStringLiteral("/away");
    QVERIFY(QDir().rename(archive, away));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!client.store("/MDAlarm_20260612-100010.jpg", "bytes"));
    const QJsonArray refused = statusOf(house).value(QLatin1String("refused_uploads")).toArray();
    int count = 0;
    for (const QJsonValue &one : refused) {
        QCOMPARE(one.toObject().value(QLatin1String("user")).toString(), QStringLiteral("cam"));
        QVERIFY(!one.toObject().value(QLatin1String("reason")).toString().isEmpty());
        count += one.toObject().value(QLatin1String("count")).toInt();
    }
    QCOMPARE(count, 3);
    const auto isTold = [&house] {
        const QJsonArray problems = statusOf(house).value(QLatin1String("problems")).toArray();
        return std::any_of(problems.begin(), problems.end(), [](const QJsonValue &problem) {
            return problem.toObject().value(QLatin1String("key")).toString() == QLatin1String("uploads");
        });
    };
    QVERIFY(isTold());
    // One that is kept ends it; what was refused stays counted.
    QVERIFY(QDir().rename(away, archive));
    QTRY_VERIFY_WITH_TIMEOUT(client.store("/MDAlarm_20260612-100020.jpg", "other bytes"), 20'000);
    QVERIFY(!isTold());
    QVERIFY(!statusOf(house).value(QLatin1String("refused_uploads")).toArray().isEmpty());
}

void RefusedTest::aCameraIsTakenOverTlsOnly()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY(house.addCamera(QStringLiteral("cam"), "secret"));
    const auto require = [&house](const char *how) {
        house.verb({QStringLiteral("camera"), QStringLiteral("tls"), QStringLiteral("cam"),
                    QString::fromLatin1(how)});
        return house.exitCode();
    };
    const auto logsIn = [&house] { return FtpClient().logIn(house.port(), "cam", "secret"); };
    QVERIFY(logsIn());
    const quint16 port = house.port();
    QCOMPARE(require("required"), 0);
    QVERIFY(!logsIn());
    const auto cameras =
        house.verb({QStringLiteral("camera"), QStringLiteral("list"), QStringLiteral("--json")});
    QVERIFY(cameras.value(0).value(QLatin1String("tls_required")).toBool());
    QCOMPARE(statusOf(house).value(QLatin1String("port")).toInt(), int(port)); // sessions go on
    QCOMPARE(require("optional"), 0);
    QVERIFY(logsIn());
    QCOMPARE(require("sometimes"), 2);
}

void RefusedTest::theLimitOfOpenFilesIsRaised()
{
    RunningHouse house;
    house.runUnder({QStringLiteral("prlimit"), QStringLiteral("--nofile=300:4096"), QStringLiteral("--")});
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    const QJsonObject status = statusOf(house);
    QCOMPARE(status.value(QLatin1String("open_files_limit")).toInt(), 4096);
    QCOMPARE(status.value(QLatin1String("most_sessions")).toInt(), 512);
    QVERIFY(status.value(QLatin1String("problems")).toArray().isEmpty());
}

void RefusedTest::tooLowALimitIsTold()
{
    RunningHouse house;
    house.runUnder({QStringLiteral("prlimit"), QStringLiteral("--nofile=300:400"), QStringLiteral("--")});
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    const QJsonObject status = statusOf(house);
    QCOMPARE(status.value(QLatin1String("most_sessions")).toInt(), 48);
    const QJsonArray problems = status.value(QLatin1String("problems")).toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.at(0).toObject().value(QLatin1String("key")).toString(), QStringLiteral("descriptors"));
}

GATEHOUSE_TEST(RefusedTest)
#include "refused_test.moc"
