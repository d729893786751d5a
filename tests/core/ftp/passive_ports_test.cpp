// Passive ports: no dialogue withholds one from other cameras for long, and only the camera itself can
// connect.
#include "receiver.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpPassivePortsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reclaimsAnUnusedPort();
    void stalledCameraDoesNotExhaustTheRange();
    void releasesThePortOfACameraThatKeepsAsking();
    void releasesThePortDespiteOtherCommandsBetween_data();
    void releasesThePortDespiteOtherCommandsBetween();
    void freesAnAbandonedPortImmediately();
    void connectingResetsTheStallCount();
    void reassignsThePortOfAStalledCamera();
    void reportsStalledCameras();
    void strangersCannotFillTheBacklog();
    void acceptsADataConnectionBeforeTheCommand();
};

namespace
{
ftp::ServerOptions withRange(int ports)
{
    // Below 32768, where Linux allocates no outgoing ports: ports from earlier tests are in TIME_WAIT and
    // cannot be listened on. Starts at a random one, because another program may use some.
    static quint16 next = quint16(22'000 + QRandomGenerator::global()->bounded(10'000));
    ftp::ServerOptions options;
    options.passiveFirst = next;
    options.passiveLast = quint16(next + ports - 1);
    next = quint16(next + ports);
    return options;
}

QHostAddress stranger(int number)
{
    return QHostAddress(quint32(0x7f000100 + number)); // 127.0.1.…
}
} // namespace

