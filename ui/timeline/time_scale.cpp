#include "timeline/time_scale.h"

namespace gatehouse::timeline
{

TimeScale TimeScale::zoomedAt(double x, double factor) const
{
    TimeScale out = *this;
    out.msPerPixel = std::clamp(msPerPixel * factor, kMinSpan / width, kMaxSpan / width);
    out.start = start + x * (msPerPixel - out.msPerPixel);
    return out;
}

TimeScale TimeScale::panned(double pixels) const
{
    TimeScale out = *this;
    out.start += pixels * msPerPixel;
    return out;
}

TimeScale TimeScale::showing(TimeRange range) const
{
    TimeScale out = *this;
    const double wanted = std::clamp(double(range.length()), kMinSpan, kMaxSpan);
    out.msPerPixel = wanted / width;
    out.start = double(range.start) + (double(range.length()) - wanted) / 2;
    return out;
}

} // namespace gatehouse::timeline
