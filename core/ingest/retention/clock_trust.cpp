#include "ingest/retention/clock_trust.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kHour = 3'600'000;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kWeek = 7 * kDay;
constexpr qint64 kMaxClockCorrection = 2 * kHour; // of a clock that is set right by hand
constexpr qint64 kMaxOffTime = kDay; // of the week that the clock goes on: nobody knows that it did
constexpr qint64 kSettling = kHour;
constexpr qint64 kY2020 = 1'577'836'800'000; // before there was a Gatehouse

} // namespace

void ClockTrust::look(qint64 now, qint64 elapsed)
{
    const bool isStart = !m_elapsed;
    const qint64 passed = isStart ? 0 : std::max<qint64>(0, elapsed - *m_elapsed);
    const bool hasJumped = !isStart && std::abs(now - m_memory.last - passed) > kMaxClockCorrection;
    m_elapsed = elapsed;
    if (isStart || hasJumped)
        m_steadySince = elapsed;
    if (m_memory.believed < kY2020) {
        m_memory.last = now;
        believe(now); // it was never set
        return;
    }
    m_memory.believed += passed;
    if (isStart) {
        start(now);
    } else if (hasJumped) {
        m_memory.doubtedSince = isBack(now) ? std::nullopt : std::optional(now);
    } else {
        goOn(now);
    }
    m_memory.last = now;
}

void ClockTrust::start(qint64 now)
{
    const qint64 ahead = now - m_memory.believed;
    const bool isAsItWas = now >= m_memory.last - kMaxClockCorrection && now - m_memory.last <= kWeek;
    m_mayBeAhead = kWeek;
    if (isDoubted() && isAsItWas) {
        m_mayBeAhead = 0;
        *m_memory.doubtedSince += std::max<qint64>(0, now - m_memory.last - kMaxOffTime);
        goOn(now);
        return;
    }
    if (std::abs(ahead) <= kWeek)
        m_memory.doubtedSince.reset();
    else
        m_memory.doubtedSince = now;
}

void ClockTrust::goOn(qint64 now)
{
    if (isDoubted() ? now - *m_memory.doubtedSince >= kWeek : *m_elapsed - m_steadySince >= kSettling)
        believe(now);
}

bool ClockTrust::isBack(qint64 now) const
{
    const qint64 ahead = now - m_memory.believed;
    return ahead >= -kMaxClockCorrection && ahead <= m_mayBeAhead + kMaxClockCorrection;
}

void ClockTrust::believe(qint64 now)
{
    m_memory.believed = now;
    m_memory.doubtedSince.reset();
    m_mayBeAhead = 0;
}

qint64 ClockTrust::ageNow() const
{
    return std::min(m_memory.last, m_memory.believed);
}

QString ClockTrust::doubt() const
{
    if (!isDoubted())
        return {};
    const qint64 off = std::abs(m_memory.last - m_memory.believed);
    const QString by = off >= 2 * kDay ? tr("%1 days").arg((off + kDay / 2) / kDay)
                                       : tr("%1 hours").arg((off + kHour / 2) / kHour);
    return m_memory.last > m_memory.believed
               ? tr("The PC's clock is %1 ahead of where it was. Set it if it is wrong. Nothing is deleted "
                    "for "
                    "its age until it is back, or has gone on for a week.")
                     .arg(by)
               : tr("The PC's clock is %1 behind where it was. Set it: what arrives now is kept under the "
                    "wrong date.")
                     .arg(by);
}

} // namespace gatehouse::ingest
