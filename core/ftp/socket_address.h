// Addresses of a connected descriptor as Qt values; the IPv4 peer of a dual-stack listener is IPv4.
#pragma once

#include <QHostAddress>

struct sockaddr_storage;

namespace gatehouse::ftp
{

QHostAddress peerAddress(int descriptor);
QHostAddress localAddress(int descriptor);
quint16 localPort(int descriptor);
// Unwraps an IPv4-mapped IPv6 address.
QHostAddress plainAddress(const QHostAddress &address);
// Fills `storage` and returns its length.
unsigned toSocketAddress(const QHostAddress &address, quint16 port, sockaddr_storage &storage);

} // namespace gatehouse::ftp
