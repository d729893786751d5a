// What keeps a camera from uploading is recognized and reported, and where nothing else can come of it,
// answered with 5xx at once: nobody waits for the login timeout.
#include "base/size_text.h"
#include "fuzz_seeds.h"
#include "receiver.h"
#include "support/registry.h"

#include <QSslConfiguration>
#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{
constexpr int kReported = 20'000; // ms: the machine may be busy

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}
} // namespace

class FtpSilentFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOtherProtocolsAtOnce_data();
    void answersOtherProtocolsAtOnce();
    void oneByteAtATime();
    void doesNotMistakeFtp_data();
    void doesNotMistakeFtp();
    void reportsAMissingName();
    void reportsAMissingPassword_data();
    void reportsAMissingPassword();
    void reportsWrongPasswords();
    void reportsConnectionsWithoutALogin();
    void ignoresProbes();
    void reportsAFailedTlsHandshake_data();
    void reportsAFailedTlsHandshake();
    void foldersButNoData_data();
    void foldersButNoData();
    void reportsACameraThatTriesPortAfterPort();
    void dataFromAnotherAddressIsReported();
    void reportsRefusedPorts_data();
    void reportsRefusedPorts();
    void reportsAnUnreachableCamera();
    void reportsThreeEmptyFiles();
    void reportsFilesThatAreTooLarge();
    void reportsNamesThatCannotBeStored_data();
    void reportsNamesThatCannotBeStored();
    void keepsARefusalUntilAFileOfItsKindIsStored();
    void reportsRecovery();
    void doesNotBlameTheCameraForShutdown();

private:
    QTemporaryDir m_folder;
    ftp::TlsIdentity m_identity = makeTlsIdentity(m_folder);
};

void FtpSilentFailuresTest::answersOtherProtocolsAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *title, const QByteArray &bytes, const char *name) {
        QTest::newRow(title) << bytes << QString::fromLatin1(name);
    };
    row("implicit FTPS", clientHello(), "TLS");
    row("implicit FTPS, TLS 1.3 records", hex("1603010200010001fc0303") + QByteArray(200, 'x'), "TLS");
    row("implicit FTPS, SSL 2 hello", hex("802e0103010015000000100100800300800700c0060040"), "TLS");
    row("SSH", "SSH-2.0-dropbear_2019.78\r\n", "SFTP");
    row("SSH without an end of line", "SSH-2.0-libssh2_1.4.3", "SFTP");
    row("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP");
    row("HTTP upload", "PUT /snap.jpg HTTP/1.0\r\nContent-Length: 9\r\n\r\n", "HTTP");
    row("HTTP 0.9", "GET /\r\n", "HTTP");
    row("WebDAV", "PROPFIND /dav/ HTTP/1.1\r\n\r\n", "HTTP");
    row("RTSP", "OPTIONS rtsp://192.168.1.20:2121/ RTSP/1.0\r\nCSeq: 1\r\n\r\n", "RTSP");
    row("RTSP push", "ANNOUNCE rtsp://192.168.1.20/live RTSP/1.0\r\nCSeq: 1\r\n\r\n", "RTSP");
    row("SIP", "REGISTER sip:192.168.1.20 SIP/2.0\r\n\r\n", "SIP");
    row("SMTP", "EHLO ipcam\r\n", "SMTP");
    row("old SMTP", "helo ipcam\r\n", "SMTP");
    row("SMB", hex("00000054ff534d4272000000001801280000000000000000"), "SMB");
    row("NetBIOS", hex("8100004420434b4641454e45504545"), "SMB");
    row("RTMP", hex("03") + hex("0000000000000000") + QByteArray(1528, 'r'), "RTMP");
    row("MQTT", hex("101000044d5154540402003c000463616d31"), "MQTT");
    row("MQTT 3.1", hex("101200064d51497364700302003c000463616d31"), "MQTT");
    row("something binary", hex("0102030405060708090a0b0c0d0e0f"), "binary");
}

