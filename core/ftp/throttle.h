// Slows down password guessing (RFC 2577 5), by at most ten seconds per attempt: a correct password is never
// refused, or a camera first set up with a wrong one would stay locked out.
// Counts per address and user, so that a camera with an old password does not slow down others behind the
// same router; an address that tries many users is slowed as a whole, except for users that logged in from
// there before. Failures expire some time after the last one. One thread.
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QString>
#include <utility>

namespace gatehouse::ftp
{

// What counts as one address: an IPv4 address, or an IPv6 /64, because a home has a whole /64 and each host
// can use 2^64 addresses.
QByteArray addressKey(const QHostAddress &peer);

class Throttle
{
public:
    // `free`: wrong passwords before any delay.
    Throttle(int free, qint64 forgiveAfterMs) : m_free(free), m_forgiveAfter(forgiveAfterMs) {}

    // Delay before the next password is checked, ms.
    [[nodiscard]] int delayOf(const QHostAddress &peer, const QString &user, qint64 now) const;
    void wrong(const QHostAddress &peer, const QString &user, qint64 now);
    void right(const QHostAddress &peer, const QString &user, qint64 now);
    // The user's password has changed: earlier failures no longer count, from any address.
    void forget(const QString &user);
    [[nodiscard]] qsizetype size() const { return m_users.size() + m_addresses.size(); }

private:
    struct Count {
        int wrong = 0;
        qint64 last = 0;
        bool known = false; // has logged in from this address
    };
    using User = std::pair<QByteArray, QString>; // with its address
    [[nodiscard]] static User userAt(const QHostAddress &peer, const QString &user);
    template<typename Key>
    [[nodiscard]] int valid(const QHash<Key, Count> &counts, const Key &key, qint64 now) const;
    template<typename Key>
    Count &touch(QHash<Key, Count> &counts, const Key &key, qint64 now) const;

    int m_free;
    qint64 m_forgiveAfter;
    QHash<User, Count> m_users;
    QHash<QByteArray, Count> m_addresses;
};

} // namespace gatehouse::ftp
