// Explicit FTPS: RFC 4217, and what must fail.
#include "ftp/certificate.h"
#include "ftp/tls.h"
#include "receiver.h"
#include "support/registry.h"

#include <QSslConfiguration>
#include <QTest>
#include <openssl/ssl.h>
#include <sys/socket.h>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpTlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void encryptsUploadsAndListings();
    void allowsClearDataWithEncryptedCommands();
    void reportsTruncatedTlsDataAsCut();
    void security08_dropsClearBytesAfterAuthTls();
    void security09_refusesRenegotiation();
    void security09_rejectsForeignAlpnNames();
    void security09_allowsTls10ForOldCameras();
    void quirk16_sessionReuseIsOptional();
    void reportsAMismatchedCertificate();
    void newCertificateAppliesToLaterLogins();

private:
    QTemporaryDir m_folder;
    ftp::TlsIdentity m_identity;
};

namespace
{
// Any TLS client over two memory buffers, for misbehaviour that normal clients avoid.
class BareClient
{
public:
    explicit BareClient(const ftp::TlsContext &server, int version, const char *protocol = nullptr)
        : m_server(server, ftp::TlsVersion::V1_0), m_context(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_cipher_list(m_context, "DEFAULT:@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(m_context, version);
        SSL_CTX_set_max_proto_version(m_context, version);
        m_ssl = SSL_new(m_context);
        if (protocol != nullptr)
            SSL_set_alpn_protos(m_ssl, reinterpret_cast<const unsigned char *>(protocol),
                                unsigned(strlen(protocol)));
        SSL_set_bio(m_ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(m_ssl);
    }
    ~BareClient()
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
    }
    Q_DISABLE_COPY_MOVE(BareClient)

    // Moves bytes until none are left; false if the server's side gives up.
    bool exchange()
    {
        for (;;) {
            SSL_do_handshake(m_ssl);
            char ignored[4096];
            SSL_read(m_ssl, ignored, sizeof ignored);
            QByteArray toServer(qsizetype(BIO_ctrl_pending(SSL_get_wbio(m_ssl))), Qt::Uninitialized);
            if (toServer.isEmpty())
                return true;
            BIO_read(SSL_get_wbio(m_ssl), toServer.data(), int(toServer.size()));
            if (!m_server.feed(toServer, received))
                return false;
            const QByteArray answer = m_server.takeOutput();
            BIO_write(SSL_get_rbio(m_ssl), answer.constData(), int(answer.size()));
        }
    }

    SSL *ssl() { return m_ssl; }
    [[nodiscard]] bool isConnected() const { return SSL_is_init_finished(m_ssl) == 1; }
    QByteArray received; // by the server

private:
    ftp::TlsFilter m_server;
    SSL_CTX *m_context;
    SSL *m_ssl;
};
} // namespace

void FtpTlsTest::initTestCase()
{
    m_identity = makeTlsIdentity(m_folder);
}

void FtpTlsTest::encryptsUploadsAndListings()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    QVERIFY(camera.ask("FEAT").contains("AUTH TLS"));
    QVERIFY(camera.ask("PROT P").startsWith("503"));
    QVERIFY(camera.startTls());
    QCOMPARE(camera.control.peerCertificate(), m_identity.certificates.first());
    QVERIFY(camera.ask("AUTH TLS").startsWith("503"));
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("PBSZ 0").startsWith("200"));
    QVERIFY(camera.ask("PROT E").startsWith("536"));
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    QVERIFY(camera.ask("CCC").startsWith("533"));
    for (const qsizetype bytes : {0, 1, 50'000, 3'000'000}) {
        const auto data = camera.openData();
        QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
        data->startClientEncryption();
        QVERIFY(data->waitForEncrypted(20'000));
        data->write(picture(bytes));
        finish(*data);
        const QByteArray end = camera.line();
        QVERIFY2(end.startsWith("226"), end + " after " + QByteArray::number(bytes));
        QVERIFY(receiver.backend.bytesOf(QStringLiteral("/a.jpg")) == picture(bytes));
    }
    for (int i = 0; i < 3000; ++i)
        receiver.backend.addFile(QStringLiteral("/many/%1.jpg").arg(i, 6), i, 0);
    receiver.backend.addFolder(QStringLiteral("/many"));
    receiver.backend.addFolder(QStringLiteral("/none"));
    for (const int entries : {3000, 0}) { // an empty listing has a handshake, too
        const auto data = camera.openData();
        QVERIFY(camera.ask(entries == 0 ? "LIST none" : "LIST many").startsWith("150"));
        data->startClientEncryption();
        QVERIFY(data->waitForEncrypted(20'000));
        QByteArray list;
        while (data->waitForReadyRead(20'000))
            list += data->readAll();
        list += data->readAll();
        QCOMPARE(list.count("\r\n"), entries);
        QVERIFY(camera.line().startsWith("226"));
    }
    QVERIFY(camera.ask("QUIT").startsWith("221"));
}

void FtpTlsTest::allowsClearDataWithEncryptedCommands()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    camera.ask("USER cam");
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("PROT C").startsWith("200"));
    QVERIFY(camera.store("STOR a.jpg", "clear").startsWith("226"));
    // Protected again, but the camera sends cleartext: not an upload.
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    QVERIFY(camera.store("STOR b.jpg", "this is no TLS at all").startsWith("426"));
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Cut);
}

void FtpTlsTest::reportsTruncatedTlsDataAsCut()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    camera.ask("USER cam");
    camera.ask("PASS cam");
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    const auto start = [&camera] {
        auto data = camera.openData();
        camera.ask("STOR a.jpg");
        data->startClientEncryption();
        data->waitForEncrypted(20'000);
        data->write(picture(10'000));
        while (data->bytesToWrite() > 0 || data->encryptedBytesToWrite() > 0)
            data->waitForBytesWritten(1000);
        return data;
    };
    auto data = start();
    reset(*data);
    QVERIFY(camera.line().startsWith("426"));
    // An orderly end inside a record counts as a cut.
    data = start();
    const int descriptor = int(data->socketDescriptor());
    QCOMPARE(::send(descriptor, "\x17\x03\x03\x40", 4, 0), 4);
    ::shutdown(descriptor, SHUT_WR);
    QVERIFY(camera.line().startsWith("426"));
    // So does an end before the TLS handshake.
    data = camera.openData();
    camera.ask("STOR a.jpg");
    finish(*data);
    QVERIFY(camera.line().startsWith("426"));
    // Without close_notify, as simple cameras do: accepted; the end of the file tells more.
    data = start();
    ::shutdown(int(data->socketDescriptor()), SHUT_WR);
    QVERIFY(camera.line().startsWith("226"));
}

void FtpTlsTest::security08_dropsClearBytesAfterAuthTls()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.send("AUTH TLS\r\nUSER cam\r\nPASS cam\r\nMKD injected\r\n");
    QVERIFY(camera.line().startsWith("234"));
    camera.control.startClientEncryption();
    QVERIFY(camera.control.waitForEncrypted(20'000));
    QVERIFY(camera.ask("NOOP").startsWith("200")); // its first reply
    QVERIFY(camera.ask("MKD x").startsWith("530"));
    QCOMPARE(receiver.backend.logIns(), 0);
    // A login in the clear is void after AUTH TLS.
    CameraSocket other(receiver.port);
    QVERIFY(other.logIn());
    QVERIFY(other.startTls());
    QVERIFY(other.ask("PWD").startsWith("530"));
}

void FtpTlsTest::security09_refusesRenegotiation()
{
    const auto context = ftp::TlsContext::make(m_identity.certificates, m_identity.key);
    QVERIFY(context);
    BareClient client(**context, TLS1_2_VERSION);
    QVERIFY(client.exchange());
    QVERIFY(client.isConnected());
    SSL_write(client.ssl(), "NOOP\r\n", 6);
    QVERIFY(client.exchange());
    QCOMPARE(client.received, QByteArray("NOOP\r\n"));
    QCOMPARE(SSL_renegotiate(client.ssl()), 1);
    client.exchange();
    QVERIFY(SSL_num_renegotiations(client.ssl()) == 0 || SSL_renegotiate_pending(client.ssl()) == 1);
    QVERIFY(!client.isConnected() || SSL_num_renegotiations(client.ssl()) == 0);
}

void FtpTlsTest::security09_rejectsForeignAlpnNames()
{
    const auto context = ftp::TlsContext::make(m_identity.certificates, m_identity.key);
    QVERIFY(context);
    const auto connects = [&](const char *protocols) {
        BareClient client(**context, TLS1_3_VERSION, protocols);
        return client.exchange() && client.isConnected();
    };
    QVERIFY(connects(nullptr));
    QVERIFY(connects("\x03"
                     "ftp"));
    QVERIFY(connects("\x08"
                     "ftp-data"));
    QVERIFY(connects("\x02"
                     "h2\x03"
                     "ftp"));
    QVERIFY(!connects("\x02"
                      "h2\x08"
                      "http/1.1"));
}

void FtpTlsTest::security09_allowsTls10ForOldCameras()
{
    const auto context = ftp::TlsContext::make(m_identity.certificates, m_identity.key);
    QVERIFY(context);
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
        BareClient client(**context, version);
        QVERIFY(client.exchange());
        QVERIFY2(client.isConnected(), qPrintable(QString::number(version, 16)));
    }
}

// vsftpd replies 522 to a data connection that does not resume the session, which breaks Python's ftplib.
void FtpTlsTest::quirk16_sessionReuseIsOptional()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    camera.ask("USER cam");
    camera.ask("PASS cam");
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    for (const bool reuse : {false, true}) {
        const auto data = camera.openData();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setSslOption(QSsl::SslOptionDisableSessionPersistence, !reuse);
        if (reuse)
            configuration.setSessionTicket(camera.control.sslConfiguration().sessionTicket());
        data->setSslConfiguration(configuration);
        QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
        data->startClientEncryption();
        QVERIFY(data->waitForEncrypted(20'000));
        data->write("x");
        finish(*data);
        QVERIFY(camera.line().startsWith("226"));
    }
}

void FtpTlsTest::reportsAMismatchedCertificate()
{
    ftp::ServerOptions options = optionsWith(m_identity);
    options.key = makeTlsIdentity(m_folder, QStringLiteral("other")).key;
    Receiver receiver(options);
    QVERIFY(!receiver.listening);
    QCOMPARE(receiver.listening.error().kind, ErrorKind::Invalid);
    // A port that is taken.
    Receiver first;
    QVERIFY(first.listening);
    first.run([&] {
        ftp::ServerOptions same;
        same.port = first.port;
        ftp::Server second(same, first.backend, first.clock);
        const auto listening = second.listen();
        if (!listening)
            options.port = quint16(listening.error().kind == ErrorKind::Unavailable ? 1 : 2);
    });
    QCOMPARE(options.port, quint16(1));
}

void FtpTlsTest::newCertificateAppliesToLaterLogins()
{
    Receiver receiver(optionsWith(m_identity));
    CameraSocket camera(receiver.port);
    camera.line();
    QVERIFY(camera.startTls());
    camera.ask("USER cam");
    camera.ask("PASS cam");
    QVERIFY(camera.ask("PROT P").startsWith("200"));
    const ftp::TlsIdentity next = makeTlsIdentity(m_folder, QStringLiteral("next"));
    bool isTaken = false;
    bool isRefused = false;
    receiver.run([&] {
        isRefused = !receiver.server->useCertificates(next.certificates, m_identity.key);
        isTaken = receiver.server->useCertificates(next.certificates, next.key).has_value();
    });
    QVERIFY(isRefused);
    QVERIFY(isTaken);
    const auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->startClientEncryption();
    QVERIFY(data->waitForEncrypted(20'000));
    data->write("still here");
    finish(*data);
    QVERIFY(camera.line().startsWith("226"));
    CameraSocket later(receiver.port);
    later.line();
    QVERIFY(later.startTls());
    QCOMPARE(later.control.peerCertificate(), next.certificates.first());
}

GATEHOUSE_TEST(FtpTlsTest)
#include "tls_test.moc"
