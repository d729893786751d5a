// The endpoint offered for a passive data connection: the port, and the address announced to each client.
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QString>
#include <utility>
#include <vector>

namespace gatehouse::ftp
{

// The address announced in the reply to PASV, by the client's network: behind a router or in a container,
// cameras cannot reach the PC's own address. The narrowest network that contains the peer wins.
class PassiveAddresses
{
public:
    // "192.168.1.0/24" -> "192.168.1.20"; ignores entries that do not parse.
    explicit PassiveAddresses(const QHash<QString, QString> &byNetwork);
    [[nodiscard]] QHostAddress addressFor(const QHostAddress &peer, const QHostAddress &local) const;

private:
    struct Entry {
        QHostAddress network;
        int prefix = 0;
        QHostAddress address;
    };
    std::vector<Entry> m_entries; // narrowest first
};

// A listening socket on `local`, on any free port or one in first…last (starting at a random one, so that the
// next port is unpredictable: RFC 2577 3). -1: none is free.
int openPassive(const QHostAddress &local, quint16 first, quint16 last);

} // namespace gatehouse::ftp
