#include "ingest/clock_guard.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kDay = 86'400'000;
constexpr qint64 kWeek = 7 * kDay;
constexpr qint64 kY2020 = 1'577'836'800'000; // before there was a Gatehouse

bool isNear(qint64 a, qint64 b)
{
    return std::abs(a - b) <= kWeek;
}

} // namespace

void ClockGuard::look(qint64 now)
{
    const bool isSteady = isNear(now, m_memory.last);
    m_memory.last = now;
    const bool wasNeverSet = m_memory.believed < kY2020;
    const bool hasGoneOn = isSteady && m_memory.doubtedSince && now - *m_memory.doubtedSince >= kWeek;
    if (isNear(now, m_memory.believed) || wasNeverSet || hasGoneOn) {
        m_memory.believed = now;
        m_memory.doubtedSince.reset();
    } else if (!m_memory.doubtedSince || !isSteady) {
        m_memory.doubtedSince = now;
    }
}

qint64 ClockGuard::ageNow() const
{
    return isDoubted() ? std::min(m_memory.last, m_memory.believed) : m_memory.last;
}

QString ClockGuard::doubt() const
{
    if (!isDoubted())
        return {};
    const qint64 days = std::abs(m_memory.last - m_memory.believed) / kDay;
    return m_memory.last > m_memory.believed
               ? tr("The PC's clock is %1 days ahead of where it was. Nothing is deleted for its age until "
                    "it "
                    "is back, or has gone on for a week.")
                     .arg(days)
               : tr("The PC's clock is %1 days behind where it was. What arrives now is kept under the "
                    "wrong date.")
                     .arg(days);
}

} // namespace gatehouse::ingest