void FtpSilentFailuresTest::answersOtherProtocolsAtOnce()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.send(bytes); // the clock stands still: no timeout helps
    QVERIFY2(camera.line().startsWith("500 "), bytes.toHex());
    QVERIFY(camera.isClosed());
    QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 1, kReported);
    if (name == QLatin1String("TLS")) {
        QCOMPARE(faults.of(FaultKind::ImplicitTls).size(), 1);
        return;
    }
    const ftp::Fault fault = faults.of(FaultKind::OtherProtocol).value(0);
    QCOMPARE(fault.detail, name == QLatin1String("binary") ? QString() : name);
    QCOMPARE(fault.peer, QHostAddress(QHostAddress::LocalHost));
    QVERIFY(fault.user.isEmpty());
}

// A slow network may cut the first bytes anywhere.
void FtpSilentFailuresTest::oneByteAtATime()
{
    for (const QByteArray &bytes :
         {clientHello().left(40), hex("16030a0a0a0100"), QByteArray("SSH-2.0-x\r\n"),
          hex("101000044d5154540402003c000463616d31")}) {
        Receiver receiver;
        FaultLog faults(receiver);
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        for (const char byte : bytes) {
            camera.send(QByteArray(1, byte));
            QTest::qWait(1);
        }
        QVERIFY2(camera.line().startsWith("500 "), bytes.toHex());
        QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 1, kReported);
    }
}

void FtpSilentFailuresTest::doesNotMistakeFtp_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("lower case") << QByteArray("user cam\r\n");
    QTest::newRow("blank lines") << QByteArray("\r\n\n\r\nUSER cam\n");
    QTest::newRow("Telnet's Synch") << QByteArray("\xff\xf4\xff\xf2USER cam\r\n");
    QTest::newRow("the urgent byte alone") << QByteArray("\xf2USER cam\r\n");
    QTest::newRow("a blank before it") << QByteArray(" \tUSER cam\r\n");
    QTest::newRow("SYST first") << QByteArray("SYST\r\nUSER cam\r\n");
    QTest::newRow("an unknown one first") << QByteArray("SSHX\r\nCLNT ipcam\r\nUSER cam\r\n");
    QTest::newRow("OPTS") << QByteArray("OPTS UTF8 ON\r\nUSER cam\r\n");
    QTest::newRow("a path like a web address") << QByteArray("XCWD /live HTTP/\r\nUSER cam\r\n");
}

void FtpSilentFailuresTest::doesNotMistakeFtp()
{
    QFETCH(QByteArray, first);
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.send(first);
    QByteArray answer;
    do {
        answer = camera.line();
    } while (!answer.isEmpty() && !answer.startsWith("331"));
    QVERIFY(answer.startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("QUIT").startsWith("221"));
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, kReported);
    QCoreApplication::processEvents();
    QVERIFY2(faults.size() == 0, qPrintable(faults.text()));
}

void FtpSilentFailuresTest::reportsAMissingName()
{
    for (const char *command : {"USER", "USER ", "user   "}) {
        Receiver receiver;
        FaultLog faults(receiver);
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        QVERIFY(camera.ask(command).startsWith("501"));
        QVERIFY(camera.ask("PASS").startsWith("503"));
        QVERIFY(camera.ask("QUIT").startsWith("221"));
        QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoUserName).size(), 1, kReported);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, kReported);
        QCoreApplication::processEvents();
        QCOMPARE(faults.size(), 1); // and nothing else
    }
}

void FtpSilentFailuresTest::reportsAMissingPassword_data()
{
    QTest::addColumn<QByteArray>("dialogue");
    QTest::newRow("leaves") << QByteArray("USER cam\r\nQUIT\r\n");
    QTest::newRow("closes") << QByteArray("USER cam\r\n");
    QTest::newRow("empty") << QByteArray("USER cam\r\nPASS\r\nQUIT\r\n");
    QTest::newRow("empty with a blank") << QByteArray("USER cam\r\nPASS \r\nQUIT\r\n");
    QTest::newRow("goes on without") << QByteArray("USER cam\r\nTYPE I\r\nPASV\r\nQUIT\r\n");
}

