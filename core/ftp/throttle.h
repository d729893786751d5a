// Slows down and then refuses those who guess passwords (RFC 2577 5). Counted per address and user, so
// that one camera with an old password does not lock out the others behind the same router; an address
// that tries many users is refused as a whole, except for users that logged in from there before.
// Forgiven some time after the last wrong password; what is refused is not counted. One thread.
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QString>

namespace gatehouse::ftp
{

// What counts as one address: an IPv4 address, or the /64 of an IPv6 one, because a home has a whole
// /64 and one of its hosts 2^64 addresses to come from.
QByteArray addressKey(const QHostAddress &peer);

class Throttle
{
public:
    // `free`: wrong passwords without a delay; as many again are delayed, then refused.
    Throttle(int free, qint64 forgiveAfterMs) : m_free(free), m_forgiveAfter(forgiveAfterMs) {}

    enum class Verdict { Free, Delayed, Refused };
    struct Answer {
        Verdict verdict = Verdict::Free;
        int delayMs = 0;
    };
    [[nodiscard]] Answer ask(const QHostAddress &peer, const QString &user, qint64 now) const;
    void wrong(const QHostAddress &peer, const QString &user, qint64 now);
    void right(const QHostAddress &peer, const QString &user, qint64 now);
    [[nodiscard]] qsizetype size() const { return m_users.size() + m_addresses.size(); }

private:
    struct Count {
        int wrong = 0;
        qint64 last = 0;
        bool known = false; // has logged in from there
    };
    using Counts = QHash<QByteArray, Count>;
    [[nodiscard]] int valid(const Counts &counts, const QByteArray &key, qint64 now) const;
    Count &touch(Counts &counts, const QByteArray &key, qint64 now) const;

    int m_free;
    qint64 m_forgiveAfter;
    Counts m_users;
    Counts m_addresses;
};

} // namespace gatehouse::ftp
