#include "offsite/back_off.h"

#include <algorithm>

namespace gatehouse::offsite
{

qint64 BackOff::wait(int failures)
{
    constexpr int kMaxDoublings = 30;
    const qint64 doubled = m_first << std::clamp(failures - 1, 0, kMaxDoublings);
    const qint64 whole = std::min(doubled, m_longest);
    return whole - m_random.bounded(whole / 2 + 1);
}

void CircuitBreaker::started()
{
    m_isProbing = m_isOpen;
}

void CircuitBreaker::succeeded()
{
    reset();
}

void CircuitBreaker::failed(qint64 now, qint64 retryAfter)
{
    ++m_failures;
    m_isProbing = false;
    if (m_failures < kThreshold && retryAfter == 0)
        return;
    m_isOpen = true;
    const int inARow = std::max(m_failures - kThreshold + 1, 1);
    m_until = std::max(m_until, now + std::max(retryAfter, m_backOff.wait(inARow)));
}

void CircuitBreaker::halted(qint64 now)
{
    m_failures = std::max(m_failures + 1, kThreshold);
    m_isProbing = false;
    m_isOpen = true;
    m_until = now + kLongest;
}

void CircuitBreaker::reset()
{
    m_failures = 0;
    m_until = 0;
    m_isOpen = false;
    m_isProbing = false;
}

} // namespace gatehouse::offsite
