// Many idle sessions: they lock out no camera.
#include "receiver.h"
#include "support/registry.h"

#include <QNetworkInterface>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpCrowdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentSessionsDoNotLockOutCameras();
    void evictsSilentSessionsFromTheSameAddress();
    void evictsPasswordGuessersBeforeCameras();
    void refusedConnectionEvictsNobody();
    void loginTimeoutRestartsAfterRein();
    void listeningOnAnyIpv6AddressAcceptsIpv4();
    void dropsLoginsOfDisconnectedClients();
};

namespace
{
QHostAddress loopback(int number)
{
    return QHostAddress(quint32(0x7f000100 + number)); // 127.0.1.…
}
} // namespace

void FtpCrowdTest::silentSessionsDoNotLockOutCameras()
{
    ftp::ServerOptions options;
    options.limits.sessions = 64;
    options.limits.sessionsPerAddress = 8;
    Receiver receiver(options);
    CameraSocket early(receiver.port);
    QVERIFY(early.line().startsWith("220")); // about to log in when the crowd arrives
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

// Behind a router or a container's proxy, all cameras share one address.
void FtpCrowdTest::evictsSilentSessionsFromTheSameAddress()
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
    QVERIFY(silent.front()->line().startsWith("421 Too many sessions. Log in"));
    QVERIFY(silent.back()->ask("NOOP").startsWith("200"));
    QVERIFY(loggedIn.ask("NOOP").startsWith("200"));
}

// Their passwords are held back for a second or more, which must not protect them from eviction.
void FtpCrowdTest::evictsPasswordGuessersBeforeCameras()
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

void FtpCrowdTest::refusedConnectionEvictsNobody()
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

void FtpCrowdTest::loginTimeoutRestartsAfterRein()
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
    QVERIFY(camera.ask("USER cam").startsWith("331")); // not logged in: the timeout keeps running
    receiver.clock.add(30'000);
    QVERIFY(camera.line().startsWith("421 Login timeout"));
}

void FtpCrowdTest::listeningOnAnyIpv6AddressAcceptsIpv4()
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

// Held back or waiting for their hash: they occupy no slot, and their passwords are not hashed.
void FtpCrowdTest::dropsLoginsOfDisconnectedClients()
{
    constexpr int many = 1000;
    ftp::ServerOptions options;
    options.limits.sessions = options.limits.sessionsPerAddress = 2 * many;
    options.limits.wrongPasswords = 1;
    options.limits.passiveTimeout = 400; // sweeps often
    Receiver receiver(options);
    const auto guess = [&](int i, bool isReset) {
        CameraSocket gone(receiver.port, QHostAddress::LocalHost, loopback(1 + i % 100));
        gone.send("USER guess" + QByteArray::number(i % 100) + "\r\nPASS x\r\n");
        gone.line();
        gone.line();
        isReset ? reset(gone.control) : finish(gone.control);
    };
    for (int i = 0; i < 30; ++i) {
        CameraSocket wrong(receiver.port, QHostAddress::LocalHost,
                           loopback(1 + i)); // its next attempt is delayed
        wrong.line();
        QVERIFY(wrong.ask("USER guess" + QByteArray::number(i)).startsWith("331"));
        QVERIFY(wrong.ask("PASS x").startsWith("530"));
    }
    receiver.backend.holdsLogIns = true;
    for (int i = 0; i < many; ++i)
        guess(i, i % 4 == 0);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    QCOMPARE(receiver.backend.awaitedLogIns(), 0);
    // After a further command it gets some time: it may be a camera that sends everything at once and closes.
    {
        CameraSocket blast(receiver.port);
        blast.send("USER cam\r\nPASS cam\r\nMKD day\r\nQUIT\r\n");
        blast.line();
        blast.line();
        finish(blast.control);
    }
    QTest::qWait(300);
    QCOMPARE(receiver.sessions(), 1);
    receiver.backend.answerLogIns();
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    QVERIFY(receiver.backend.stat({}, QStringLiteral("/day")));
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
}

GATEHOUSE_TEST(FtpCrowdTest)
#include "crowd_test.moc"