void FtpPassivePortsTest::reclaimsAnUnusedPort()
{
    Receiver receiver(withRange(1));
    CameraSocket first(receiver.port);
    QVERIFY(first.logIn());
    QVERIFY(portOf(first.ask("EPSV")) != 0);
    CameraSocket second(receiver.port);
    QVERIFY(second.logIn());
    QVERIFY(second.ask("EPSV").startsWith("425"));
    receiver.clock.add(31'000);
    QTRY_VERIFY_WITH_TIMEOUT(portOf(second.ask("EPSV")) != 0, 20'000);
    QVERIFY(first.ask("STOR a.jpg").startsWith("425"));
    QVERIFY(second.ask("NOOP").startsWith("200"));
    // A session whose data connection is made, waiting before the transfer, holds no port.
    const auto data = second.openData();
    QVERIFY(data);
    QTRY_VERIFY_WITH_TIMEOUT(portOf(first.ask("PASV")) != 0, 20'000);
    QVERIFY(second.ask("STOR b.jpg").startsWith("150"));
    data->write("b");
    finish(*data);
    QVERIFY(second.line().startsWith("226"));
}

// Each attempt leaves a session that stopped after EPSV, as behind a firewall that blocks the ports.
void FtpPassivePortsTest::stalledCameraDoesNotExhaustTheRange()
{
    Receiver receiver(withRange(3));
    std::vector<std::unique_ptr<CameraSocket>> tries;
    for (int i = 0; i < 12; ++i) {
        tries.push_back(std::make_unique<CameraSocket>(receiver.port));
        QVERIFY(tries.back()->logIn());
        QVERIFY(portOf(tries.back()->ask(i % 2 == 0 ? "EPSV" : "PASV")) != 0);
        if (i % 3 == 0)
            tries.back()->send("STOR a.jpg\r\n");
        receiver.clock.add(2000);
    }
}

// Even with its next PASV sent ahead, which runs when its transfer is refused.
void FtpPassivePortsTest::releasesThePortOfACameraThatKeepsAsking()
{
    Receiver receiver(withRange(1));
    CameraSocket holds(receiver.port);
    QVERIFY(holds.logIn());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(portOf(holds.ask("EPSV")) != 0);
        receiver.clock.add(1000);
    }
    holds.send("STOR a.jpg\r\nEPSV\r\n");
    QTest::qWait(50);
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, stranger(1));
    QVERIFY(camera.logIn());
    QVERIFY(portOf(camera.ask("EPSV")) != 0);
    QVERIFY(holds.line().startsWith("425 No data connection"));
    QVERIFY(holds.line().startsWith("425 No passive port"));
}

namespace
{
// Everything that releases a passive port, logging in again if needed.
void giveUpPort(CameraSocket &camera, const QByteArray &command)
{
    QVERIFY(camera.ask(command).startsWith('2'));
    if (command != "REIN")
        return;
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
}
} // namespace

void FtpPassivePortsTest::releasesThePortDespiteOtherCommandsBetween_data()
{
    QTest::addColumn<QByteArray>("between");
    QTest::newRow("PORT") << QByteArray("PORT 127,0,0,1,100,1");
    QTest::newRow("EPRT") << QByteArray("EPRT |1|127.0.0.1|25601|");
    QTest::newRow("ABOR") << QByteArray("ABOR");
    QTest::newRow("REIN") << QByteArray("REIN");
}

void FtpPassivePortsTest::releasesThePortDespiteOtherCommandsBetween()
{
    QFETCH(QByteArray, between);
    Receiver receiver(withRange(1));
    FaultLog unused(receiver);
    CameraSocket holds(receiver.port);
    QVERIFY(holds.logIn());
    // Another session gets it after 2 s, however often it was requested in between.
    for (int i = 0; i < 3; ++i) {
        QVERIFY(portOf(holds.ask("PASV")) != 0);
        receiver.clock.add(900);
        if (i < 2)
            giveUpPort(holds, between);
    }
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, stranger(1));
    QVERIFY(camera.logIn());
    QVERIFY(portOf(camera.ask("EPSV")) != 0);
    QTRY_COMPARE_WITH_TIMEOUT(unused.of(FaultKind::NoPassiveData).size(), 1, 20'000);
    QVERIFY(camera.ask("ABOR").startsWith('2'));
    // If no other session needs it, it is released after 30 s.
    for (int i = 0; i < 4; ++i) {
        QVERIFY(portOf(holds.ask("PASV")) != 0);
        receiver.clock.add(9000);
        if (i < 3)
            giveUpPort(holds, between);
    }
    // Once for three in a row, once for the end of the last one.
    QTRY_COMPARE_WITH_TIMEOUT(unused.of(FaultKind::NoPassiveData).size(), 3, 20'000);
    QVERIFY(holds.ask("STOR a.jpg").startsWith("425"));
}

void FtpPassivePortsTest::freesAnAbandonedPortImmediately()
{
    Receiver receiver(withRange(1));
    CameraSocket first(receiver.port);
    CameraSocket second(receiver.port);
    QVERIFY(first.logIn() && second.logIn());
    for (const char *command : {"PORT 127,0,0,1,100,1", "EPRT |1|127.0.0.1|25601|", "ABOR", "REIN"}) {
        QVERIFY(portOf(first.ask("PASV")) != 0);
        QVERIFY(portOf(second.ask("PASV")) == 0);
        giveUpPort(first, command);
        QVERIFY2(portOf(second.ask("PASV")) != 0, command);
        QVERIFY(second.ask("ABOR").startsWith('2'));
    }
    // Also during a transfer that waits for its connection.
    QVERIFY(portOf(first.ask("PASV")) != 0);
    first.send("STOR a.jpg\r\nABOR\r\n");
    QVERIFY(first.line().startsWith("426"));
    QVERIFY(first.line().startsWith("226"));
    QVERIFY(portOf(second.ask("PASV")) != 0);
}

// A camera that uses every second port, or waits long with some, does not count as stalled.
void FtpPassivePortsTest::connectingResetsTheStallCount()
{
    Receiver receiver;
    FaultLog unused(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(portOf(camera.ask("PASV")) != 0);
        receiver.clock.add(20'000);
        QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
        // Connected but not used.
        QVERIFY(portOf(camera.ask("PASV")) != 0);
        receiver.clock.add(20'000);
        const auto data = camera.openData();
        QVERIFY(data);
        QTest::qWait(20);
        receiver.clock.add(40'000); // it holds no port now
    }
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    QCoreApplication::processEvents(); // delivers what there is
    QCOMPARE(unused.size(), 0);
}

void FtpPassivePortsTest::reassignsThePortOfAStalledCamera()
{
    Receiver receiver(withRange(2));
    CameraSocket stalls(receiver.port);
    CameraSocket again(receiver.port);
    for (CameraSocket *one : {&stalls, &again}) {
        QVERIFY(one->logIn());
        QVERIFY(portOf(one->ask("EPSV")) != 0);
    }
    receiver.clock.add(2000);
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, stranger(1));
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("EPSV"));
    QVERIFY(port != 0);
    // The next attempt of the stalled camera takes its own port, not the other camera's.
    receiver.clock.add(2000);
    CameraSocket third(receiver.port);
    QVERIFY(third.logIn());
    QVERIFY(portOf(third.ask("EPSV")) != 0);
    QTcpSocket data;
    data.bind(stranger(1));
    data.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(data.waitForConnected(20'000));
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    finish(data);
    QVERIFY(camera.line().startsWith("226"));
}

void FtpPassivePortsTest::reportsStalledCameras()
{
    Receiver receiver;
    FaultLog unused(receiver);
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        QVERIFY(portOf(camera.ask("PASV")) != 0);
        QVERIFY(camera.ask("QUIT").startsWith("221")); // it only probed
    }
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    receiver.clock.add(31'000);
    QTRY_COMPARE_WITH_TIMEOUT(unused.size(), 1, 20'000);
    QCOMPARE(unused.of(FaultKind::NoPassiveData).value(0).user, QStringLiteral("cam"));
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    camera.send("STOR a.jpg\r\n");
    QTest::qWait(100);
    receiver.clock.add(21'000);
    QVERIFY(camera.line().startsWith("425"));
    QTRY_COMPARE_WITH_TIMEOUT(unused.size(), 2, 20'000);
    QCOMPARE(unused.over(FaultKind::NoPassiveData), 0);
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    QVERIFY(camera.store("STOR b.jpg", "x").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(unused.over(FaultKind::NoPassiveData), 1, 20'000);
}

void FtpPassivePortsTest::strangersCannotFillTheBacklog()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("PASV"));
    std::vector<std::unique_ptr<QTcpSocket>> strangers;
    for (int i = 0; i < 300; ++i) {
        strangers.push_back(std::make_unique<QTcpSocket>());
        strangers.back()->bind(stranger(1 + i % 100));
        strangers.back()->connectToHost(QHostAddress::LocalHost, port);
        QVERIFY2(strangers.back()->waitForConnected(5'000), qPrintable(QString::number(i)));
    }
    QVERIFY(strangers.front()->waitForDisconnected(20'000)); // before the camera sends anything else
    QTcpSocket own;
    own.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(own.waitForConnected(5'000));
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    own.write("own");
    finish(own);
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), QByteArray("own"));
}

void FtpPassivePortsTest::acceptsADataConnectionBeforeTheCommand()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const auto data = camera.openData();
    data->write("all of it");
    finish(*data); // sent and closed before the command
    QTest::qWait(50);
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), QByteArray("all of it"));
    // Prepared but not used: another mode may be requested.
    const auto unused = camera.openData();
    QVERIFY(camera.store("STOR b.jpg", "b").startsWith("226"));
}

GATEHOUSE_TEST(FtpPassivePortsTest)
#include "passive_ports_test.moc"
