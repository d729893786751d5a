// Hostile and sloppy clients against the running program: names, offsets, concurrent uploads of one name, a
// stop in the middle, garbage on the control socket, nonsensical settings.
#include "camera_connection.h"
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTest>

using namespace gatehouse::tests;

class AttackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileNamesStayInTheArchive();
    void accountsAreIsolated();
    void handlesOffsetsAndAppends();
    void keepsConcurrentUploadsOfOneName();
    void keepsPartialUploadsWhenStopped();
    void survivesGarbageOnTheControlSocket();
    void refusesInvalidSettings();
};

namespace
{

// An engine with one camera, already logged in.
void verifyClean(ProgramFixture &fixture, int items)
{
    QVERIFY(fixture.isRunning());
    QCOMPARE(fixture.items().size(), items);
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
}

QByteArray contentOf(ProgramFixture &fixture, const QString &source)
{
    const auto items = fixture.items();
    for (const QJsonObject &item : items) {
        QFile file(item.value(QLatin1String("path")).toString());
        if (item.value(QLatin1String("source_path")).toString() == source && file.open(QIODevice::ReadOnly))
            return file.readAll();
    }
    return {};
}

} // namespace

void AttackTest::hostileNamesStayInTheArchive()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    const QByteArrayList names{"../../../../tmp/escaped.jpg",
                               "a\\..\\..\\b.jpg",
                               "..jpg",
                               "con.jpg",
                               "gatehouse-archive.json",
                               "-rf",
                               " ",
                               "%s%n%x.jpg",
                               "'; DROP TABLE item; --.jpg",
                               "\xff\xfe\xc0\xaf.jpg",
                               "\xe2\x80\xaegpj.exe",
                               QByteArray(200, 'n') + ".jpg",
                               "tab\there.jpg",
                               "{\"add\":1}.jpg",
                               "$(touch x).jpg"};
    int kept = 0;
    for (const QByteArray &name : names) {
        auto data = h.client.begin("STOR " + name);
        if (!data) {
            QVERIFY2(h.client.lastReply().startsWith("5"), h.client.lastReply());
            continue;
        }
        FtpClient::send(*data, "bytes of " + name);
        QVERIFY2(h.client.end(*data).startsWith("226"), name + h.client.lastReply());
        ++kept;
    }
    QVERIFY(kept >= 10);
    const auto items = h.fixture.items();
    const QString archive = QFileInfo(h.fixture.data() + QStringLiteral("/archive")).canonicalFilePath();
    for (const QJsonObject &item : items)
        QVERIFY(QFileInfo(item.value(QLatin1String("path")).toString())
                    .canonicalFilePath()
                    .startsWith(archive + QLatin1Char('/')));
    verifyClean(h.fixture, kept);
    h.fixture.kill9();
    QVERIFY2(h.fixture.start(), qPrintable(h.fixture.lastError()));
    verifyClean(h.fixture, kept);
}

void AttackTest::accountsAreIsolated()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    QVERIFY(h.fixture.addCamera(QStringLiteral("other"), "secret"));
    FtpClient other;
    QVERIFY(other.logIn(h.fixture.port(), "other", "secret"));
    QVERIFY(h.client.store("/d/MDAlarm_20260612-100010.jpg", "mine"));
    for (const char *command :
         {"SIZE /d/MDAlarm_20260612-100010.jpg", "RNFR /d/MDAlarm_20260612-100010.jpg",
          "DELE /d/MDAlarm_20260612-100010.jpg", "CWD /d", "SIZE ../cam/d/MDAlarm_20260612-100010.jpg"})
        QVERIFY2(other.command(command).startsWith("550"), other.lastReply());
    // RNTO cannot leave the camera's tree or overwrite another camera's file.
    QVERIFY(other.store("/d/MDAlarm_20260612-100010.jpg", "theirs"));
    QVERIFY(other.command("RNFR /d/MDAlarm_20260612-100010.jpg").startsWith("350"));
    QVERIFY(other.command("RNTO ../../../cam/d/x.jpg").startsWith("5"));
    QVERIFY(!other.command("RNTO /d/y.jpg").startsWith("250")); // without RNFR
    QCOMPARE(contentOf(h.fixture, QStringLiteral("/d/MDAlarm_20260612-100010.jpg")).size() > 0, true);
    QVERIFY(h.client.command("SIZE /d/MDAlarm_20260612-100010.jpg").startsWith("213 4"));
    verifyClean(h.fixture, 2);
}

void AttackTest::handlesOffsetsAndAppends()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    const QByteArray name = "MDAlarm_20260612-100010.jpg";
    QVERIFY(h.client.store("/" + name, "0123456789"));
    QVERIFY(h.client.command("REST 11").startsWith("350"));
    QVERIFY(!h.client.begin("STOR " + name)); // beyond the end
    QVERIFY2(h.client.lastReply().startsWith("5"), h.client.lastReply());
    auto data = h.client.begin("APPE " + name);
    QVERIFY2(data, h.client.lastReply());
    FtpClient::send(*data, "abc");
    QVERIFY(h.client.end(*data).startsWith("226"));
    QVERIFY2(h.client.command("SIZE " + name).startsWith("213 13"), h.client.lastReply());
    for (const char *odd : {"REST -1", "REST 99999999999999999999", "REST x"})
        QVERIFY2(h.client.command(odd).startsWith("50"), h.client.lastReply());
    QVERIFY(h.fixture.isRunning());
    QCOMPARE(contentOf(h.fixture, QLatin1Char('/') + QString::fromLatin1(name)), QByteArray("0123456789abc"));
    h.fixture.cli({QStringLiteral("check")});
    QCOMPARE(h.fixture.exitCode(), 0);
}

