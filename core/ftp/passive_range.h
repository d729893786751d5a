// Where a passive data connection is offered: which port, and which address is told to whom.
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QString>
#include <utility>
#include <vector>

namespace gatehouse::ftp
{

// The address told in answer to PASV, by the client's network: behind a router or in a container the
// PC's own address is not the one that cameras reach. The narrowest network that holds the peer wins.
class PassiveAddresses
{
public:
    // "192.168.1.0/24" -> "192.168.1.20"; entries that are no network or no address are left out.
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

// A listening socket on `local`, on any free port or one of first…last (tried from a random one, so that
// the next port can't be foretold: RFC 2577 3). -1: none is free.
int openPassive(const QHostAddress &local, quint16 first, quint16 last);

} // namespace gatehouse::ftp
