// A half-open range [start, end) of UTC milliseconds.
#pragma once

#include <QMetaType>
#include <algorithm>

namespace gatehouse
{

struct TimeRange {
    qint64 start = 0;
    qint64 end = 0;

    [[nodiscard]] constexpr qint64 length() const { return end - start; }
    [[nodiscard]] constexpr bool isEmpty() const { return end <= start; }
    [[nodiscard]] constexpr bool contains(qint64 t) const { return t >= start && t < end; }
    [[nodiscard]] constexpr bool intersects(TimeRange other) const
    {
        return start < other.end && other.start < end;
    }
    [[nodiscard]] constexpr TimeRange united(TimeRange other) const
    {
        return {std::min(start, other.start), std::max(end, other.end)};
    }
    friend constexpr bool operator==(const TimeRange &, const TimeRange &) = default;
};

} // namespace gatehouse

Q_DECLARE_METATYPE(gatehouse::TimeRange)
