#include "base/motion_profile.h"

#include "base/limits.h"

#include <algorithm>
#include <cmath>

namespace gatehouse
{

namespace
{

constexpr char kUnknownLevel = char(255);
constexpr int kMaxLevelExponent = 11; // 64 levels of 2,048 s exceed the longest item

// Of two levels, of which each may be unknown.
char higherLevel(char a, char b)
{
    if (a == kUnknownLevel || b == kUnknownLevel)
        return a == kUnknownLevel ? b : a;
    return char(std::max(quint8(a), quint8(b)));
}

} // namespace

MotionProfile MotionProfile::fromBytes(const QByteArray &bytes)
{
    MotionProfile out;
    if (bytes.size() > 1 && bytes.size() <= kMaxLevels + 1 && quint8(bytes.front()) <= kMaxLevelExponent)
        out.m_bytes = bytes;
    return out;
}

void MotionProfile::add(qint64 time, double share)
{
    if (time < 0 || time > limits::kMaxItemDuration)
        return;
    if (m_bytes.isEmpty())
        m_bytes.append('\0');
    while (time / levelMs() >= kMaxLevels)
        halve();
    const auto at = qsizetype(1 + time / levelMs());
    if (at >= m_bytes.size())
        m_bytes.append(at + 1 - m_bytes.size(), kUnknownLevel);
    const double level = std::sqrt(std::clamp(share, 0.0, 1.0)) * kMaxLevel;
    m_bytes[at] = higherLevel(m_bytes[at], char(std::lround(level)));
}

// Each level takes over the next one, and spans twice the time.
void MotionProfile::halve()
{
    QByteArray half(1, char(m_bytes.front() + 1));
    for (qsizetype i = 1; i < m_bytes.size(); i += 2)
        half.append(i + 1 < m_bytes.size() ? higherLevel(m_bytes[i], m_bytes[i + 1]) : m_bytes[i]);
    m_bytes = half;
}

std::optional<double> MotionProfile::level(qint64 from, qint64 to) const
{
    if (m_bytes.isEmpty())
        return {};
    const qint64 last = m_bytes.size() - 2;
    const qint64 first = std::max<qint64>(from, 0) / levelMs();
    char highest = kUnknownLevel;
    for (qint64 i = first; i <= std::min(last, std::max(first, (to - 1) / levelMs())); ++i)
        highest = higherLevel(highest, m_bytes[qsizetype(i + 1)]);
    if (highest == kUnknownLevel)
        return {};
    return double(quint8(highest)) / kMaxLevel;
}

} // namespace gatehouse
