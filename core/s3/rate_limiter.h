// Limits bytes per second for everything that takes from it: in no second more than the rate, by a token
// bucket that holds a twenty-first of it and refills with the rest. Times are microseconds of any clock that
// never goes back. One thread.
#pragma once

#include <QtGlobal>

namespace gatehouse::s3
{

class RateLimiter
{
public:
    // The slowest limit, bytes per second: below it, single packets would break it.
    static constexpr qint64 kSlowest = 16'384;

    // 0: no limit. Lower ones than kSlowest count as that.
    void setRate(qint64 bytesPerSecond, qint64 now);
    [[nodiscard]] bool isLimited() const { return m_rate > 0; }
    // How many of the wanted bytes may go now; 0: wait. Never tiny pieces of a larger want.
    qint64 take(qint64 wanted, qint64 now);
    // Until the next piece is available, microseconds; 0: it is.
    [[nodiscard]] qint64 wait(qint64 now);
    // How many pieces are available, so that as many waiting transfers may continue.
    [[nodiscard]] qint64 pieces(qint64 now);

private:
    void refill(qint64 now);
    [[nodiscard]] double capacity() const { return double(m_rate) / 21; }
    [[nodiscard]] double piece() const;

    qint64 m_rate = 0;
    double m_tokens = 0;
    qint64 m_last = 0;
};

} // namespace gatehouse::s3
