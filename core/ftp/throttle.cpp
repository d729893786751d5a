#include "ftp/throttle.h"

#include "base/limits.h"

#include <algorithm>
#include <vector>

namespace gatehouse::ftp
{

namespace
{
constexpr int kTimesPerAddress = 10; // times the limit of one user
constexpr int kDelayStepMs = 1000;   // one more second per wrong password
constexpr int kMaxDelayMs = 10'000;
constexpr qsizetype kMaxCounts = 4096; // of each kind: an attacker must not fill the memory

int delayAfter(int wrong, int free)
{
    return wrong < free ? 0 : std::min(wrong - free + 1, kMaxDelayMs / kDelayStepMs) * kDelayStepMs;
}

// Drops half at once, so that the cost per name stays low in a flood of names.
template<typename Counts>
void dropOlderHalf(Counts &counts)
{
    std::vector<qint64> times;
    times.reserve(size_t(counts.size()));
    for (const auto &count : std::as_const(counts))
        times.push_back(count.last);
    const auto middle = times.begin() + qsizetype(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    counts.removeIf([oldest = *middle](auto it) { return it->last <= oldest; });
}
} // namespace

QByteArray addressKey(const QHostAddress &peer)
{
    if (peer.protocol() == QAbstractSocket::IPv4Protocol)
        return QByteArray::number(peer.toIPv4Address(), 16);
    const Q_IPV6ADDR bytes = peer.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(&bytes), 8);
}

Throttle::User Throttle::userAt(const QHostAddress &peer, const QString &user)
{
    return {addressKey(peer), user.left(limits::kMaxUserName)};
}

template<typename Key>
int Throttle::valid(const QHash<Key, Count> &counts, const Key &key, qint64 now) const
{
    const auto it = counts.constFind(key);
    return it == counts.cend() || now - it->last >= m_forgiveAfter ? 0 : it->wrong;
}

int Throttle::delayOf(const QHostAddress &peer, const QString &user, qint64 now) const
{
    if (m_users.isEmpty() && m_addresses.isEmpty())
        return 0;
    const User at = userAt(peer, user);
    const int ofUser = delayAfter(valid(m_users, at, now), m_free);
    if (m_users.value(at).known)
        return ofUser;
    return std::max(ofUser, delayAfter(valid(m_addresses, at.first, now), kTimesPerAddress * m_free));
}

template<typename Key>
Throttle::Count &Throttle::touch(QHash<Key, Count> &counts, const Key &key, qint64 now) const
{
    if (counts.size() >= kMaxCounts && !counts.contains(key)) {
        counts.removeIf([&](auto it) { return now - it->last >= m_forgiveAfter; });
        if (counts.size() >= kMaxCounts)
            dropOlderHalf(counts);
    }
    Count &count = counts[key];
    if (now - count.last >= m_forgiveAfter)
        count.wrong = 0;
    count.last = now;
    return count;
}

void Throttle::wrong(const QHostAddress &peer, const QString &user, qint64 now)
{
    const User at = userAt(peer, user);
    ++touch(m_users, at, now).wrong;
    ++touch(m_addresses, at.first, now).wrong;
}

void Throttle::right(const QHostAddress &peer, const QString &user, qint64 now)
{
    Count &count = touch(m_users, userAt(peer, user), now);
    count.wrong = 0;
    count.known = true;
}

void Throttle::forget(const QString &user)
{
    const QString name = user.left(limits::kMaxUserName);
    for (auto it = m_users.begin(); it != m_users.end(); ++it) {
        if (it.key().second != name)
            continue;
        // Failures for other users still count against the address.
        if (const auto address = m_addresses.find(it.key().first); address != m_addresses.end())
            address->wrong = std::max(0, address->wrong - it->wrong);
        it->wrong = 0;
    }
}

} // namespace gatehouse::ftp
