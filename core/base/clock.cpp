#include "base/clock.h"

#include <chrono>

namespace gatehouse
{

namespace
{
template<typename ClockType>
qint64 milliseconds()
{
    using namespace std::chrono;
    return duration_cast<std::chrono::milliseconds>(ClockType::now().time_since_epoch()).count();
}
} // namespace

qint64 SystemClock::now() const
{
    return milliseconds<std::chrono::system_clock>();
}

qint64 SystemClock::elapsed() const
{
    return milliseconds<std::chrono::steady_clock>();
}

} // namespace gatehouse