void FtpSilentFailuresTest::reportsAMissingPassword()
{
    QFETCH(QByteArray, dialogue);
    Receiver receiver;
    FaultLog faults(receiver);
    {
        CameraSocket camera(receiver.port);
        camera.send(dialogue);
        camera.line();
        QVERIFY(camera.line().startsWith("331"));
        if (dialogue.contains("QUIT"))
            QVERIFY(camera.isClosed());
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoPassword).size(), 1, kReported);
    QCOMPARE(faults.of(FaultKind::NoPassword).value(0).user, QStringLiteral("cam"));
    QCOMPARE(faults.size(), 1);
}

void FtpSilentFailuresTest::reportsWrongPasswords()
{
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    camera.line();
    for (const char *user : {"cam", "nobody"}) {
        QVERIFY(camera.ask(QByteArray("USER ") + user).startsWith("331"));
        QVERIFY(camera.ask("PASS guess").startsWith("530"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::WrongPassword).size(), 2, kReported);
    QCOMPARE(faults.of(FaultKind::WrongPassword).value(1).user, QStringLiteral("nobody"));
}

void FtpSilentFailuresTest::reportsConnectionsWithoutALogin()
{
    {
        Receiver receiver; // says nothing until the timeout
        FaultLog faults(receiver);
        CameraSocket camera(receiver.port);
        camera.line();
        receiver.clock.add(61'000);
        QVERIFY(camera.line().startsWith("421"));
        QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoLogIn).size(), 1, kReported);
        QCOMPARE(faults.size(), 1);
    }
    {
        Receiver receiver; // asks this and that, then leaves
        FaultLog faults(receiver);
        CameraSocket camera(receiver.port);
        camera.line();
        QVERIFY(camera.ask("FEAT").startsWith("211"));
        QVERIFY(camera.ask("QUIT").startsWith("221"));
        QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoLogIn).size(), 1, kReported);
    }
    Receiver receiver; // comes and goes, again and again
    FaultLog faults(receiver);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(faults.size(), 0);
        CameraSocket camera(receiver.port);
        camera.line();
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoLogIn).size(), 1, kReported);
}

// Some cameras look whether the port is open before they log in, some monitors at all times.
void FtpSilentFailuresTest::ignoresProbes()
{
    Receiver receiver;
    FaultLog faults(receiver);
    const auto probe = [&](const QByteArray &command) {
        CameraSocket camera(receiver.port);
        camera.line();
        if (!command.isEmpty())
            camera.ask(command);
    };
    probe({});
    probe("QUIT");
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
    }
    for (int i = 0; i < 5; ++i)
        probe({});
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, kReported);
    QCoreApplication::processEvents();
    QVERIFY2(faults.size() == 0, qPrintable(faults.text()));
}

void FtpSilentFailuresTest::reportsAFailedTlsHandshake_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how :
         {"old version", "rejects the certificate", "no TLS at all", "leaves in the middle"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void FtpSilentFailuresTest::reportsAFailedTlsHandshake()
{
    QFETCH(QString, how);
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.least = ftp::TlsVersion::V1_3;
    Receiver receiver(options);
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.ask("AUTH TLS").startsWith("234"));
    FaultKind expected = FaultKind::TlsFailed;
    if (how == QLatin1String("old version")) {
        camera.control.setProtocol(QSsl::TlsV1_2);
        camera.control.startClientEncryption();
        expected = FaultKind::OldTls;
    } else if (how == QLatin1String("rejects the certificate")) {
        camera.control.setPeerVerifyMode(QSslSocket::VerifyPeer);
        camera.control.startClientEncryption();
    } else if (how == QLatin1String("no TLS at all")) {
        camera.send("USER cam\r\n");
    } else {
        camera.send(clientHello().left(30));
        camera.control.disconnectFromHost();
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 1, kReported);
    QVERIFY2(faults.of(expected).size() == 1, qPrintable(faults.text()));
    if (expected == FaultKind::OldTls)
        QCOMPARE(faults.of(expected).value(0).wanted, QStringLiteral("1.3"));
}

