// Which cameras must use TLS, the oldest version for each, and that nothing is sent that old clients choke
// on.
#include "ftp/certificate.h"
#include "receiver.h"
#include "support/registry.h"

#include <QSslConfiguration>
#include <QTest>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{
const QString kRuledUser = QStringLiteral("cam");
}

class FtpTlsRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_identity = makeTlsIdentity(m_folder); }
    void sendsNoTicketsOnTheControlConnection();
    void enforcesTheMinimumTlsVersion();
    void enforcesTlsPerCamera();
    void appliesAMinimumVersionPerCamera();
    void appliesTheMinimumVersionToDataConnections();
    void appliesNewRulesImmediately();
    void reportsAVersionTooOldForAnyCamera();
    void appliesOneRuleToAllAnonymousNames();

private:
    // Connects with that version of TLS; the reply to USER cam.
    QByteArray userOver(const Receiver &receiver, QSsl::SslProtocol version, const QByteArray &user = "cam");
    QTemporaryDir m_folder;
    ftp::TlsIdentity m_identity;
};

// Over a real socket: what OpenSSL's client receives after the handshake, before and after a reply.
void FtpTlsRulesTest::sendsNoTicketsOnTheControlConnection()
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

void FtpTlsRulesTest::enforcesTheMinimumTlsVersion()
{
    const auto connects = [this](ftp::TlsVersion least, QSsl::SslProtocol version) {
        ftp::ServerOptions options = optionsWith(m_identity);
        options.tls.least = least;
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

void FtpTlsRulesTest::enforcesTlsPerCamera()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.users = {{kRuledUser, {true, {}}}};
    Receiver receiver(options);
    FaultLog refused(receiver);
    {
        CameraSocket clear(receiver.port);
        clear.line();
        QVERIFY(clear.ask("USER cam").startsWith("530 Use AUTH TLS first")); // before the password is sent
        QVERIFY(clear.ask("PASS cam").startsWith("503"));
        QVERIFY(clear.ask("USER other").startsWith("331"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(clear.ask("USER cam").startsWith("530"));
        QVERIFY(clear.ask("USER cam").startsWith("421")); // as often as wrong passwords
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 5, 20'000);
    }
    refused.clear();
    {
        CameraSocket clear(receiver.port);
        clear.line();
        QVERIFY(clear.ask("USER cam").startsWith("530"));
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 20'000);
        QCOMPARE(refused.of(FaultKind::NotEncrypted).size(), 1);
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
    receiver.run([&] { receiver.server->setTlsRules({}); });
    CameraSocket clear(receiver.port);
    QVERIFY(clear.logIn());
    QVERIFY(clear.store("STOR b.jpg", "x").startsWith("226"));
}

QByteArray FtpTlsRulesTest::userOver(const Receiver &receiver, QSsl::SslProtocol version,
                                     const QByteArray &user)
{
    CameraSocket camera(receiver.port);
    camera.line();
    camera.control.setProtocol(version);
    return camera.startTls() ? camera.ask("USER " + user) : QByteArray("no TLS");
}

// The others require 1.3; one camera supports only 1.2. And the reverse.
void FtpTlsRulesTest::appliesAMinimumVersionPerCamera()
{
    {
        ftp::ServerOptions options = optionsWith(m_identity);
        options.tls.least = ftp::TlsVersion::V1_3;
        options.tls.users = {{kRuledUser, {false, ftp::TlsVersion::V1_2}}};
        QCOMPARE(options.tls.floor(), ftp::TlsVersion::V1_2);
        Receiver receiver(options);
        FaultLog refused(receiver);
        QVERIFY(userOver(receiver, QSsl::TlsV1_2).startsWith("331"));
        QVERIFY(userOver(receiver, QSsl::TlsV1_3).startsWith("331"));
        QVERIFY(userOver(receiver, QSsl::TlsV1_3, "other").startsWith("331"));
        QCOMPARE(userOver(receiver, QSsl::TlsV1_2, "other"),
                 QByteArray("530 TLS 1.3 or newer is required, this is 1.2."));
        QTRY_COMPARE_WITH_TIMEOUT(refused.of(FaultKind::OldTls).size(), 1, 20'000);
        const ftp::Fault fault = refused.of(FaultKind::OldTls).first();
        QCOMPARE(fault.user, QStringLiteral("other"));
        QCOMPARE(fault.detail, QStringLiteral("1.2"));
        QCOMPARE(fault.wanted, QStringLiteral("1.3"));
    }
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.users = {{kRuledUser, {false, ftp::TlsVersion::V1_3}}};
    Receiver receiver(options);
    QVERIFY(userOver(receiver, QSsl::TlsV1_2).startsWith("530 TLS 1.3 or newer"));
    QVERIFY(userOver(receiver, QSsl::TlsV1_2, "other").startsWith("331"));
    QVERIFY(userOver(receiver, QSsl::TlsV1_3).startsWith("331"));
    // TLS is still optional: that is another rule.
    CameraSocket clear(receiver.port);
    QVERIFY(clear.logIn());
}

// A good control connection does not excuse a weaker data connection.
void FtpTlsRulesTest::appliesTheMinimumVersionToDataConnections()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.users = {{kRuledUser, {true, ftp::TlsVersion::V1_3}}, {QStringLiteral("old"), {}}};
    Receiver receiver(options);
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    for (const auto &[version, answer] : {std::pair(QSsl::TlsV1_2, "426"), std::pair(QSsl::TlsV1_3, "226")}) {
        const auto data = camera.openData();
        QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
        data->setProtocol(version);
        data->startClientEncryption();
        QCOMPARE(data->waitForEncrypted(20'000), version == QSsl::TlsV1_3);
        data->write("bytes");
        finish(*data);
        QVERIFY(camera.line().startsWith(answer));
    }
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), QByteArray("bytes"));
}

void FtpTlsRulesTest::appliesNewRulesImmediately()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.least = ftp::TlsVersion::V1_3;
    Receiver receiver(options);
    QCOMPARE(userOver(receiver, QSsl::TlsV1_2), QByteArray("no TLS"));
    CameraSocket early(receiver.port);
    early.line();
    QVERIFY(early.ask("USER cam").startsWith("331"));
    ftp::TlsRules rules = options.tls;
    rules.users = {{kRuledUser, {true, ftp::TlsVersion::V1_2}}};
    receiver.run([&] { receiver.server->setTlsRules(rules); });
    QVERIFY(userOver(receiver, QSsl::TlsV1_2).startsWith("331"));
    QVERIFY(early.ask("PASS cam").startsWith("530 Use AUTH TLS first")); // between its name and its password
    QVERIFY(early.ask("PASS cam").startsWith("503"));
    receiver.run([&] { receiver.server->setTlsRules(options.tls); });
    QCOMPARE(userOver(receiver, QSsl::TlsV1_2), QByteArray("no TLS"));
}

// There is no user yet, but the user of the PC wants to know why the camera fails.
void FtpTlsRulesTest::reportsAVersionTooOldForAnyCamera()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.least = ftp::TlsVersion::V1_3;
    Receiver receiver(options);
    FaultLog refused(receiver);
    QCOMPARE(userOver(receiver, QSsl::TlsV1_2), QByteArray("no TLS"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 20'000);
    const ftp::Fault fault = refused.of(FaultKind::OldTls).value(0);
    QCOMPARE(fault.user, QString());
    QCOMPARE(fault.wanted, QStringLiteral("1.3"));
    CameraSocket broken(receiver.port);
    broken.line();
    QVERIFY(broken.ask("AUTH TLS").startsWith("234"));
    broken.send("USER cam\r\n"); // no TLS at all: nothing to tell of its version
    QVERIFY(broken.isClosed());
    QTRY_COMPARE_WITH_TIMEOUT(refused.of(FaultKind::TlsFailed).size(), 1, 20'000);
    QCOMPARE(refused.size(), 2);
}

void FtpTlsRulesTest::appliesOneRuleToAllAnonymousNames()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.tls.users = {{QStringLiteral("anonymous"), {true, {}}}};
    Receiver receiver(options);
    CameraSocket camera(receiver.port);
    camera.line();
    for (const char *name : {"anonymous", "Anonymous", "ftp", "FTP"})
        QVERIFY(camera.ask(QByteArray("USER ") + name).startsWith("530 Use AUTH TLS first"));
    QVERIFY(camera.ask("USER cam").startsWith("331"));
}

GATEHOUSE_TEST(FtpTlsRulesTest)
#include "tls_rules_test.moc"
