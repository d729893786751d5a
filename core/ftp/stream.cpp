#include "ftp/stream.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::ftp
{

namespace
{
constexpr qsizetype kMaxUnsentBytes = 1 << 20;
constexpr qsizetype kTlsReadBytes = 64 << 10;
} // namespace

Stream::Stream(Poller &poller, int descriptor, StreamOwner &owner)
    : m_poller(poller), m_owner(owner), m_descriptor(descriptor)
{
}

Stream::~Stream()
{
    m_poller.forget(m_token);
    ::close(m_descriptor);
}

void Stream::startTls(const TlsContext &context, TlsVersion least)
{
    m_tls = std::make_unique<TlsFilter>(context, least);
}

void Stream::setReading(bool reading)
{
    m_reading = reading;
    updateWatch();
}

// An idle descriptor is unwatched: epoll reports a hang-up even if no events are requested.
void Stream::updateWatch()
{
    const bool read = m_reading && !m_over;
    const bool write = !m_unsent.isEmpty(); // emptied by a send error
    if (read == m_watchesRead && write == m_watchesWrite)
        return;
    if (!read && !write) {
        m_poller.forget(m_token);
        m_token = Poller::kNone;
    } else if (m_token == Poller::kNone) {
        m_token = m_poller.watch(m_descriptor, *this, read, write);
    } else {
        m_poller.change(m_token, read, write);
    }
    m_watchesRead = read;
    m_watchesWrite = write;
}

Stream::State Stream::readRaw(QByteArray &into, qsizetype limit)
{
    const qsizetype before = into.size();
    into.resize(before + limit);
    ssize_t got = 0;
    do {
        got = ::recv(m_descriptor, into.data() + before, size_t(limit), MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    const int error = errno;
    into.resize(before + std::max<ssize_t>(got, 0));
    if (got > 0)
        return State::Open;
    if (got == 0)
        return State::Ended;
    return error == EAGAIN || error == EWOULDBLOCK ? State::Open : State::Cut;
}

Stream::State Stream::readTls(QByteArray &into)
{
    QByteArray cipher;
    cipher.reserve(kTlsReadBytes);
    State state = readRaw(cipher, kTlsReadBytes);
    if (!cipher.isEmpty()) {
        const bool good = m_tls->feed(cipher, into);
        const QByteArray answer = m_tls->takeOutput();
        if (!answer.isEmpty())
            sendRaw(answer);
        if (!good)
            return State::Cut;
        if (m_tls->otherSideEnded())
            return State::Ended;
    }
    if (state == State::Ended && (m_tls->isWithinRecord() || !m_tls->isConnected()))
        state = State::Cut;
    return state;
}

Stream::State Stream::read(QByteArray &into, qsizetype limit)
{
    const State state = m_tls ? readTls(into) : readRaw(into, limit);
    if (state != State::Open) {
        m_over = true;
        updateWatch();
    }
    return state;
}

bool Stream::send(QByteArrayView bytes)
{
    if (!m_tls)
        return sendRaw(bytes);
    if (!m_tls->seal(bytes))
        return false;
    return sendRaw(m_tls->takeOutput());
}

bool Stream::sendRaw(QByteArrayView bytes)
{
    if (m_unsent.isEmpty()) {
        while (!bytes.isEmpty()) {
            const ssize_t sent =
                ::send(m_descriptor, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
                return false;
            if (sent < 0)
                break;
            bytes = bytes.sliced(sent);
        }
    }
    if (bytes.isEmpty())
        return true;
    if (m_unsent.size() + bytes.size() > kMaxUnsentBytes)
        return false;
    m_unsent.append(bytes);
    updateWatch();
    return true;
}

void Stream::sendEnd()
{
    if (m_tls) {
        m_tls->sealEnd();
        sendRaw(m_tls->takeOutput());
    }
    if (m_unsent.isEmpty())
        ::shutdown(m_descriptor, SHUT_WR);
}

void Stream::pollReady(Readiness readiness)
{
    if (readiness.writable && !m_unsent.isEmpty()) {
        sendRaw(std::exchange(m_unsent, {})); // a failure shows at the next read or send
        updateWatch();
        if (!hasUnsent()) {
            m_owner.streamSent();
            return; // may be destroyed by now; epoll reports unread bytes again
        }
    }
    if (readiness.readable && m_reading)
        m_owner.streamReadable(readiness.lastBytes);
}

} // namespace gatehouse::ftp