void FtpSilentFailuresTest::foldersButNoData_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QString>("then");
    for (const char *command : {"EPSV", "PASV"}) {
        for (const char *then : {"nothing", "STOR", "leaves late", "STOR and leaves"})
            QTest::addRow("%s, %s", command, then) << QByteArray(command) << QString::fromLatin1(then);
    }
}

// A firewall or a container's network: all works but the data connection.
void FtpSilentFailuresTest::foldersButNoData()
{
    QFETCH(QByteArray, command);
    QFETCH(QString, then);
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD 2026").startsWith("257"));
    QVERIFY(camera.ask("CWD 2026").startsWith("250"));
    QVERIFY(portOf(camera.ask(command)) != 0);
    if (then == QLatin1String("nothing")) {
        receiver.clock.add(60'000);
    } else if (then == QLatin1String("STOR")) {
        camera.send("STOR a.jpg\r\n");
        QTest::qWait(50);
        receiver.clock.add(60'000);
        QVERIFY(camera.line().startsWith("425"));
    } else if (then == QLatin1String("leaves late")) {
        receiver.clock.add(10'000);
        QVERIFY(camera.ask("QUIT").startsWith("221"));
    } else {
        camera.send("STOR a.jpg\r\n");
        QTest::qWait(50);
        reset(camera.control);
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoPassiveData).size(), 1, kReported);
    const ftp::Fault fault = faults.of(FaultKind::NoPassiveData).value(0);
    QCOMPARE(fault.user, QStringLiteral("cam"));
    QVERIFY(fault.detail.isEmpty());
    QCOMPARE(faults.size(), 1);
    if (then == QLatin1String("nothing")) // its port is free again
        QVERIFY(camera.ask("STOR a.jpg").startsWith("425"));
}

// A firewall that rejects at once: the camera tries again at once.
void FtpSilentFailuresTest::reportsACameraThatTriesPortAfterPort()
{
    Receiver receiver;
    FaultLog faults(receiver);
    for (int i = 0; i < 3; ++i) {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        QVERIFY(portOf(camera.ask(i % 2 == 0 ? "EPSV" : "PASV")) != 0);
        QVERIFY(camera.ask("QUIT").startsWith("221"));
        QCoreApplication::processEvents();
        QVERIFY(i == 2 || faults.size() == 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoPassiveData).size(), 1, kReported);
}

// A recorder with two network ports.
void FtpSilentFailuresTest::dataFromAnotherAddressIsReported()
{
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const quint16 port = portOf(camera.ask("PASV"));
    QTcpSocket data;
    data.bind(QHostAddress(QStringLiteral("127.0.0.77")));
    data.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(data.waitForConnected(kReported));
    QVERIFY(data.waitForDisconnected(kReported));
    receiver.clock.add(31'000);
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoPassiveData).size(), 1, kReported);
    QCOMPARE(faults.of(FaultKind::NoPassiveData).value(0).detail, QStringLiteral("127.0.0.77"));
}

void FtpSilentFailuresTest::reportsRefusedPorts_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *title, const char *command, const char *detail) {
        QTest::newRow(title) << QByteArray(command) << QString::fromLatin1(detail);
    };
    row("the router's address", "PORT 203,0,113,7,200,10", "203.0.113.7, port 51210");
    row("a service's port", "PORT 127,0,0,1,0,80", "127.0.0.1, port 80");
    row("EPRT to another host", "EPRT |1|198.51.100.3|50000|", "198.51.100.3, port 50000");
    row("too few numbers", "PORT 192,168,1,57,200", "192,168,1,57,200");
    row("a number too high", "PORT 192,168,1,57,256,1", "192,168,1,57,256,1");
    row("nothing", "PORT", "");
    row("a name", "EPRT |1|camera.local|50000|", "|1|camera.local|50000|");
    row("no delimiters", "EPRT 192.168.1.57:50000", "192.168.1.57:50000");
    row("control characters", "PORT 1,2,3\x07", "1,2,3\\x07");
}

