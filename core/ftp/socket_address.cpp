#include "ftp/socket_address.h"

#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace gatehouse::ftp
{

namespace
{
QHostAddress fromSocketAddress(const sockaddr_storage &storage)
{
    QHostAddress address(reinterpret_cast<const sockaddr *>(&storage));
    if (storage.ss_family == AF_INET6) {
        const auto &v6 = reinterpret_cast<const sockaddr_in6 &>(storage);
        if (v6.sin6_scope_id != 0) // a link-local address is meaningless without its interface
            address.setScopeId(QString::number(v6.sin6_scope_id));
    }
    return plainAddress(address);
}
} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 v4 = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(v4) : address;
}

QHostAddress peerAddress(int descriptor)
{
    sockaddr_storage storage = {};
    socklen_t length = sizeof storage;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return {};
    return fromSocketAddress(storage);
}

QHostAddress localAddress(int descriptor)
{
    sockaddr_storage storage = {};
    socklen_t length = sizeof storage;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return {};
    return fromSocketAddress(storage);
}

quint16 localPort(int descriptor)
{
    sockaddr_storage storage = {};
    socklen_t length = sizeof storage;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return 0;
    return storage.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6 &>(storage).sin6_port)
                                         : ntohs(reinterpret_cast<const sockaddr_in &>(storage).sin_port);
}

unsigned toSocketAddress(const QHostAddress &address, quint16 port, sockaddr_storage &storage)
{
    storage = {};
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto &v4 = reinterpret_cast<sockaddr_in &>(storage);
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        return sizeof v4;
    }
    auto &v6 = reinterpret_cast<sockaddr_in6 &>(storage);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    v6.sin6_scope_id = address.scopeId().toUInt(); // link-local: the interface index
    return sizeof v6;
}

} // namespace gatehouse::ftp
