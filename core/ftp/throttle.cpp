#include "ftp/throttle.h"

#include <algorithm>
#include <vector>

namespace gatehouse::ftp
{

namespace
{
constexpr int perAddress = 10;    // times what one user may
constexpr int delayStepMs = 1000; // one second more with every wrong password
constexpr int longestDelayMs = 10'000;
constexpr qsizetype mostCounts = 4096; // of each kind: an attacker must not fill the memory
constexpr qsizetype longestUser = 64;

QByteArray userKey(const QHostAddress &peer, const QString &user)
{
    return addressKey(peer) + '/' + user.left(longestUser).toUtf8();
}

// Half at once, so that a flood of names costs little for each.
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

int Throttle::valid(const Counts &counts, const QByteArray &key, qint64 now) const
{
    const auto it = counts.constFind(key);
    return it == counts.cend() || now - it->last >= m_forgiveAfter ? 0 : it->wrong;
}

Throttle::Answer Throttle::ask(const QHostAddress &peer, const QString &user, qint64 now) const
{
    if (m_users.isEmpty() && m_addresses.isEmpty())
        return {};
    const QByteArray key = userKey(peer, user);
    const int wrong = valid(m_users, key, now);
    const bool isKnown = m_users.value(key).known;
    if (wrong >= 2 * m_free)
        return {Verdict::Refused, 0};
    if (!isKnown && valid(m_addresses, addressKey(peer), now) >= perAddress * m_free)
        return {Verdict::Refused, 0};
    if (wrong < m_free)
        return {};
    return {Verdict::Delayed, std::min((wrong - m_free + 1) * delayStepMs, longestDelayMs)};
}

Throttle::Count &Throttle::touch(Counts &counts, const QByteArray &key, qint64 now) const
{
    if (counts.size() >= mostCounts && !counts.contains(key)) {
        counts.removeIf([&](Counts::iterator it) { return now - it->last >= m_forgiveAfter; });
        if (counts.size() >= mostCounts)
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
    ++touch(m_users, userKey(peer, user), now).wrong;
    ++touch(m_addresses, addressKey(peer), now).wrong;
}

void Throttle::right(const QHostAddress &peer, const QString &user, qint64 now)
{
    Count &count = touch(m_users, userKey(peer, user), now);
    count.wrong = 0;
    count.known = true;
}

} // namespace gatehouse::ftp
