// Quirks 1 to 17 of real cameras in transfers; those in commands are in quirks_dialogue_test.cpp.
#include "receiver.h"
#include "support/registry.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpTransferQuirksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quirk01_quitRightAfterStorWaitsForTheUpload();
    void quirk01_acceptsAllCommandsInOnePacket();
    void quirk05_typeADoesNotAlterBinaryData();
    void quirk07_supportsActiveAndPassiveOverIpv4AndIpv6_data();
    void quirk07_supportsActiveAndPassiveOverIpv4AndIpv6();
    void quirk07_replacesAPrivateAddressBehindNat();
    void quirk08_advertisesAPassiveAddressPerNetwork();
    void quirk10_renamesTemporaryFiles();
    void quirk11_acceptsARepeatedName();
    void quirk12_acceptsTestFiles();
    void quirk17_acceptsBursts();
};

namespace
{
QString path(const char *text)
{
    return QString::fromLatin1(text);
}
} // namespace

void FtpTransferQuirksTest::quirk01_quitRightAfterStorWaitsForTheUpload()
{
    Receiver receiver;
    receiver.backend.answerAfter = 100;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const auto data = camera.openData();
    camera.send("STOR a.jpg\r\nQUIT\r\n");
    QCOMPARE(camera.line().left(4), QByteArray("150 "));
    data->write(picture(70'000));
    finish(*data);
    QCOMPARE(camera.line().left(4), QByteArray("226 "));
    QCOMPARE(camera.line().left(4), QByteArray("221 "));
    QVERIFY(camera.isClosed());
    QCOMPARE(receiver.backend.bytesOf(path("/a.jpg")), picture(70'000));
}

// Yi: USER, PASS, MKD and QUIT in one packet, with blank lines.
void FtpTransferQuirksTest::quirk01_acceptsAllCommandsInOnePacket()
{
    Receiver receiver;
    receiver.backend.answerAfter = 50;
    CameraSocket camera(receiver.port);
    camera.send("USER cam\r\nPASS cam\r\n\r\nMKD 2023Y05M11D10H\r\nQUIT\r\n");
    for (const char *code : {"220", "331", "230", "257", "221"})
        QCOMPARE(camera.line().left(3), QByteArray(code));
    QVERIFY(camera.isClosed());
}

void FtpTransferQuirksTest::quirk05_typeADoesNotAlterBinaryData()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (const char *type : {"TYPE A", "TYPE I", "type a n"}) {
        QVERIFY(camera.ask(type).startsWith("200"));
        QVERIFY(camera.store("STOR a.jpg", picture(100'000)).startsWith("226"));
        QCOMPARE(receiver.backend.bytesOf(path("/a.jpg")), picture(100'000));
    }
}

void FtpTransferQuirksTest::quirk07_supportsActiveAndPassiveOverIpv4AndIpv6_data()
{
    QTest::addColumn<bool>("isIPv6");
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("PASV") << false << QByteArray("PASV");
    QTest::newRow("EPSV") << false << QByteArray("EPSV");
    QTest::newRow("EPSV 6") << true << QByteArray("EPSV");
    QTest::newRow("PORT") << false << QByteArray("PORT");
    QTest::newRow("EPRT") << false << QByteArray("EPRT");
    QTest::newRow("EPRT 6") << true << QByteArray("EPRT");
}

void FtpTransferQuirksTest::quirk07_supportsActiveAndPassiveOverIpv4AndIpv6()
{
    QFETCH(bool, isIPv6);
    QFETCH(QByteArray, verb);
    const QHostAddress address(isIPv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost);
    QTcpServer active;
    if (!active.listen(address))
        QSKIP("this machine has no IPv6");
    Receiver receiver;
    CameraSocket camera(receiver.port, address);
    QVERIFY(camera.logIn());
    const QByteArray high = QByteArray::number(active.serverPort() >> 8);
    const QByteArray low = QByteArray::number(active.serverPort() & 255);
    const QByteArray port = QByteArray::number(active.serverPort());
    const bool isActive = verb == "PORT" || verb == "EPRT";
    QByteArray command = verb;
    if (verb == "PORT")
        command = "PORT 127,0,0,1," + high + "," + low;
    else if (verb == "EPRT")
        command = isIPv6 ? "EPRT |2|::1|" + port + "|" : "EPRT |1|127.0.0.1|" + port + "|";
    const QByteArray prepared = camera.ask(command);
    QVERIFY2(prepared.startsWith(isActive ? "200" : "22"), prepared.constData());
    QTcpSocket passive;
    QTcpSocket *data = &passive;
    if (!isActive) {
        passive.connectToHost(address, portOf(prepared));
        QVERIFY(passive.waitForConnected(20'000));
    }
    camera.send("STOR a.jpg\r\n");
    if (isActive) {
        QVERIFY(active.waitForNewConnection(20'000));
        data = active.nextPendingConnection();
    }
    QVERIFY(camera.line().startsWith("150"));
    data->write(picture(30'000));
    finish(*data);
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.bytesOf(path("/a.jpg")), picture(30'000));
    // IPv6 has no PASV; the reply names the alternative.
    if (isIPv6)
        QVERIFY(camera.ask("PASV").startsWith("425"));
}

void FtpTransferQuirksTest::quirk07_replacesAPrivateAddressBehindNat()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QTcpServer active;
    QVERIFY(active.listen(QHostAddress::LocalHost));
    const QByteArray port =
        QByteArray::number(active.serverPort() >> 8) + ',' + QByteArray::number(active.serverPort() & 255);
    QVERIFY(camera.ask("PORT 192,168,77,5," + port).startsWith("200"));
    camera.send("STOR a.jpg\r\n");
    QVERIFY(active.waitForNewConnection(20'000)); // it connected to the peer's own address
    QVERIFY(camera.line().startsWith("150"));
    finish(*active.nextPendingConnection());
    QVERIFY(camera.line().startsWith("226"));
}

void FtpTransferQuirksTest::quirk08_advertisesAPassiveAddressPerNetwork()
{
    ftp::ServerOptions options;
    options.passiveAddresses = {{path("127.0.0.0/8"), path("10.9.8.7")}};
    QTcpServer probe; // finds a free range
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    options.passiveFirst = probe.serverPort();
    options.passiveLast = quint16(std::min(int(probe.serverPort()) + 20, 65535));
    probe.close();
    Receiver receiver(options);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (int i = 0; i < 5; ++i) {
        const QByteArray reply = camera.ask("PASV");
        QVERIFY2(reply.contains("(10,9,8,7,"), reply.constData());
        QVERIFY(portOf(reply) >= options.passiveFirst && portOf(reply) <= options.passiveLast);
    }
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
}

// Dahua sends .mp4_ and renames; Intellinet deletes the old name first.
void FtpTransferQuirksTest::quirk10_renamesTemporaryFiles()
{
    Receiver receiver;
    receiver.backend.answerAfter = 20;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("size DVRWorkDirectory").startsWith("550"));
    QVERIFY(camera.store("STOR a.mp4_", "clip").startsWith("226"));
    QVERIFY(camera.ask("DELE a.mp4").startsWith("550"));
    QVERIFY(camera.ask("RNFR a.mp4_").startsWith("350"));
    QVERIFY(camera.ask("RNTO a.mp4").startsWith("250"));
    QCOMPARE(receiver.backend.bytesOf(path("/a.mp4")), QByteArray("clip"));
    QVERIFY(camera.ask("DELE a.mp4").startsWith("250"));
    QVERIFY(camera.ask("RNTO b.mp4").startsWith("503"));
    QVERIFY(camera.ask("RNFR a.mp4").startsWith("550"));
    QVERIFY(camera.store("STOR c_tmp.jpg", "x").startsWith("226"));
    QVERIFY(camera.ask("RNFR c_tmp.jpg").startsWith("350"));
    QVERIFY(camera.ask("NOOP").startsWith("200"));
    QVERIFY(camera.ask("RNTO c.jpg").startsWith("503")); // RNTO follows RNFR directly
}

void FtpTransferQuirksTest::quirk11_acceptsARepeatedName()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR snap.jpg", "one").startsWith("226"));
    QVERIFY(camera.store("STOR snap.jpg", "two").startsWith("226"));
    const auto stored = receiver.backend.stored();
    QCOMPARE(stored.size(), 2);
    QVERIFY(stored[0].file != stored[1].file); // both reach the archive
}

void FtpTransferQuirksTest::quirk12_acceptsTestFiles()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("CWD //camera_test1709912994").startsWith("550"));
    QVERIFY(camera.ask("MKD //camera_test1709912994").startsWith("257"));
    QVERIFY(camera.ask("RMD //camera_test1709912994").startsWith("250"));
    for (const char *name : {"test.txt", "TestFtp_20240308.jpg", "testftp.txt"}) {
        QVERIFY(camera.store(QByteArray("STOR ") + name, "test").startsWith("226"));
        QVERIFY(camera.ask(QByteArray("SIZE ") + name) == "213 4");
        QVERIFY(camera.ask(QByteArray("DELE ") + name).startsWith("250"));
    }
    QVERIFY(camera.store("STOR empty.jpg", "").startsWith("226"));
}

// 14 cameras each flush a queue of 20 pictures at once, with one session per picture.
void FtpTransferQuirksTest::quirk17_acceptsBursts()
{
    constexpr int cameras = 14;
    constexpr int pictures = 20;
    Receiver receiver;
    receiver.backend.answerAfter = 1;
    std::vector<std::unique_ptr<QThread>> threads;
    std::vector<qint64> latencies(cameras * pictures, -1);
    const QByteArray bytes = picture(50'000);
    for (int c = 0; c < cameras; ++c) {
        threads.emplace_back(QThread::create([&, c] {
            for (int i = 0; i < pictures; ++i) {
                QElapsedTimer timer;
                timer.start();
                CameraSocket camera(receiver.port);
                const QByteArray name = QByteArray::number(c) + '_' + QByteArray::number(i) + ".jpg";
                if (camera.logIn() && camera.store("STOR " + name, bytes).startsWith("226"))
                    latencies[size_t(c * pictures + i)] = timer.elapsed();
                camera.ask("QUIT");
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    std::sort(latencies.begin(), latencies.end());
    QVERIFY(latencies.front() >= 0);
    QCOMPARE(receiver.backend.stored().size(), cameras * pictures);
    for (const auto &stored : receiver.backend.stored())
        QCOMPARE(stored.bytes, bytes.size());
    const qint64 p99 = latencies[latencies.size() * 99 / 100];
    qInfo("p99 %lld ms", static_cast<long long>(p99));
    QVERIFY2(p99 < 5000, "far above the 1 s that an idle machine keeps");
}

GATEHOUSE_TEST(FtpTransferQuirksTest)
#include "quirks_transfer_test.moc"