void AttackTest::keepsConcurrentUploadsOfOneName()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    FtpClient second;
    QVERIFY(second.logIn(h.fixture.port(), "cam", "secret"));
    const QByteArray name = "MDAlarm_20260612-100010.jpg";
    auto one = h.client.begin("STOR " + name);
    auto two = second.begin("STOR " + name);
    QVERIFY(one && two);
    FtpClient::send(*one, "the first one's");
    FtpClient::send(*two, "another's bytes");
    QVERIFY(second.end(*two).startsWith("226"));
    QVERIFY(h.client.end(*one).startsWith("226"));
    verifyClean(h.fixture, 2); // evidence is never overwritten
}

void AttackTest::keepsPartialUploadsWhenStopped()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    QVERIFY(h.client.store("/MDAlarm_20260612-100010.jpg", "whole"));
    constexpr int count = 8;
    std::vector<std::unique_ptr<FtpClient>> clients;
    std::vector<std::unique_ptr<QTcpSocket>> uploads;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<FtpClient>();
        QVERIFY(client->logIn(h.fixture.port(), "cam", "secret"));
        auto data = client->begin("STOR MDAlarm_20260612-1001" + QByteArray::number(10 + i) + ".mkv");
        QVERIFY(data);
        FtpClient::send(*data, QByteArray(300'000 + i, 'v'));
        clients.push_back(std::move(client));
        uploads.push_back(std::move(data));
    }
    QTest::qSleep(300);
    const int code = h.fixture.stop();
    QCOMPARE(code, 0); // no crash during shutdown
    QVERIFY2(h.fixture.start(), qPrintable(h.fixture.lastError()));
    int cut = 0;
    const auto items = h.fixture.items();
    for (const QJsonObject &item : items)
        cut += item.value(QLatin1String("state")).toString() == QLatin1String("incomplete") ? 1 : 0;
    QCOMPARE(cut, count);
    verifyClean(h.fixture, count + 1);
}

void AttackTest::survivesGarbageOnTheControlSocket()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    const QString path = gatehouse::settings::Paths::of(h.fixture.data()).socket;
    const QByteArrayList lines{
        "GET / HTTP/1.1\r\n\r\n",
        QByteArray(3 << 20, 'x'),
        "{}\n",
        "{\"id\":1}\n",
        "{\"id\":\"x\",\"do\":5,\"with\":[]}\n",
        "{\"id\":1,\"do\":\"camera.offset\",\"with\":{\"camera\":1,\"offset_ms\":-9223372036854775808}}\n",
        "{\"id\":1,\"do\":\"item.remove\",\"with\":{\"items\":[-1,\"x\",null],\"reason\":\"r\"}}\n",
        "{\"id\":1,\"do\":\"item.protect\",\"with\":{\"item\":1e300}}\n",
        "{\"id\":1,\"do\":\"camera.zone\",\"with\":{\"camera\":1,\"zone\":\"../../etc/passwd\"}}\n",
        "{\"id\":1,\"do\":\"import.start\",\"with\":{\"folder\":\"/\"}}\n",
        "{\"id\":1,\"do\":\"receiver.pause\",\"with\":{\"minutes\":-5}}\n",
        QByteArray(1000, '[') + "\n"};
    for (const QByteArray &line : lines) {
        QLocalSocket socket;
        socket.connectToServer(path);
        QVERIFY(socket.waitForConnected(10'000));
        socket.write(line);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5'000)) {
        }
        socket.waitForReadyRead(50);
    }
    // Clients that send requests, never read, and disconnect midway.
    for (int i = 0; i < 3; ++i) {
        QLocalSocket socket;
        socket.connectToServer(path);
        QVERIFY(socket.waitForConnected(10'000));
        for (int n = 0; n < 500; ++n)
            socket.write("{\"id\":1,\"do\":\"status\"}\n");
        socket.waitForBytesWritten(5'000);
        socket.abort();
    }
    QVERIFY(h.client.store("/MDAlarm_20260612-100010.jpg", "still here"));
    h.fixture.cli({QStringLiteral("status")});
    QCOMPARE(h.fixture.exitCode(), 0);
    verifyClean(h.fixture, 1);
}

void AttackTest::refusesInvalidSettings()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    fixture.stop();
    QFile settings(gatehouse::settings::Paths::of(fixture.data()).settings());
    const auto write = [&settings](const char *text) {
        QVERIFY(settings.open(QIODevice::WriteOnly | QIODevice::Truncate));
        settings.write(text);
        settings.close();
    };
    // With an unreadable file it keeps running with the old settings, and says so.
    for (const char *text :
         {"{\"receiver\":{\"port\":0}}", "{\"receiver\":{\"port\":\"x\"}}", "{\"receiver\":", "[]",
          "{\"receiver\":{\"passiveFirst\":5000,\"passiveLast\":4000}}", "{\"retention\":{\"days\":-1}}"}) {
        write(text);
        QVERIFY2(fixture.start(), text);
        const auto status = fixture.cli({QStringLiteral("status")});
        QVERIFY2(QJsonDocument(status.value(0)).toJson().contains("apply the settings again"), text);
        QCOMPARE(fixture.stop(), 0);
    }
    // Readable but unusable settings are refused with a message, without a crash.
    write("{\"receiver\":{\"certificate\":\"/etc/hostname\",\"certificateKey\":\"/nowhere\"}}");
    QVERIFY(!fixture.start());
    QVERIFY(fixture.stop() > 0);
    QVERIFY(settings.remove());
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
}

GATEHOUSE_TEST(AttackTest)
#include "attack_test.moc"
