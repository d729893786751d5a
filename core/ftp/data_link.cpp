#include "ftp/data_link.h"

#include "ftp/passive_range.h"
#include "ftp/socket_address.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace gatehouse::ftp
{

DataLink::~DataLink()
{
    cancel();
}

void DataLink::cancel()
{
    m_poller.forget(std::exchange(m_token, Poller::kNone));
    if (m_listening >= 0)
        ::close(std::exchange(m_listening, -1));
    if (m_accepted >= 0)
        ::close(std::exchange(m_accepted, -1));
    if (m_connecting >= 0)
        ::close(std::exchange(m_connecting, -1));
    m_activePort = 0;
    m_isAskedFor = false;
}

quint16 DataLink::listen(const QHostAddress &peer, const QHostAddress &local, quint16 first, quint16 last)
{
    cancel();
    m_reached = m_isActive = false;
    m_stranger.clear();
    m_peer = peer;
    m_listening = openPassive(local, first, last);
    if (m_listening < 0)
        return 0;
    m_token = m_poller.watch(m_listening, *this, true, false);
    if (m_token != Poller::kNone)
        return localPort(m_listening);
    cancel();
    return 0;
}

void DataLink::setActivePort(quint16 port)
{
    cancel();
    m_reached = false;
    m_isActive = true;
    m_activePort = port;
}

void DataLink::open(const QHostAddress &peer, const QHostAddress &local)
{
    m_peer = peer;
    m_isAskedFor = true;
    if (m_accepted >= 0)
        done(std::exchange(m_accepted, -1)); // most clients connect before they request the transfer
    else if (m_listening >= 0)
        acceptPeer();
    else
        connectToPeer(local);
}

void DataLink::done(int descriptor)
{
    cancel();
    m_owner.dataLinked(descriptor);
}

void DataLink::acceptPeer()
{
    for (;;) {
        const int descriptor = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor >= 0) {
            const QHostAddress from = peerAddress(descriptor);
            if (from == m_peer)
                return take(descriptor);
            m_stranger = from;
            ::close(descriptor);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return take(-1);
        }
    }
}

void DataLink::take(int accepted)
{
    m_reached = accepted >= 0;
    if (m_isAskedFor)
        return done(accepted);
    cancel();
    m_accepted = accepted;
}

void DataLink::connectToPeer(const QHostAddress &local)
{
    const int family = m_peer.protocol() == QAbstractSocket::IPv4Protocol ? AF_INET : AF_INET6;
    m_connecting = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_connecting < 0)
        return done(-1);
    sockaddr_storage storage;
    auto length = toSocketAddress(local, 0, storage);
    // Connect from the address the camera talks to, or its firewall may block us; try anyway if bind fails.
    (void)::bind(m_connecting, reinterpret_cast<const sockaddr *>(&storage), length);
    length = toSocketAddress(m_peer, m_activePort, storage);
    if (::connect(m_connecting, reinterpret_cast<const sockaddr *>(&storage), length) == 0)
        return done(std::exchange(m_connecting, -1));
    if (errno != EINPROGRESS)
        return done(-1);
    m_token = m_poller.watch(m_connecting, *this, false, true);
    if (m_token == Poller::kNone)
        done(-1);
}

void DataLink::pollReady(Readiness)
{
    if (m_connecting < 0)
        return acceptPeer();
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(m_connecting, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        return done(-1);
    m_poller.forget(std::exchange(m_token, Poller::kNone));
    done(std::exchange(m_connecting, -1));
}

} // namespace gatehouse::ftp
