// S1 to S13: attacks from the home network, or from a page in a browser on it. RFC 2577.
#include "receiver.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpSecurityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void security01_preventsBounceAttacks();
    void security02_rejectsStrangersOnThePassivePort();
    void security03_limitsLinesBeforeLogin();
    void security04_limitsSessionsAndLoginTime();
    void security05_delaysWrongPasswords();
    void security06_preventsPathTraversal();
    void security07_rejectsControlCharactersInNames();
    void security09_rejectsOtherProtocols_data();
    void security09_rejectsOtherProtocols();
    void security10_globsDoNotBlockTheServer();
    void security11_doesNotLeakDescriptors();
    void security12_cleansUpAbortedTransfers();
    void security13_handlesManyFoldersAndEntries();
};

namespace
{
qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
        .size();
}
} // namespace

void FtpSecurityTest::security01_preventsBounceAttacks()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("PORT 8,8,8,8,31,64").startsWith("501"));
    QVERIFY(camera.ask("EPRT |1|8.8.8.8|8000|").startsWith("501"));
    QVERIFY(camera.ask("PORT 127,0,0,1,0,25").startsWith("501"));
    QVERIFY(camera.ask("EPRT |1|127.0.0.1|1023|").startsWith("501"));
    QVERIFY(camera.ask("EPRT |1|127.0.0.1|65536|").startsWith("501"));
    QVERIFY(camera.ask("PORT 127,0,0,1,256,1").startsWith("501"));
    QVERIFY(camera.ask("STOR a").startsWith("425")); // none of them took effect
}

