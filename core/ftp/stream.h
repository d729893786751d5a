// A connected non-blocking TCP socket, plain or TLS. It reads the descriptor itself, because QTcpSocket does
// not distinguish a reset (the upload was cut) from an orderly close (it is complete).
// Owns the descriptor. Lives on the poller's thread. May be deleted inside its owner's callbacks.
#pragma once

#include "ftp/poller.h"
#include "ftp/tls.h"

#include <QByteArray>

namespace gatehouse::ftp
{

class StreamOwner
{
public:
    StreamOwner() = default;
    Q_DISABLE_COPY_MOVE(StreamOwner)
    virtual ~StreamOwner() = default;
    // `lastBytes`: keep reading until end of stream; it has already arrived.
    virtual void streamReadable(bool lastBytes) = 0;
    // What send() had queued has gone out. Not called for text that waited for the TLS handshake: check
    // hasUnsent() after a read.
    virtual void streamSent() {}
};

class Stream final : public Pollable
{
public:
    enum class State { Open, Ended, Cut };

    Stream(Poller &poller, int descriptor, StreamOwner &owner);
    ~Stream() override;

    void startTls(const TlsContext &context, TlsVersion least); // RFC 4217: this side is the server
    [[nodiscard]] bool isTls() const { return m_tls != nullptr; }
    [[nodiscard]] TlsVersion tlsVersion() const { return m_tls->version(); } // after the handshake
    [[nodiscard]] TlsFilter::Trouble tlsTrouble() const
    {
        return m_tls ? m_tls->trouble() : TlsFilter::Trouble::None;
    }
    [[nodiscard]] bool isShakingHands() const { return m_tls && !m_tls->isConnected(); }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

    // While not reading, TCP holds back the other side. An ended stream is not watched again.
    void setReading(bool reading);
    // Appends up to about `limit` bytes to `into`, without blocking.
    State read(QByteArray &into, qsizetype limit);
    // Sends what the socket accepts now and the rest later. False: the other side is gone, or more than a
    // megabyte is queued.
    bool send(QByteArrayView bytes);
    [[nodiscard]] bool hasUnsent() const { return !m_unsent.isEmpty() || (m_tls && m_tls->waiting() > 0); }
    // Signals the end of the stream to the other side.
    void sendEnd();

    void pollReady(Readiness readiness) override;

private:
    State readRaw(QByteArray &into, qsizetype limit);
    State readTls(QByteArray &into);
    bool sendRaw(QByteArrayView bytes);
    void updateWatch();

    Poller &m_poller;
    StreamOwner &m_owner;
    std::unique_ptr<TlsFilter> m_tls;
    QByteArray m_unsent;
    int m_descriptor;
    Poller::Token m_token = Poller::kNone;
    bool m_reading = false;
    bool m_watchesRead = false;
    bool m_watchesWrite = false;
    bool m_over = false; // ended or cut: no more to read
};

} // namespace gatehouse::ftp
