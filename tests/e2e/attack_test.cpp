// Hostile and clumsy clients against the running program: names, offsets, the same name twice at once, a
// stop in the middle, garbage on the control socket, settings that make no sense.
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/registry.h"
#include "support/running_house.h"

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
    void accountsDoNotSeeEachOther();
    void offsetsAndAppends();
    void theSameNameTwiceAtOnce();
    void aStopDuringUploads();
    void garbageOnTheControlSocket();
    void senselessSettingsAreRefused();
};

namespace
{

// A house with one camera that is logged in.
struct House {
    House()
    {
        isReady = house.start() && house.addCamera(QStringLiteral("cam"), "secret") &&
                  client.logIn(house.port(), "cam", "secret");
    }
    RunningHouse house;
    FtpClient client;
    bool isReady = false;
};

void verifyClean(RunningHouse &house, int items)
{
    QVERIFY(house.isRunning());
    QCOMPARE(house.items().size(), items);
    house.verb({QStringLiteral("check")});
    QVERIFY2(house.exitCode() == 0, qPrintable(house.lastError()));
}

QByteArray contentOf(RunningHouse &house, const QString &source)
{
    const auto items = house.items();
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
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
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
    const auto items = h.house.items();
    const QString archive = QFileInfo(h.house.data() + QStringLiteral("/archive")).canonicalFilePath();
    for (const QJsonObject &item : items)
        QVERIFY(QFileInfo(item.value(QLatin1String("path")).toString())
                    .canonicalFilePath()
                    .startsWith(archive + QLatin1Char('/')));
    verifyClean(h.house, kept);
    h.house.kill9();
    QVERIFY2(h.house.start(), qPrintable(h.house.lastError()));
    verifyClean(h.house, kept);
}

void AttackTest::accountsDoNotSeeEachOther()
{
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
    QVERIFY(h.house.addCamera(QStringLiteral("other"), "secret"));
    FtpClient other;
    QVERIFY(other.logIn(h.house.port(), "other", "secret"));
    QVERIFY(h.client.store("/d/MDAlarm_20260612-100010.jpg", "mine"));
    for (const char *command :
         {"SIZE /d/MDAlarm_20260612-100010.jpg", "RNFR /d/MDAlarm_20260612-100010.jpg",
          "DELE /d/MDAlarm_20260612-100010.jpg", "CWD /d", "SIZE ../cam/d/MDAlarm_20260612-100010.jpg"})
        QVERIFY2(other.command(command).startsWith("550"), other.lastReply());
    // A name given by RNTO leads nowhere outside, and onto nobody else's file.
    QVERIFY(other.store("/d/MDAlarm_20260612-100010.jpg", "theirs"));
    QVERIFY(other.command("RNFR /d/MDAlarm_20260612-100010.jpg").startsWith("350"));
    QVERIFY(other.command("RNTO ../../../cam/d/x.jpg").startsWith("5"));
    QVERIFY(!other.command("RNTO /d/y.jpg").startsWith("250")); // without RNFR
    QCOMPARE(contentOf(h.house, QStringLiteral("/d/MDAlarm_20260612-100010.jpg")).size() > 0, true);
    QVERIFY(h.client.command("SIZE /d/MDAlarm_20260612-100010.jpg").startsWith("213 4"));
    verifyClean(h.house, 2);
}

void AttackTest::offsetsAndAppends()
{
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
    const QByteArray name = "MDAlarm_20260612-100010.jpg";
    QVERIFY(h.client.store("/" + name, "0123456789"));
    QVERIFY(h.client.command("REST 11").startsWith("350"));
    QVERIFY(!h.client.begin("STOR " + name)); // beyond its end
    QVERIFY2(h.client.lastReply().startsWith("5"), h.client.lastReply());
    auto data = h.client.begin("APPE " + name);
    QVERIFY2(data, h.client.lastReply());
    FtpClient::send(*data, "abc");
    QVERIFY(h.client.end(*data).startsWith("226"));
    QVERIFY2(h.client.command("SIZE " + name).startsWith("213 13"), h.client.lastReply());
    for (const char *odd : {"REST -1", "REST 99999999999999999999", "REST x"})
        QVERIFY2(h.client.command(odd).startsWith("50"), h.client.lastReply());
    QVERIFY(h.house.isRunning());
    QCOMPARE(contentOf(h.house, QLatin1Char('/') + QString::fromLatin1(name)), QByteArray("0123456789abc"));
    h.house.verb({QStringLiteral("check")});
    QCOMPARE(h.house.exitCode(), 0);
}

void AttackTest::theSameNameTwiceAtOnce()
{
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
    FtpClient second;
    QVERIFY(second.logIn(h.house.port(), "cam", "secret"));
    const QByteArray name = "MDAlarm_20260612-100010.jpg";
    auto one = h.client.begin("STOR " + name);
    auto two = second.begin("STOR " + name);
    QVERIFY(one && two);
    FtpClient::send(*one, "the first one's");
    FtpClient::send(*two, "another's bytes");
    QVERIFY(second.end(*two).startsWith("226"));
    QVERIFY(h.client.end(*one).startsWith("226"));
    verifyClean(h.house, 2); // evidence is never overwritten
}

void AttackTest::aStopDuringUploads()
{
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
    QVERIFY(h.client.store("/MDAlarm_20260612-100010.jpg", "whole"));
    constexpr int count = 8;
    std::vector<std::unique_ptr<FtpClient>> clients;
    std::vector<std::unique_ptr<QTcpSocket>> uploads;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<FtpClient>();
        QVERIFY(client->logIn(h.house.port(), "cam", "secret"));
        auto data = client->begin("STOR MDAlarm_20260612-1001" + QByteArray::number(10 + i) + ".mkv");
        QVERIFY(data);
        FtpClient::send(*data, QByteArray(300'000 + i, 'v'));
        clients.push_back(std::move(client));
        uploads.push_back(std::move(data));
    }
    QTest::qSleep(300);
    const int code = h.house.stop();
    QCOMPARE(code, 0); // no crash on the way out
    QVERIFY2(h.house.start(), qPrintable(h.house.lastError()));
    int cut = 0;
    const auto items = h.house.items();
    for (const QJsonObject &item : items)
        cut += item.value(QLatin1String("state")).toString() == QLatin1String("incomplete") ? 1 : 0;
    QCOMPARE(cut, count);
    verifyClean(h.house, count + 1);
}

void AttackTest::garbageOnTheControlSocket()
{
    House h;
    QVERIFY2(h.isReady, qPrintable(h.house.lastError()));
    const QString path = gatehouse::settings::Paths::of(h.house.data()).socket;
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
    // One that asks and never reads, and goes away in the middle.
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
    h.house.verb({QStringLiteral("status")});
    QCOMPARE(h.house.exitCode(), 0);
    verifyClean(h.house, 1);
}

void AttackTest::senselessSettingsAreRefused()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    house.stop();
    QFile settings(gatehouse::settings::Paths::of(house.data()).settings());
    const auto write = [&settings](const char *text) {
        QVERIFY(settings.open(QIODevice::WriteOnly | QIODevice::Truncate));
        settings.write(text);
        settings.close();
    };
    // With what cannot be read it runs as before, and says so.
    for (const char *text :
         {"{\"receiver\":{\"port\":0}}", "{\"receiver\":{\"port\":\"x\"}}", "{\"receiver\":", "[]",
          "{\"receiver\":{\"passiveFirst\":5000,\"passiveLast\":4000}}", "{\"retention\":{\"days\":-1}}"}) {
        write(text);
        QVERIFY2(house.start(), text);
        const auto status = house.verb({QStringLiteral("status")});
        QVERIFY2(QJsonDocument(status.value(0)).toJson().contains("apply the settings anew"), text);
        QCOMPARE(house.stop(), 0);
    }
    // What can be read and not be used is refused in words, without a crash.
    write("{\"receiver\":{\"certificate\":\"/etc/hostname\",\"certificateKey\":\"/nowhere\"}}");
    QVERIFY(!house.start());
    QVERIFY(house.stop() > 0);
    QVERIFY(settings.remove());
    QVERIFY2(house.start(), qPrintable(house.lastError()));
}

GATEHOUSE_TEST(AttackTest)
#include "attack_test.moc"