void FtpSilentFailuresTest::reportsRefusedPorts()
{
    QFETCH(QByteArray, command);
    QFETCH(QString, detail);
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask(command).startsWith("501"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::PortRefused).size(), 1, kReported);
    QCOMPARE(faults.of(FaultKind::PortRefused).value(0).detail, detail);
    QCOMPARE(faults.of(FaultKind::PortRefused).value(0).user, QStringLiteral("cam"));
}

void FtpSilentFailuresTest::reportsAnUnreachableCamera()
{
    quint16 closed = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        closed = server.serverPort();
    }
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera
                .ask("PORT 127,0,0,1," + QByteArray::number(closed / 256) + ',' +
                     QByteArray::number(closed % 256))
                .startsWith("200"));
    QVERIFY(camera.ask("STOR a.jpg").startsWith("425"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NoActiveData).size(), 1, kReported);
}

void FtpSilentFailuresTest::reportsThreeEmptyFiles()
{
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const auto send = [&](const char *name, const QByteArray &bytes) {
        QVERIFY(camera.store(QByteArray("STOR ") + name, bytes).startsWith("226"));
        QCoreApplication::processEvents();
    };
    send("a.jpg", {});
    send("b.jpg", {});
    send("c.jpg", "a picture");
    send("d.jpg", {});
    send("e.jpg", {});
    QCOMPARE(faults.size(), 0);
    send("f.jpg", {});
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::EmptyFiles).size(), 1, kReported);
    send("g.jpg", "a picture");
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::EmptyFiles), 1, kReported);
    // A lock file beside each picture is no trouble.
    for (int i = 0; i < 4; ++i) {
        send("lock", {});
        send("h.jpg", "a picture");
    }
    QCOMPARE(faults.size(), 1);
}

void FtpSilentFailuresTest::reportsFilesThatAreTooLarge()
{
    ftp::ServerOptions options;
    options.limits.fileBytes = 2'000'000;
    Receiver receiver(options);
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray most = picture(2'000'000).left(2'000'000); // picture() may add a line's end
    QVERIFY(camera.store("STOR a.mp4", most).startsWith("226"));
    QCoreApplication::processEvents();
    QCOMPARE(faults.size(), 0);
    QVERIFY(camera.store("STOR b.mp4", most + 'x').startsWith("552"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::FileTooLarge).size(), 1, kReported);
    QCOMPARE(faults.of(FaultKind::FileTooLarge).value(0).user, QStringLiteral("cam"));
    QCOMPARE(faults.of(FaultKind::FileTooLarge).value(0).detail, sizeText(2'000'000));
    QVERIFY(camera.store("APPE a.mp4", "x").startsWith("552")); // with what is there
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::FileTooLarge).size(), 2, kReported);
}

void FtpSilentFailuresTest::reportsNamesThatCannotBeStored_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *title, const QByteArray &command, const char *detail) {
        QTest::newRow(title) << command << QString::fromLatin1(detail);
    };
    const QByteArray name(300, 'x');
    row("control characters", "STOR cam\x01.jpg", "it contains control characters");
    row("a long name", "STOR " + name + ".jpg", "it is too long");
    row("a long path", "STOR " + (QByteArray(200, 'y') + '/').repeated(12) + "a.jpg",
        "it is too long with its folders");
    row("many folders", "STOR " + QByteArray("x/").repeated(70) + "a.jpg",
        "it is in too many nested folders");
    row("APPE", "APPE " + name, "it is too long");
    row("STOU", "STOU " + name, "it is too long");
    row("a folder", "MKD " + name, "it is too long");
    row("a folder's name", "STOR taken", "a folder has that name");
    row("a file's name", "STOR file.jpg/a.jpg", "a file has the name of its folder");
    row("its final name", "RNTO " + name + ".jpg", "it is too long");
}

