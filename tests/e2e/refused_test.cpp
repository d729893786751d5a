// What the running program reports about cameras that cannot log in or whose data connections fail.
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

class RefusedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusListsRefusedLogins();
    void listsFaultsInTheStatus();
    void listsCamerasWithTheirFaults();
    void countsRefusedUploads();
    void requiresTlsPerCamera();
    void setsAMinimumTlsVersionPerCamera();
    void removingACameraRemovesItsTlsRule();
    void raisesTheOpenFilesLimit();
    void reportsALowOpenFilesLimit();
};

namespace
{
int tls(ProgramFixture &fixture, const QStringList &words)
{
    fixture.cli(QStringList{QStringLiteral("camera"), QStringLiteral("tls")} + words);
    return fixture.exitCode();
}

QJsonObject statusOf(ProgramFixture &fixture)
{
    return fixture.cli({QStringLiteral("status"), QStringLiteral("--json")}).value(0);
}
} // namespace

void RefusedTest::statusListsRefusedLogins()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    for (int i = 0; i < 3; ++i) {
        FtpClient wrong;
        QVERIFY(!wrong.logIn(fixture.port(), "cam", "guess"));
    }
    FtpClient nobody;
    QVERIFY(!nobody.logIn(fixture.port(), "admin", "admin"));
    const QJsonArray refused = statusOf(fixture).value(QLatin1String("refused_logins")).toArray();
    QCOMPARE(refused.size(), 2);
    QCOMPARE(refused.at(0).toObject().value(QLatin1String("user")).toString(), QStringLiteral("admin"));
    QCOMPARE(refused.at(1).toObject().value(QLatin1String("user")).toString(), QStringLiteral("cam"));
    QCOMPARE(refused.at(1).toObject().value(QLatin1String("count")).toInt(), 3);
    FtpClient right;
    QVERIFY(right.logIn(fixture.port(), "cam", "secret"));
    QCOMPARE(statusOf(fixture).value(QLatin1String("refused_logins")).toArray().size(), 1);
}

// By address as long as no camera is known there, then by camera, after a restart, too.
void RefusedTest::listsFaultsInTheStatus()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    const auto faults = [&fixture] { return statusOf(fixture).value(QLatin1String("faults")).toArray(); };
    const auto only = [&faults](const char *kind, const char *user) {
        const QJsonArray all = faults();
        const QJsonObject first = all.at(0).toObject();
        return all.size() == 1 && first.value(QLatin1String("kind")).toString() == QLatin1String(kind) &&
               first.value(QLatin1String("user")).toString() == QLatin1String(user) &&
               first.value(QLatin1String("peer")).toString() == QLatin1String("127.0.0.1");
    };
    const QByteArray hello = QByteArray::fromHex("16030100650100006103035f0ff000000000");
    QVERIFY(FtpClient::sendRaw(fixture.port(), hello));
    QVERIFY(only("implicit_tls", ""));
    QVERIFY(FtpClient().logIn(fixture.port(), "cam", "secret"));
    QVERIFY(faults().isEmpty());
    QVERIFY(FtpClient::sendRaw(fixture.port(), hello));
    QVERIFY(only("implicit_tls", "cam"));
    QCOMPARE(fixture.stop(), 0);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(faults().isEmpty());
    QVERIFY(FtpClient::sendRaw(fixture.port(), "USER\r\nQUIT\r\n"));
    QVERIFY(only("no_user_name", "cam"));

    // Seven live pictures from 2020 and a test.
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    for (int i = 0; i < 7; ++i)
        QVERIFY(client.store("/MDAlarm_20200101-00010" + QByteArray::number(i) + ".jpg",
                             "picture " + QByteArray::number(i)));
    QVERIFY(client.store("/test.txt", "test"));
    QCOMPARE(faults().size(), 1);
    QCOMPARE(faults().at(0).toObject().value(QLatin1String("kind")).toString(),
             QStringLiteral("clock_unset"));
    for (const QJsonObject &item : fixture.items())
        QCOMPARE(item.value(QLatin1String("captured")), item.value(QLatin1String("received")));
    const QJsonArray tests = statusOf(fixture).value(QLatin1String("tests")).toArray();
    QCOMPARE(tests.size(), 1);
    QCOMPARE(tests.at(0).toObject().value(QLatin1String("user")).toString(), QStringLiteral("cam"));
}

