// Which cameras must use TLS, how old it may be, and that it sends nothing that old clients stumble over.
#include "ftp/certificate.h"
#include "receiver.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpTlsRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_identity = makeIdentity(m_folder); }
    void noTicketsOnTheControlConnection();
    void theLeastVersionHolds();
    void someCamerasMustUseTls();

private:
    QTemporaryDir m_folder;
    ftp::Identity m_identity;
};

// Over a real socket: what OpenSSL's client is sent after the handshake, before and after an answer.
void FtpTlsRulesTest::noTicketsOnTheControlConnection()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    QVERIFY(camera.ask("AUTH TLS").startsWith("234"));
    const int descriptor = ::dup(int(camera.control.socketDescriptor()));
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    static int tickets = 0;
    tickets = 0;
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT);
    SSL_CTX_sess_set_new_cb(context, [](SSL *, SSL_SESSION *) { return ++tickets, 0; });
    SSL *ssl = SSL_new(context);
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
    SSL_set_fd(ssl, descriptor);
    QCOMPARE(SSL_connect(ssl), 1);
    QCOMPARE(SSL_version(ssl), TLS1_3_VERSION);
    QCOMPARE(SSL_write(ssl, "NOOP\r\n", 6), 6);
    char answer[64];
    QVERIFY(SSL_read(ssl, answer, sizeof answer) > 3);
    QCOMPARE(QByteArray(answer, 3), QByteArray("200"));
    QCOMPARE(tickets, 0);
    SSL_free(ssl);
    SSL_CTX_free(context);
    ::close(descriptor);
}

void FtpTlsRulesTest::theLeastVersionHolds()
{
    const auto connects = [this](ftp::TlsVersion least, QSsl::SslProtocol version) {
        ftp::ServerOptions options = optionsWith(m_identity);
        options.leastTls = least;
        Receiver receiver(options);
        CameraSocket camera(receiver.port);
        camera.line();
        camera.control.setProtocol(version);
        return camera.startTls() && camera.ask("NOOP").startsWith("200");
    };
    QVERIFY(connects(ftp::TlsVersion::V1_0, QSsl::TlsV1_2));
    QVERIFY(connects(ftp::TlsVersion::V1_2, QSsl::TlsV1_2));
    QVERIFY(!connects(ftp::TlsVersion::V1_3, QSsl::TlsV1_2));
    QVERIFY(connects(ftp::TlsVersion::V1_3, QSsl::TlsV1_3));
}

void FtpTlsRulesTest::someCamerasMustUseTls()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.requireTls = {QStringLiteral("cam")};
    Receiver receiver(options);
    QSignalSpy refused(receiver.server, &ftp::Server::logInRefused);
    {
        CameraSocket clear(receiver.port);
        clear.line();
        QVERIFY(clear.ask("USER cam").startsWith("530 AUTH TLS first")); // before the password is sent
        QVERIFY(clear.ask("PASS cam").startsWith("503"));
        QVERIFY(clear.ask("USER other").startsWith("331"));
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 20'000);
    }
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("PROT C").startsWith("200"));
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("521"));
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    const auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->startClientEncryption();
    QVERIFY(data->waitForEncrypted(20'000));
    finish(*data);
    QVERIFY(camera.line().startsWith("226"));
    receiver.run([&] { receiver.server->setRequireTls({}); });
    CameraSocket clear(receiver.port);
    QVERIFY(clear.logIn());
    QVERIFY(clear.store("STOR b.jpg", "x").startsWith("226"));
}

GATEHOUSE_TEST(FtpTlsRulesTest)
#include "tls_rules_test.moc"
