#include "s3/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::s3
{

namespace
{
constexpr double kLargestPiece = 16'384; // bytes; a TLS record
constexpr double kMicroseconds = 1e6;
} // namespace

void RateLimiter::setRate(qint64 bytesPerSecond, qint64 now)
{
    refill(now);
    m_rate = bytesPerSecond > 0 ? std::max(bytesPerSecond, kSlowest) : 0;
    m_tokens = std::min(m_tokens, capacity());
}

double RateLimiter::piece() const
{
    return std::min(kLargestPiece, capacity() / 2);
}

void RateLimiter::refill(qint64 now)
{
    const double refilled = double(m_rate) * 20 / 21 * double(now - m_last) / kMicroseconds;
    m_tokens = std::min(capacity(), m_tokens + refilled);
    m_last = now;
}

qint64 RateLimiter::take(qint64 wanted, qint64 now)
{
    if (m_rate == 0)
        return wanted;
    refill(now);
    if (m_tokens < std::min(double(wanted), piece()))
        return 0;
    const qint64 granted = std::min(wanted, qint64(m_tokens));
    m_tokens -= double(granted);
    return granted;
}

qint64 RateLimiter::wait(qint64 now)
{
    if (m_rate == 0)
        return 0;
    refill(now);
    const double missing = piece() - m_tokens;
    return missing <= 0 ? 0 : qint64(std::ceil(missing * kMicroseconds * 21 / 20 / double(m_rate)));
}

qint64 RateLimiter::pieces(qint64 now)
{
    refill(now);
    return qint64(m_tokens / piece());
}

} // namespace gatehouse::s3