// Until a file of that kind arrives.
void RefusedTest::listsCamerasWithTheirFaults()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    const auto fault = [&fixture] { return fixture.firstCamera().value(QLatin1String("fault")); };
    QVERIFY(fault().isNull());
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY(client.command("STOR " + QByteArray(300, 'x') + ".jpg").startsWith("553"));
    QCOMPARE(fault().toObject().value(QLatin1String("kind")).toString(), QStringLiteral("name_refused"));
    QCOMPARE(fault().toObject().value(QLatin1String("detail")).toString(), QStringLiteral("it is too long"));
    QVERIFY(client.store("/MDAlarm_20260612-100010.jpg", "bytes"));
    QVERIFY(fault().isNull());
    // Without an engine, nobody knows of faults.
    QCOMPARE(fixture.stop(), 0);
    QVERIFY(fault().isNull());
}

void RefusedTest::countsRefusedUploads()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    const QString archive = fixture.data() + QStringLiteral("/archive");
    const QString away = fixture.data() + QStringLiteral("/away");
    QVERIFY(QDir().rename(archive, away));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!client.store("/MDAlarm_20260612-100010.jpg", "bytes"));
    const QJsonArray refused = statusOf(fixture).value(QLatin1String("refused_uploads")).toArray();
    int count = 0;
    for (const QJsonValue &one : refused) {
        QCOMPARE(one.toObject().value(QLatin1String("user")).toString(), QStringLiteral("cam"));
        QVERIFY(!one.toObject().value(QLatin1String("reason")).toString().isEmpty());
        count += one.toObject().value(QLatin1String("count")).toInt();
    }
    QCOMPARE(count, 3);
    const auto isReported = [&fixture] {
        const QJsonArray problems = statusOf(fixture).value(QLatin1String("problems")).toArray();
        return std::any_of(problems.begin(), problems.end(), [](const QJsonValue &problem) {
            return problem.toObject().value(QLatin1String("key")).toString() == QLatin1String("uploads");
        });
    };
    QVERIFY(isReported());
    // A stored upload ends the problem; refused ones stay counted.
    QVERIFY(QDir().rename(away, archive));
    QTRY_VERIFY_WITH_TIMEOUT(client.store("/MDAlarm_20260612-100020.jpg", "other bytes"), 20'000);
    QVERIFY(!isReported());
    QVERIFY(!statusOf(fixture).value(QLatin1String("refused_uploads")).toArray().isEmpty());
}

void RefusedTest::requiresTlsPerCamera()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    const auto require = [&fixture](const char *how) {
        return tls(fixture, {QStringLiteral("cam"), QString::fromLatin1(how)});
    };
    const auto logsIn = [&fixture] { return FtpClient().logIn(fixture.port(), "cam", "secret"); };
    QVERIFY(logsIn());
    const quint16 port = fixture.port();
    QCOMPARE(require("required"), 0);
    QVERIFY(!logsIn());
    QVERIFY(fixture.firstCamera().value(QLatin1String("tls_required")).toBool());
    const QJsonObject refused =
        statusOf(fixture).value(QLatin1String("refused_logins")).toArray().at(0).toObject();
    QCOMPARE(refused.value(QLatin1String("user")).toString(), QStringLiteral("cam"));
    QVERIFY(
        refused.value(QLatin1String("reason")).toString().contains(QStringLiteral("Encryption is required")));
    QCOMPARE(statusOf(fixture).value(QLatin1String("port")).toInt(), int(port)); // sessions continue
    QCOMPARE(require("optional"), 0);
    QVERIFY(logsIn());
    QCOMPARE(require("sometimes"), 2);
}

