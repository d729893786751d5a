#include "ftp/tls.h"

#include "base/messages.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace gatehouse::ftp
{

namespace
{
constexpr int kRecordHeaderBytes = 5;

template<typename T, void (*release)(T *)>
struct Releases {
    void operator()(T *object) const { release(object); }
};
using Certificate = std::unique_ptr<X509, Releases<X509, X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Releases<EVP_PKEY, EVP_PKEY_free>>;
struct ReleasesBio {
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using Memory = std::unique_ptr<BIO, ReleasesBio>;

Certificate certificateFrom(const QByteArray &pem)
{
    const Memory memory(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

PrivateKey keyFrom(const QByteArray &pem)
{
    const Memory memory(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return PrivateKey(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
}

// ALPACA: a browser redirected to this port offers h2 or http/1.1, never ftp or ftp-data.
int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outLength, const unsigned char *offered,
                   unsigned offeredLength, void *)
{
    static constexpr unsigned char ftp[] = {3, 'f', 't', 'p', 8, 'f', 't', 'p', '-', 'd', 'a', 't', 'a'};
    auto *chosen = const_cast<unsigned char *>(*out);
    if (SSL_select_next_proto(&chosen, outLength, ftp, sizeof ftp, offered, offeredLength) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

TlsFilter::Trouble troubleOf(int reason)
{
    switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
        return TlsFilter::Trouble::TooOld;
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        return TlsFilter::Trouble::Certificate;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        return TlsFilter::Trouble::Ciphers;
    default:
        return TlsFilter::Trouble::Other;
    }
}
} // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::make(const QList<QSslCertificate> &chain, const QSslKey &key)
{
    const QString where = QStringLiteral("ftp/tls");
    if (chain.isEmpty() || key.isNull())
        return fail(ErrorKind::Invalid, Messages::tr("TLS needs a certificate and its key"), where);
    std::unique_ptr<TlsContext> made(new TlsContext(SSL_CTX_new(TLS_server_method())));
    SSL_CTX *context = made->m_context;
    if (context == nullptr)
        return fail(ErrorKind::Internal, Messages::tr("TLS is not available"), where);
    SSL_CTX_set_cipher_list(context, "DEFAULT:!aNULL:!eNULL:@SECLEVEL=0");
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    // A camera that only sends never reads TLS 1.3 tickets, and closing a socket with unread bytes resets the
    // connection: a complete upload would look cut. On the control connection they break wput, old mbedTLS
    // and GnuTLS, which mistake them for a reply.
    SSL_CTX_set_num_tickets(context, 0);
    // Sessions may be resumed on the data connection; not required, because clients differ.
    static constexpr unsigned char sessionContext[] = "gatehouse";
    SSL_CTX_set_session_id_context(context, sessionContext, sizeof sessionContext - 1);

    const Certificate own = certificateFrom(chain.first().toPem());
    const PrivateKey privateKey = keyFrom(key.toPem());
    if (!own || !privateKey || SSL_CTX_use_certificate(context, own.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, privateKey.get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
        ERR_clear_error();
        return fail(ErrorKind::Invalid, Messages::tr("The certificate and the key do not match"), where);
    }
    for (qsizetype i = 1; i < chain.size(); ++i) {
        const Certificate next = certificateFrom(chain.at(i).toPem());
        if (next)
            SSL_CTX_add1_chain_cert(context, next.get());
    }
    return made;
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

TlsFilter::TlsFilter(const TlsContext &context, TlsVersion least) : m_ssl(SSL_new(context.handle()))
{
    SSL_set_min_proto_version(m_ssl, TLS1_VERSION + int(least));
    SSL_set_bio(m_ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(m_ssl);
}

TlsFilter::~TlsFilter()
{
    SSL_free(m_ssl);
}

void TlsFilter::followRecords(QByteArrayView cipher)
{
    qsizetype at = 0;
    while (at < cipher.size()) {
        if (m_recordLeft > 0) {
            const auto step = std::min<qsizetype>(m_recordLeft, cipher.size() - at);
            m_recordLeft -= int(step);
            at += step;
            continue;
        }
        const auto byte = uchar(cipher[at++]);
        ++m_header;
        if (m_header == kRecordHeaderBytes - 1)
            m_recordLeft = -byte * 256; // negative: still missing the length's second byte
        else if (m_header == kRecordHeaderBytes) {
            m_recordLeft = -m_recordLeft + byte;
            m_header = 0;
        }
    }
}

bool TlsFilter::feed(QByteArrayView cipher, QByteArray &plain)
{
    ERR_clear_error();
    followRecords(cipher);
    if (BIO_write(SSL_get_rbio(m_ssl), cipher.data(), int(cipher.size())) != int(cipher.size()))
        return false;
    for (;;) {
        // The output is at most as long as the input, so one step is usually enough.
        const auto room = std::max<qsizetype>(cipher.size(), 4096);
        const qsizetype before = plain.size();
        plain.resize(before + room);
        const int got = SSL_read(m_ssl, plain.data() + before, int(room));
        plain.resize(before + std::max(got, 0));
        if (got > 0)
            continue;
        const int error = SSL_get_error(m_ssl, got);
        if (error == SSL_ERROR_ZERO_RETURN)
            m_ended = true;
        else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            m_trouble = troubleOf(ERR_GET_REASON(ERR_peek_last_error()));
            return false;
        }
        break;
    }
    if (!m_waiting.isEmpty() && isConnected())
        return seal(std::exchange(m_waiting, {}));
    return true;
}

bool TlsFilter::seal(QByteArrayView plain)
{
    if (!isConnected()) {
        m_waiting.append(plain);
        return true;
    }
    ERR_clear_error();
    while (!plain.isEmpty()) {
        const int written = SSL_write(m_ssl, plain.data(), int(plain.size()));
        if (written <= 0)
            return false;
        plain = plain.sliced(written);
    }
    return true;
}

bool TlsFilter::isConnected() const
{
    return SSL_is_init_finished(m_ssl) == 1;
}

TlsVersion TlsFilter::version() const
{
    return TlsVersion(SSL_version(m_ssl) - TLS1_VERSION);
}

void TlsFilter::sealEnd()
{
    ERR_clear_error();
    if (isConnected())
        SSL_shutdown(m_ssl);
}

QByteArray TlsFilter::takeOutput()
{
    BIO *out = SSL_get_wbio(m_ssl);
    const auto size = qsizetype(BIO_ctrl_pending(out));
    QByteArray bytes(size, Qt::Uninitialized);
    if (size > 0)
        BIO_read(out, bytes.data(), int(size));
    return bytes;
}

} // namespace gatehouse::ftp
