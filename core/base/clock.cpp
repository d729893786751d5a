#include "base/clock.h"

#include <ctime>

namespace gatehouse
{

namespace
{

qint64 milliseconds(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return now.tv_sec * qint64(1'000) + now.tv_nsec / 1'000'000;
}

} // namespace

qint64 SystemClock::now() const
{
    return milliseconds(CLOCK_REALTIME);
}

qint64 SystemClock::elapsed() const
{
    return milliseconds(CLOCK_BOOTTIME);
}

} // namespace gatehouse
