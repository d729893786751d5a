// Many sessions that do nothing: they keep neither places nor passive ports from the cameras.
#include "receiver.h"
#include "support/registry.h"

#include <QNetworkInterface>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpCrowdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentSessionsKeepNoCameraOut();
    void silentSessionsOfTheOwnAddressGiveWay();
    void guessersGiveWayBeforeACamera();
    void whoIsRefusedEndsNobody();
    void whoLogsInAgainHasItsTime();
    void anyIpv6AddressTakesIpv4Too();
    void aPassivePortComesBack();
    void aStalledCameraDoesNotUseUpTheRange();
    void whoAsksAgainAndAgainGivesItsPortBack();
    void anotherCameraGetsThePortOfOneThatStalls();
    void whoStallsIsTold();
    void strangersCannotFillTheBacklog();
    void thePeerMayComeBeforeItAsks();
};

namespace
{
ftp::ServerOptions withRange(int ports)
{
    // Below 32768, where Linux takes no port for outgoing connections: those of earlier tests rest there in
    // TIME_WAIT and cannot be listened on. Another program may have one, so it begins at a random one.
    static quint16 next = quint16(22'000 + QRandomGenerator::global()->bounded(10'000));
    ftp::ServerOptions options;
    options.passiveFirst = next;
    options.passiveLast = quint16(next + ports - 1);
    next = quint16(next + ports);
    return options;
}

QHostAddress loopback(int number)
{
    return QHostAddress(quint32(0x7f000100 + number)); // 127.0.1.…
}
} // namespace

void FtpCrowdTest::silentSessionsKeepNoCameraOut()
{
    ftp::ServerOptions options;
    options.limits.sessions = 64;
    options.limits.sessionsPerAddress = 8;
    Receiver receiver(options);
    CameraSocket early(receiver.port);
    QVERIFY(early.line().startsWith("220")); // about to log in when the crowd comes
    std::vector<std::unique_ptr<CameraSocket>> crowd;
    for (int i = 0; i < 64; ++i) {
        crowd.push_back(
            std::make_unique<CameraSocket>(receiver.port, QHostAddress::LocalHost, loopback(1 + i / 8)));
        QVERIFY(crowd.back()->line().startsWith("220"));
    }
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, loopback(100));
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    QVERIFY(early.ask("USER cam").startsWith("331"));
    QVERIFY(early.ask("PASS cam").startsWith("230"));
    QVERIFY(receiver.sessions() <= 64);
}

// Behind one router, or a container's proxy, all cameras have the same address.
void FtpCrowdTest::silentSessionsOfTheOwnAddressGiveWay()
{
    ftp::ServerOptions options;
    options.limits.sessionsPerAddress = 4;
    Receiver receiver(options);
    CameraSocket loggedIn(receiver.port);
    QVERIFY(loggedIn.logIn());
    std::vector<std::unique_ptr<CameraSocket>> silent;
    for (int i = 0; i < 3; ++i) {
        silent.push_back(std::make_unique<CameraSocket>(receiver.port));
        QVERIFY(silent.back()->line().startsWith("220"));
    }
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(silent.front()->line().startsWith("421 Others wait"));
    QVERIFY(silent.back()->ask("NOOP").startsWith("200"));
    QVERIFY(loggedIn.ask("NOOP").startsWith("200"));
}

// Their passwords are held back for a second or more: no reason to spare them.
void FtpCrowdTest::guessersGiveWayBeforeACamera()
{
    ftp::ServerOptions options;
    options.limits.sessions = 4;
    options.limits.wrongPasswords = 1;
    Receiver receiver(options);
    CameraSocket early(receiver.port);
    QVERIFY(early.line().startsWith("220")); // about to log in
    std::vector<std::unique_ptr<CameraSocket>> guessers;
    for (int i = 0; i < 3; ++i) {
        guessers.push_back(
            std::make_unique<CameraSocket>(receiver.port, QHostAddress::LocalHost, loopback(1)));
        CameraSocket &guesser = *guessers.back();
        QVERIFY(guesser.line().startsWith("220"));
        const QByteArray user = "USER guess" + QByteArray::number(i);
        QVERIFY(guesser.ask(user).startsWith("331"));
        QVERIFY(guesser.ask("PASS x").startsWith("530"));
        QVERIFY(guesser.ask(user).startsWith("331"));
    }
    for (const auto &guesser : guessers)
        guesser->send("PASS y\r\n");
    QTest::qWait(50);
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, loopback(100));
    QVERIFY(camera.logIn());
    QVERIFY(early.ask("USER cam").startsWith("331"));
    QVERIFY(early.ask("PASS cam").startsWith("230"));
}

void FtpCrowdTest::whoIsRefusedEndsNobody()
{
    ftp::ServerOptions options;
    options.limits.sessions = 3;
    options.limits.sessionsPerAddress = 2;
    Receiver receiver(options);
    CameraSocket first(receiver.port);
    CameraSocket second(receiver.port);
    QVERIFY(first.logIn() && second.logIn());
    CameraSocket other(receiver.port, QHostAddress::LocalHost, loopback(1));
    QVERIFY(other.line().startsWith("220"));
    CameraSocket third(receiver.port);
    QVERIFY(third.line().startsWith("421 Too many sessions from your address"));
    QVERIFY(other.ask("USER cam").startsWith("331"));
}

