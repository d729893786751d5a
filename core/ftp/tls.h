// The server side of TLS without a socket: ciphertext in, plaintext out, and back. Uses OpenSSL directly
// because the receiver must tell an orderly close from a cut, and refuse renegotiation and clients of other
// protocols (ALPN); QSslSocket has no hooks for that.
// Old cameras support only TLS 1.0 and small keys; that still beats plain FTP, so both are accepted unless a
// newer version is required. RFC 4217, RFC 7301, RFC 5746.
#pragma once

#include "base/result.h"
#include "ftp/tls_rules.h"

#include <QByteArray>
#include <QSslCertificate>
#include <QSslKey>
#include <memory>

struct ssl_ctx_st;
struct ssl_st;

namespace gatehouse::ftp
{

// Certificate and rules, shared by all connections.
class TlsContext
{
public:
    static Result<std::unique_ptr<TlsContext>> make(const QList<QSslCertificate> &chain, const QSslKey &key);
    ~TlsContext();
    Q_DISABLE_COPY_MOVE(TlsContext)

    [[nodiscard]] ssl_ctx_st *handle() const { return m_context; }

private:
    explicit TlsContext(ssl_ctx_st *context) : m_context(context) {}
    ssl_ctx_st *m_context;
};

// One connection.
class TlsFilter
{
public:
    // least: the oldest version it accepts.
    TlsFilter(const TlsContext &context, TlsVersion least);
    ~TlsFilter();
    Q_DISABLE_COPY_MOVE(TlsFilter)

    // Appends the decrypted bytes to `plain`. False: not TLS, a broken record, or another protocol; send
    // takeOutput(), then drop the connection.
    [[nodiscard]] bool feed(QByteArrayView cipher, QByteArray &plain);
    // Queues text until the handshake is done.
    [[nodiscard]] bool seal(QByteArrayView plain);
    void sealEnd(); // close_notify
    // Bytes to send to the other side now.
    [[nodiscard]] QByteArray takeOutput();

    [[nodiscard]] bool isConnected() const;   // the handshake is done
    [[nodiscard]] TlsVersion version() const; // of a connection
    // Why the handshake failed.
    enum class Trouble {
        None,
        TooOld,      // the other side supports only older versions
        Certificate, // it does not accept the certificate
        Ciphers,     // no cipher in common
        Other
    };
    [[nodiscard]] Trouble trouble() const { return m_trouble; }
    [[nodiscard]] qsizetype waiting() const { return m_waiting.size(); }
    [[nodiscard]] bool otherSideEnded() const { return m_ended; }
    // Inside a record: an end now is a cut, whatever the socket says.
    [[nodiscard]] bool isWithinRecord() const { return m_header != 0 || m_recordLeft != 0; }

private:
    void followRecords(QByteArrayView cipher);

    ssl_st *m_ssl = nullptr;
    QByteArray m_waiting; // plaintext queued until the handshake is done
    bool m_ended = false;
    Trouble m_trouble = Trouble::None;
    int m_header = 0;     // bytes of the record header seen
    int m_recordLeft = 0; // bytes left of the record's body
};

} // namespace gatehouse::ftp