void FtpSecurityTest::security02_rejectsStrangersOnThePassivePort()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("PASV"));
    QTcpSocket stranger; // from another address of this machine
    QVERIFY(stranger.bind(QHostAddress(QStringLiteral("127.0.0.77"))));
    stranger.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(stranger.waitForConnected(20'000));
    stranger.write("stolen");
    camera.send("STOR a.jpg\r\n");
    QVERIFY(stranger.waitForDisconnected(20'000));
    QCOMPARE(receiver.backend.begun(), 0); // no file before its peer is verified
    QTcpSocket own;
    own.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(own.waitForConnected(20'000));
    QVERIFY(camera.line().startsWith("150"));
    own.write("own");
    finish(own);
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), QByteArray("own"));
}

void FtpSecurityTest::security03_limitsLinesBeforeLogin()
{
    Receiver receiver;
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        camera.send("USER " + QByteArray(5000, 'x') + "\r\n");
        QVERIFY(camera.line().startsWith("500"));
        QVERIFY(camera.isClosed());
    }
    { // without an end, too
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        camera.send(QByteArray(100'000, 'x'));
        QVERIFY(camera.isClosed());
    }
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD " + QByteArray(5000, 'x')).startsWith("500")); // the camera may continue
    QVERIFY(camera.ask("NOOP").startsWith("200"));
}

void FtpSecurityTest::security04_limitsSessionsAndLoginTime()
{
    ftp::ServerOptions options;
    options.limits.sessionsPerAddress = 3;
    options.limits.sessions = 4;
    Receiver receiver(options);
    std::vector<std::unique_ptr<CameraSocket>> cameras;
    for (int i = 0; i < 3; ++i) {
        cameras.push_back(std::make_unique<CameraSocket>(receiver.port));
        QVERIFY(cameras.back()->logIn());
    }
    CameraSocket fourth(receiver.port);
    QVERIFY(fourth.line().startsWith("421 Too many sessions from your address"));
    QVERIFY(fourth.isClosed());
    const QHostAddress elsewhere(QStringLiteral("127.0.0.78"));
    CameraSocket other(receiver.port, QHostAddress::LocalHost, elsewhere);
    QVERIFY(other.logIn());
    CameraSocket another(receiver.port, QHostAddress::LocalHost, elsewhere);
    QVERIFY(another.line().startsWith("421 Too many sessions, try"));
    cameras.clear();
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 1, 20'000);
    CameraSocket silent(receiver.port);
    QVERIFY(silent.line().startsWith("220"));
    receiver.clock.add(61'000);
    QVERIFY(silent.line().startsWith("421"));
    QVERIFY(silent.isClosed());
    QVERIFY(other.ask("NOOP").startsWith("200"));
}

void FtpSecurityTest::security05_delaysWrongPasswords()
{
    ftp::ServerOptions options;
    options.limits.wrongPasswords = 2;
    Receiver receiver(options);
    FaultLog refused(receiver);
    QElapsedTimer timer;
    const auto attempt = [&receiver](const char *password) {
        CameraSocket camera(receiver.port);
        camera.line();
        camera.ask("USER cam");
        return camera.ask(QByteArray("PASS ") + password);
    };
    QVERIFY(attempt("a").startsWith("530"));
    QVERIFY(attempt("b").startsWith("530"));
    timer.start();
    QVERIFY(attempt("c").startsWith("530"));
    QVERIFY(timer.elapsed() >= 900); // delayed
    timer.start(); // the next one's delay counts from this failure, whenever its answer is seen
    QVERIFY(attempt("d").startsWith("530"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 4, kPatience);
    QCOMPARE(refused.of(FaultKind::WrongPassword).value(3).user, QStringLiteral("cam"));
    QVERIFY(attempt("cam").startsWith("230")); // late, but never refused
    QVERIFY(timer.elapsed() >= 2900);
    timer.start();
    QVERIFY(attempt("cam").startsWith("230"));
    QVERIFY(timer.elapsed() < 2900); // it is trusted again
    for (const char *word : {"a", "b", "c", "d"})
        QVERIFY(attempt(word).startsWith("530"));
    receiver.run([&] { receiver.server->forgetWrongPasswords(QStringLiteral("cam")); });
    timer.start();
    QVERIFY(attempt("e").startsWith("530")); // its password has changed
    QVERIFY(timer.elapsed() < 2900);
    // Many attempts in one session end it.
    CameraSocket camera(receiver.port);
    camera.line();
    QByteArray reply;
    for (int i = 0; i < 5 && !reply.startsWith("421"); ++i) {
        camera.ask("USER guess" + QByteArray::number(i));
        reply = camera.ask("PASS x");
    }
    QVERIFY(reply.startsWith("421"));
    QVERIFY(camera.isClosed());
}

void FtpSecurityTest::security06_preventsPathTraversal()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (const char *name : {"../../../../tmp/evil.jpg", "/../../tmp/evil.jpg", "..\\..\\tmp\\evil.jpg",
                             "a/../../tmp/evil.jpg"}) {
        QVERIFY(camera.store(QByteArray("STOR ") + name, "x").startsWith("226"));
        QCOMPARE(receiver.backend.stored().last().path, QStringLiteral("/tmp/evil.jpg"));
    }
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/evil.jpg")));
    QVERIFY(camera.ask("CWD /etc").startsWith("550"));
    QVERIFY(camera.ask("SIZE /etc/passwd").startsWith("550"));
    QVERIFY(camera.ask("LIST /etc").startsWith("550"));
    QVERIFY(camera.ask("RETR /tmp/evil.jpg").startsWith("550")); // nothing can be read
    for (const QString &file : QDir(receiver.folder.path()).entryList(QDir::Files))
        QVERIFY(file.endsWith(QLatin1String(".bin"))); // no camera's name is a name on disk
}

void FtpSecurityTest::security07_rejectsControlCharactersInNames()
{
    Receiver receiver;
    FaultLog refused(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.ask("USER x\x1b[31m\tx");
    QVERIFY(camera.ask("PASS x").startsWith("530"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 20'000);
    QCOMPARE(refused.of(FaultKind::WrongPassword).value(0).user, QStringLiteral("x\\x1b[31m\\x09x"));
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    for (const char c : {'\0', '\x01', '\x07', '\x1b', '\x7f', '\t', '\r'}) {
        const QByteArray name = QByteArray("a") + c + "b";
        for (const char *verb : {"MKD ", "STOR ", "CWD ", "RNFR ", "DELE ", "STOU ", "SIZE "})
            QVERIFY(camera.ask(verb + name).startsWith("553"));
    }
    QVERIFY(camera.ask("NOOP").startsWith("200"));
}

void FtpSecurityTest::security09_rejectsOtherProtocols_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("GET") << QByteArray(
        "GET / HTTP/1.1\r\nHost: cam\r\n\r\nUSER cam\r\nPASS cam\r\nDELE a\r\n");
    QTest::newRow("POST") << QByteArray("POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nUSER cam\r\n");
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS * HTTP/1.1\r\n\r\n");
    QTest::newRow("EHLO") << QByteArray("EHLO mail\r\nMAIL FROM:<a@b>\r\n");
    QTest::newRow("lines") << QByteArray("x y\r\n").repeated(30) + "USER cam\r\n";
}

void FtpSecurityTest::security09_rejectsOtherProtocols()
{
    QFETCH(QByteArray, bytes);
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.send(bytes);
    QByteArray all;
    while (camera.control.waitForReadyRead(20'000))
        all += camera.control.readAll();
    QVERIFY2(!all.contains("331") && !all.contains("230"), all.constData());
    QVERIFY(camera.isClosed());
}

void FtpSecurityTest::security10_globsDoNotBlockTheServer()
{
    Receiver receiver;
    for (int i = 0; i < 2000; ++i)
        receiver.backend.addFile(QLatin1Char('/') + QString(200, QLatin1Char('a')) + QString::number(i), 1,
                                 0);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    CameraSocket other(receiver.port);
    QVERIFY(other.logIn());
    const auto data = camera.openData();
    QElapsedTimer timer;
    camera.send("NLST " + QByteArray("*a").repeated(100) + "b*\r\n");
    QVERIFY(camera.line().startsWith("150"));
    timer.start();
    QVERIFY(other.ask("NOOP").startsWith("200")); // others are served meanwhile
    QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(camera.fetch("NLST *17").count("\r\n"), 20);
    QVERIFY(camera.ask("NLST {a,b}[c]").startsWith("550"));
}

void FtpSecurityTest::security11_doesNotLeakDescriptors()
{
    Receiver receiver;
    qsizetype before = 0;
    for (int i = 0; i < 60; ++i) {
        if (i == 10) {
            receiver.clock.add(60'000);
            QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
            before = openDescriptors();
        }
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        receiver.backend.failNextBegin({ErrorKind::Full, {}, {}});
        const auto data = camera.openData();
        switch (i % 5) {
        case 0: // refused, then QUIT
            QVERIFY(camera.ask("STOR a.jpg").startsWith("452"));
            QVERIFY(camera.ask("QUIT").startsWith("221"));
            break;
        case 1: // PASV over and over
            for (int k = 0; k < 5; ++k)
                QVERIFY(portOf(camera.ask("PASV")) != 0);
            break;
        case 2: // disconnected before the reply
            camera.send("STOR a.jpg\r\n");
            reset(camera.control);
            break;
        case 3: // no data connection, QUIT queued
            QVERIFY(portOf(camera.ask("PASV")) != 0);
            camera.send("STOR a.jpg\r\nQUIT\r\nABOR\r\n");
            break;
        default: // active, nobody listening
            QVERIFY(camera.ask("PORT 127,0,0,1,4,1").startsWith("200"));
            QVERIFY(camera.ask("STOR a.jpg").startsWith("4"));
        }
    }
    receiver.clock.add(60'000);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(openDescriptors() <= before, 20'000);
}

// For the sanitizers: every way to lose a transfer, at every step.
void FtpSecurityTest::security12_cleansUpAbortedTransfers()
{
    Receiver receiver;
    receiver.backend.answerAfter = 5;
    for (int i = 0; i < 80; ++i) {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        const auto data = camera.openData();
        camera.send(i % 2 == 0 ? "STOR a.jpg\r\n" : "LIST\r\n");
        if (i % 8 >= 2)
            data->write(picture(20'000));
        if (i % 8 >= 4)
            camera.line();
        if (i % 5 == 0)
            camera.send("ABOR\r\n");
        if (i % 3 == 0)
            reset(*data);
        else if (i % 3 == 1)
            data->disconnectFromHost();
        if (i % 7 == 0)
            reset(camera.control);
        if (i % 20 == 19)
            receiver.run([&] { receiver.clock.add(700'000); });
    }
    receiver.clock.add(700'000);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR z.jpg", "x").startsWith("226"));
}

void FtpSecurityTest::security13_handlesManyFoldersAndEntries()
{
    Receiver receiver;
    for (int i = 0; i < 100'000; ++i)
        receiver.backend.addFile(QStringLiteral("/many/%1.jpg").arg(i, 6), i, 1'700'000'000'000);
    receiver.backend.addFolder(QStringLiteral("/many"));
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QByteArray commands;
    for (int i = 0; i < 10'000; ++i)
        commands += "MKD folder" + QByteArray::number(i) + "\r\n";
    camera.send(commands);
    for (int i = 0; i < 10'000; ++i)
        QVERIFY(camera.line().startsWith("257"));
    QCOMPARE(camera.fetch("NLST").count("\r\n"), 10'001);
    QCOMPARE(camera.fetch("LIST many").count("\r\n"), 100'000);
    QVERIFY(camera.ask("STAT many").count('\n') < 300);
    QVERIFY(camera.ask("MKD " + QByteArray(300, 'x')).startsWith("553"));
    QVERIFY(camera.ask("MKD " + QByteArray("x/").repeated(1500)).startsWith("553"));
    // A client that never reads holds up nobody and does not exhaust memory.
    CameraSocket deaf(receiver.port);
    QVERIFY(deaf.logIn());
    QByteArray stats;
    for (int i = 0; i < 300; ++i)
        receiver.backend.addFile(QStringLiteral("/few/%1").arg(i), i, 0);
    receiver.backend.addFolder(QStringLiteral("/few"));
    for (int i = 0; i < 3000; ++i)
        stats += "STAT few\r\n";
    deaf.control.write(stats);
    for (int i = 0; i < 20; ++i)
        deaf.control.waitForBytesWritten(20);
    QVERIFY(camera.ask("NOOP").startsWith("200"));
}

GATEHOUSE_TEST(FtpSecurityTest)
#include "security_test.moc"