void FtpCrowdTest::whoLogsInAgainHasItsTime()
{
    ftp::ServerOptions options;
    options.limits.passiveTimeout = 200; // sweeps often
    Receiver receiver(options);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (const char *command : {"USER cam", "REIN"}) {
        receiver.clock.add(61'000);
        QVERIFY(!camera.ask(command).startsWith('4'));
        QTest::qWait(200);
        QVERIFY(camera.ask("USER cam").startsWith("331"));
        QVERIFY(camera.ask("PASS cam").startsWith("230"));
    }
    QVERIFY(camera.ask("REIN").startsWith("220"));
    receiver.clock.add(31'000);
    QVERIFY(camera.ask("USER cam").startsWith("331")); // nobody was logged in: the time goes on
    receiver.clock.add(30'000);
    QVERIFY(camera.line().startsWith("421 Too long without a log-in"));
}

void FtpCrowdTest::anyIpv6AddressTakesIpv4Too()
{
    if (!QNetworkInterface::allAddresses().contains(QHostAddress(QHostAddress::LocalHostIPv6)))
        QSKIP("no IPv6 here");
    ftp::ServerOptions options;
    options.bind = {QHostAddress(QStringLiteral("::"))};
    Receiver receiver(options);
    QVERIFY(receiver.listening);
    for (const auto address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        CameraSocket camera(receiver.port, QHostAddress(address));
        QVERIFY(camera.logIn());
        QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    }
}

void FtpCrowdTest::aPassivePortComesBack()
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
    // One that has its connection and waits before it asks for the transfer holds no port.
    const auto data = second.openData();
    QVERIFY(data);
    QTRY_VERIFY_WITH_TIMEOUT(portOf(first.ask("PASV")) != 0, 20'000);
    QVERIFY(second.ask("STOR b.jpg").startsWith("150"));
    data->write("b");
    finish(*data);
    QVERIFY(second.line().startsWith("226"));
}

// Each try leaves a session behind that stopped after EPSV, as behind a firewall that lets the ports not
// through.
void FtpCrowdTest::aStalledCameraDoesNotUseUpTheRange()
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

// With its next PASV sent ahead, too, which is run when its transfer is refused.
void FtpCrowdTest::whoAsksAgainAndAgainGivesItsPortBack()
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
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, loopback(1));
    QVERIFY(camera.logIn());
    QVERIFY(portOf(camera.ask("EPSV")) != 0);
    QVERIFY(holds.line().startsWith("425 Nobody came"));
    QVERIFY(holds.line().startsWith("425 No passive port"));
}

void FtpCrowdTest::anotherCameraGetsThePortOfOneThatStalls()
{
    Receiver receiver(withRange(2));
    CameraSocket stalls(receiver.port);
    CameraSocket again(receiver.port);
    for (CameraSocket *one : {&stalls, &again}) {
        QVERIFY(one->logIn());
        QVERIFY(portOf(one->ask("EPSV")) != 0);
    }
    receiver.clock.add(2000);
    CameraSocket camera(receiver.port, QHostAddress::LocalHost, loopback(1));
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("EPSV"));
    QVERIFY(port != 0);
    // The next try of the one that stalls takes its own port, not the other camera's.
    receiver.clock.add(2000);
    CameraSocket third(receiver.port);
    QVERIFY(third.logIn());
    QVERIFY(portOf(third.ask("EPSV")) != 0);
    QTcpSocket data;
    data.bind(loopback(1));
    data.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(data.waitForConnected(20'000));
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    finish(data);
    QVERIFY(camera.line().startsWith("226"));
}

void FtpCrowdTest::whoStallsIsTold()
{
    Receiver receiver;
    QSignalSpy unused(receiver.server, &ftp::Server::passiveUnused);
    QSignalSpy usedAgain(receiver.server, &ftp::Server::passiveUsedAgain);
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        QVERIFY(portOf(camera.ask("PASV")) != 0);
        QVERIFY(camera.ask("QUIT").startsWith("221")); // it only looked
    }
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    receiver.clock.add(31'000);
    QTRY_COMPARE_WITH_TIMEOUT(unused.size(), 1, 20'000);
    QCOMPARE(unused.first().at(0).toString(), QStringLiteral("cam"));
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    camera.send("STOR a.jpg\r\n");
    QTest::qWait(100);
    receiver.clock.add(21'000);
    QVERIFY(camera.line().startsWith("425"));
    QTRY_COMPARE_WITH_TIMEOUT(unused.size(), 2, 20'000);
    QCOMPARE(usedAgain.size(), 0);
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    QVERIFY(camera.store("STOR b.jpg", "x").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(usedAgain.size(), 1, 20'000);
}

void FtpCrowdTest::strangersCannotFillTheBacklog()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("PASV"));
    std::vector<std::unique_ptr<QTcpSocket>> strangers;
    for (int i = 0; i < 300; ++i) {
        strangers.push_back(std::make_unique<QTcpSocket>());
        strangers.back()->bind(loopback(1 + i % 100));
        strangers.back()->connectToHost(QHostAddress::LocalHost, port);
        QVERIFY2(strangers.back()->waitForConnected(5'000), qPrintable(QString::number(i)));
    }
    QVERIFY(strangers.front()->waitForDisconnected(20'000)); // without any word of the camera's
    QTcpSocket own;
    own.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(own.waitForConnected(5'000));
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    own.write("own");
    finish(own);
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), QByteArray("own"));
}

void FtpCrowdTest::thePeerMayComeBeforeItAsks()
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
    // Prepared and not used: another way may be asked for.
    const auto unused = camera.openData();
    QVERIFY(camera.store("STOR b.jpg", "b").startsWith("226"));
}

GATEHOUSE_TEST(FtpCrowdTest)
#include "crowd_test.moc"