void RefusedTest::setsAMinimumTlsVersionPerCamera()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    const QString cam = QStringLiteral("cam");
    const auto least = [&fixture] {
        return fixture.firstCamera().value(QLatin1String("tls_least")).toString();
    };
    QCOMPARE(least(), QStringLiteral("1.0"));
    QCOMPARE(tls(fixture, {cam, QStringLiteral("1.2")}), 0);
    QCOMPARE(least(), QStringLiteral("1.2"));
    QCOMPARE(tls(fixture, {cam, QStringLiteral("1.3"), QStringLiteral("required")}), 0);
    QCOMPARE(least(), QStringLiteral("1.3"));
    QVERIFY(fixture.firstCamera().value(QLatin1String("tls_required")).toBool());
    QCOMPARE(tls(fixture, {cam, QStringLiteral("optional")}), 0); // the version is unchanged
    QCOMPARE(least(), QStringLiteral("1.3"));
    for (const char *wrong : {"1.4", "2.0", "old", ""})
        QCOMPARE(tls(fixture, {cam, QString::fromLatin1(wrong)}), 2);
    QCOMPARE(tls(fixture, {cam}), 2);
    QCOMPARE(tls(fixture, {cam, QStringLiteral("1.2"), QStringLiteral("1.1")}), 2);
    QCOMPARE(least(), QStringLiteral("1.3"));
    QCOMPARE(fixture.stop(), 0);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(least(), QStringLiteral("1.3"));
    QCOMPARE(tls(fixture, {cam, QStringLiteral("default")}), 0);
    QCOMPARE(least(), QStringLiteral("1.0"));
}

// Another camera may get its name later.
void RefusedTest::removingACameraRemovesItsTlsRule()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    QCOMPARE(tls(fixture, {QStringLiteral("cam"), QStringLiteral("required"), QStringLiteral("1.3")}), 0);
    fixture.cli(
        {QStringLiteral("camera"), QStringLiteral("rename"), QStringLiteral("cam"), QStringLiteral("Yard")});
    QVERIFY(fixture.firstCamera().value(QLatin1String("tls_required")).toBool()); // its login is the same
    fixture.cli({QStringLiteral("camera"), QStringLiteral("remove"), QStringLiteral("Yard")});
    QCOMPARE(fixture.exitCode(), 0);
    QVERIFY(fixture.addCamera(QStringLiteral("cam"), "secret"));
    QVERIFY(!fixture.firstCamera().value(QLatin1String("tls_required")).toBool());
    QCOMPARE(fixture.firstCamera().value(QLatin1String("tls_least")).toString(), QStringLiteral("1.0"));
    QVERIFY(FtpClient().logIn(fixture.port(), "cam", "secret"));
}

void RefusedTest::raisesTheOpenFilesLimit()
{
    ProgramFixture fixture;
    fixture.runUnder({QStringLiteral("prlimit"), QStringLiteral("--nofile=300:4096"), QStringLiteral("--")});
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const QJsonObject status = statusOf(fixture);
    QCOMPARE(status.value(QLatin1String("open_files_limit")).toInt(), 4096);
    QCOMPARE(status.value(QLatin1String("max_sessions")).toInt(), 512);
    QVERIFY(status.value(QLatin1String("problems")).toArray().isEmpty());
}

void RefusedTest::reportsALowOpenFilesLimit()
{
    ProgramFixture fixture;
    fixture.runUnder({QStringLiteral("prlimit"), QStringLiteral("--nofile=300:400"), QStringLiteral("--")});
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const QJsonObject status = statusOf(fixture);
    QCOMPARE(status.value(QLatin1String("max_sessions")).toInt(), 48);
    const QJsonArray problems = status.value(QLatin1String("problems")).toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.at(0).toObject().value(QLatin1String("key")).toString(), QStringLiteral("descriptors"));
}

GATEHOUSE_TEST(RefusedTest)
#include "refused_test.moc"
