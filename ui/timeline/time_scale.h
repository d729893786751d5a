// Maps times to logical pixels: a start and milliseconds per pixel. The only limits are a span of a few
// seconds to two years over the width. Times: UTC ms. Any thread.
#pragma once

#include "base/time_range.h"

namespace gatehouse::timeline
{

struct TimeScale {
    static constexpr double kMinSpan = 4'000;                // ms over the whole width
    static constexpr double kMaxSpan = 731.0 * 86'400'000.0; // ms: two years

    double start = 0; // at x = 0; not rounded, so that small wheel steps add up
    double msPerPixel = 3'000;
    int width = 1;

    [[nodiscard]] double xOf(qint64 t) const { return (double(t) - start) / msPerPixel; }
    [[nodiscard]] qint64 timeAt(double x) const { return qint64(start + x * msPerPixel); }
    [[nodiscard]] double span() const { return msPerPixel * width; }
    [[nodiscard]] TimeRange range() const { return {timeAt(0), timeAt(width) + 1}; }

    // factor > 1 shows more time; the time at x stays in place.
    [[nodiscard]] TimeScale zoomedAt(double x, double factor) const;
    [[nodiscard]] TimeScale panned(double pixels) const; // > 0: later times come into view
    [[nodiscard]] TimeScale showing(TimeRange range) const;

    friend bool operator==(const TimeScale &, const TimeScale &) = default;
};

} // namespace gatehouse::timeline
