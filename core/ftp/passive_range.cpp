#include "ftp/passive_range.h"

#include "ftp/socket_address.h"

#include <QRandomGenerator>
#include <algorithm>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::ftp
{

namespace
{
constexpr int kPassiveBacklog = 128; // other hosts must not crowd out the camera before they are closed

bool listenOn(int descriptor, const QHostAddress &local, quint16 port)
{
    sockaddr_storage storage;
    const auto length = toSocketAddress(local, port, storage);
    return ::bind(descriptor, reinterpret_cast<const sockaddr *>(&storage), length) == 0 &&
           ::listen(descriptor, kPassiveBacklog) == 0;
}

int newSocket(const QHostAddress &local)
{
    const int family = local.protocol() == QAbstractSocket::IPv4Protocol ? AF_INET : AF_INET6;
    return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}
} // namespace

PassiveAddresses::PassiveAddresses(const QHash<QString, QString> &byNetwork)
{
    for (auto it = byNetwork.cbegin(); it != byNetwork.cend(); ++it) {
        const auto subnet = QHostAddress::parseSubnet(it.key());
        const QHostAddress address(it.value());
        if (subnet.second >= 0 && address.protocol() == QAbstractSocket::IPv4Protocol)
            m_entries.push_back({subnet.first, subnet.second, address});
    }
    std::sort(m_entries.begin(), m_entries.end(),
              [](const Entry &a, const Entry &b) { return a.prefix > b.prefix; });
}

QHostAddress PassiveAddresses::addressFor(const QHostAddress &peer, const QHostAddress &local) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&peer](const Entry &entry) {
        return peer.isInSubnet(entry.network, entry.prefix);
    });
    return found == m_entries.end() ? local : found->address;
}

int openPassive(const QHostAddress &local, quint16 first, quint16 last)
{
    const int descriptor = newSocket(local);
    if (descriptor < 0)
        return -1;
    if (first == 0) {
        if (listenOn(descriptor, local, 0))
            return descriptor;
        ::close(descriptor);
        return -1;
    }
    const int count = std::max(last - first, 0) + 1;
    const int start = QRandomGenerator::global()->bounded(count);
    int candidate = descriptor;
    for (int i = 0; i < count && candidate >= 0; ++i) {
        const int reuse = 1; // ports of the range are in TIME_WAIT after each transfer
        ::setsockopt(candidate, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
        if (listenOn(candidate, local, quint16(first + (start + i) % count)))
            return candidate;
        ::close(candidate); // a socket cannot be bound twice
        candidate = newSocket(local);
    }
    if (candidate >= 0)
        ::close(candidate);
    return -1;
}

} // namespace gatehouse::ftp
