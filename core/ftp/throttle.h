// Slows down those who guess passwords (RFC 2577 5), by at most ten seconds a try: a right password is never
// refused, or a camera that was set up wrongly at first would stay locked out with the right one.
// Counted per address and user, so that one camera with an old password does not slow down the others behind
// the same router; an address that tries many users is slowed as a whole, except for users that logged in
// from there before. Forgiven some time after the last wrong password. One thread.
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QString>
#include <utility>

namespace gatehouse::ftp
{

// What counts as one address: an IPv4 address, or the /64 of an IPv6 one, because a home has a whole
// /64 and one of its hosts 2^64 addresses to come from.
QByteArray addressKey(const QHostAddress &peer);

class Throttle
{
public:
    // `free`: wrong passwords without a delay.
    Throttle(int free, qint64 forgiveAfterMs) : m_free(free), m_forgiveAfter(forgiveAfterMs) {}

    // Until the next password is looked at, ms.
    [[nodiscard]] int delayOf(const QHostAddress &peer, const QString &user, qint64 now) const;
    void wrong(const QHostAddress &peer, const QString &user, qint64 now);
    void right(const QHostAddress &peer, const QString &user, qint64 now);
    // It has a new password: wrong ones no longer count, wherever they came from.
    void forget(const QString &user);
    [[nodiscard]] qsizetype size() const { return m_users.size() + m_addresses.size(); }

private:
    struct Count {
        int wrong = 0;
        qint64 last = 0;
        bool known = false; // has logged in from there
    };
    using User = std::pair<QByteArray, QString>; // from which address
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
