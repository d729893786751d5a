// The server's side of TLS without a socket: ciphertext in, plain text out, and back. OpenSSL is used
// directly because the receiver must tell an orderly end from a cut one, refuse renegotiation and refuse
// clients that speak another protocol (ALPN), which QSslSocket leaves no hook for.
// Old cameras know TLS 1.0 and small keys only; that is still better than their plain FTP, so both are
// taken unless a newer version is asked for. RFC 4217, RFC 7301, RFC 5746.
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

// The certificate and the rules, shared by all connections.
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
    // least: the oldest version that it is taken with.
    TlsFilter(const TlsContext &context, TlsVersion least);
    ~TlsFilter();
    Q_DISABLE_COPY_MOVE(TlsFilter)

    // Adds what it decrypts to `plain`. False: not TLS, a broken record, another protocol; the
    // connection is of no more use after takeOutput() has been sent.
    [[nodiscard]] bool feed(QByteArrayView cipher, QByteArray &plain);
    // Text before the end of the handshake is kept and sent after it.
    [[nodiscard]] bool seal(QByteArrayView plain);
    void sealEnd(); // close_notify
    // What has to go to the other side now.
    [[nodiscard]] QByteArray takeOutput();

    [[nodiscard]] bool isConnected() const;   // the handshake is done
    [[nodiscard]] TlsVersion version() const; // of a connection
    [[nodiscard]] bool isTooOld() const
    {
        return m_tooOld;
    } // no handshake: the other side has older versions only
    [[nodiscard]] qsizetype waiting() const { return m_waiting.size(); }
    [[nodiscard]] bool otherSideEnded() const { return m_ended; }
    // Half a record has come: an end now is a cut, whatever the socket says.
    [[nodiscard]] bool isWithinRecord() const { return m_header != 0 || m_recordLeft != 0; }

private:
    void followRecords(QByteArrayView cipher);

    ssl_st *m_ssl = nullptr;
    QByteArray m_waiting; // plain text until the handshake is done
    bool m_ended = false;
    bool m_tooOld = false;
    int m_header = 0;     // bytes of the record header seen
    int m_recordLeft = 0; // bytes of the record's body to come
};

} // namespace gatehouse::ftp
