// What clients do session after session: a single port without a connection, or a single empty file, means
// nothing; several in a row are a fault. A file that was refused is one at once, and over when one of its
// kind is stored: pictures that arrive say nothing about clips that do not. Remembers which faults of a user
// are open, to report when they are over. Bounded: per user who has logged in, and a few thousand addresses.
// Network thread.
#pragma once

#include "ftp/server.h"

#include <QHash>
#include <QSet>
#include <functional>

namespace gatehouse::ftp
{

class ClientHabits
{
public:
    using Seen = std::function<void(const Fault &)>;
    using Over = std::function<void(const QString &user, FaultKind kind)>;
    ClientHabits(Seen seen, Over over) : m_seen(std::move(seen)), m_over(std::move(over)) {}

    // As in SessionHost.
    void notifyFault(const Fault &fault);
    void notifyNoLogIn(const QHostAddress &peer, bool isProbe);
    void notifyLoggedIn(const QHostAddress &peer);
    void notifyPassiveUnused(const Fault &fault, bool isCertain);
    void notifyDataLinked(const QString &user);
    void notifyUploadEnded(const QString &user, const QHostAddress &peer, bool isEmpty);
    void notifyFileRefused(const Fault &fault, const QString &path);
    void notifyFileKept(const QString &user, const QString &path);
    void notifyNameKept(const QString &user, const QString &path);

private:
    struct User {
        int unusedPorts = 0; // in a row
        int emptyFiles = 0;
        QHash<FaultKind, QString> refused; // extension of the last file
        QSet<FaultKind> open;              // of those after the login
    };
    struct Address {
        int probes = 0; // in a row
        bool hasLoggedIn = false;
    };
    void open(const Fault &fault);
    void close(const QString &user, FaultKind kind);
    void closeRefusal(const QString &user, FaultKind kind, const QString &path);

    Seen m_seen;
    Over m_over;
    QHash<QString, User> m_users;
    QHash<QByteArray, Address> m_addresses; // by addressKey()
};

} // namespace gatehouse::ftp