void FtpSilentFailuresTest::reportsNamesThatCannotBeStored()
{
    QFETCH(QByteArray, command);
    QFETCH(QString, detail);
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD taken").startsWith("257"));
    QVERIFY(camera.store("STOR file.jpg", "a picture").startsWith("226"));
    QVERIFY(!camera.ask("SIZE " + QByteArray(300, 'x')).startsWith("213")); // only asks
    QCoreApplication::processEvents();
    QCOMPARE(faults.size(), 0);
    if (command.startsWith("RNTO"))
        QVERIFY(camera.ask("RNFR file.jpg").startsWith("350"));
    const QByteArray answer = camera.ask(command);
    QVERIFY2(answer.startsWith("553 ") && answer.contains(detail.toLatin1()), answer);
    QTRY_COMPARE_WITH_TIMEOUT(faults.of(FaultKind::NameRefused).size(), 1, kReported);
    QCOMPARE(faults.of(FaultKind::NameRefused).value(0).detail, detail);
    QCOMPARE(faults.of(FaultKind::NameRefused).value(0).user, QStringLiteral("cam"));
}

// A picture that is stored says nothing about the clip that was not.
void FtpSilentFailuresTest::keepsARefusalUntilAFileOfItsKindIsStored()
{
    ftp::ServerOptions options;
    options.limits.fileBytes = 1'000'000;
    Receiver receiver(options);
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray name(300, 'x');
    QVERIFY(camera.store("STOR a.mp4", picture(1'000'001)).startsWith("552"));
    QVERIFY(camera.ask("STOR " + name + ".MP4").startsWith("553"));
    QVERIFY(camera.store("STOR a.jpg", "a picture").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 2, kReported);
    QCOMPARE(faults.over(FaultKind::FileTooLarge) + faults.over(FaultKind::NameRefused), 0);
    // Under its final name.
    QVERIFY(camera.store("STOR b.tmp", "a clip").startsWith("226"));
    QVERIFY(camera.ask("RNFR b.tmp").startsWith("350"));
    QVERIFY(camera.ask("RNTO b.mp4").startsWith("250"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::NameRefused), 1, kReported);
    QCOMPARE(faults.over(FaultKind::FileTooLarge), 0);
    QVERIFY(camera.store("STOR c.mp4", "a clip").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::FileTooLarge), 1, kReported);
    // Without the folder, the file was stored all the same.
    QVERIFY(camera.ask("MKD " + name).startsWith("553"));
    QVERIFY(camera.store("STOR d.jpg", "a picture").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::NameRefused), 2, kReported);
}

void FtpSilentFailuresTest::reportsRecovery()
{
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("PORT 203,0,113,7,200,10").startsWith("501"));
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    receiver.clock.add(31'000);
    QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 2, kReported);
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::PortRefused), 1, kReported);
    QTRY_COMPARE_WITH_TIMEOUT(faults.over(FaultKind::NoPassiveData), 1, kReported);
    QVERIFY(camera.store("STOR b.jpg", "x").startsWith("226"));
    QCoreApplication::processEvents();
    QCOMPARE(faults.over(FaultKind::NoPassiveData), 1);
}

// A restart of the receiver, or one session too many, says nothing about a camera.
void FtpSilentFailuresTest::doesNotBlameTheCameraForShutdown()
{
    Receiver receiver;
    FaultLog faults(receiver);
    CameraSocket silent(receiver.port);
    silent.line();
    CameraSocket named(receiver.port);
    named.line();
    QVERIFY(named.ask("USER cam").startsWith("331"));
    CameraSocket waiting(receiver.port);
    QVERIFY(waiting.logIn());
    QVERIFY(portOf(waiting.ask("PASV")) != 0);
    receiver.clock.add(9000);
    receiver.run([&] { receiver.server->close(); });
    QVERIFY(silent.isClosed() && named.isClosed() && waiting.isClosed());
    QCoreApplication::processEvents();
    QVERIFY2(faults.size() == 0, qPrintable(faults.text()));
}

GATEHOUSE_TEST(FtpSilentFailuresTest)
#include "silent_failures_test.moc"
