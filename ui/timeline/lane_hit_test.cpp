#include "timeline/lane_hit_test.h"

#include "timeline/camera_lane_painter.h"

#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr double kPointerReach = 4; // px around a tick or a narrow block
constexpr int kMaxHitTested = 4'096;

qint64 dayIndex(qint64 t)
{
    return qint64(std::floor(double(t) / double(kChunkMs)));
}

// The item whose block covers x, latest start first; otherwise the nearest within reach.
std::optional<catalog::TimelineItem> hit(const LaneSeries &series, const TimeScale &scale, double x,
                                         double width)
{
    std::optional<catalog::TimelineItem> best;
    double bestDistance = kPointerReach;
    int i = series.firstEndingAfter(scale.timeAt(x - width - kPointerReach) - 1);
    for (int looked = 0; i < series.size() && looked < kMaxHitTested; ++i, ++looked) {
        const catalog::TimelineItem &item = series.items()[i];
        const double left = scale.xOf(item.captured);
        if (left > x + kPointerReach)
            break;
        const double least = isTroubled(item) ? LaneInsets::kMinTroubledWidth : width;
        const double right = std::max(left + least, scale.xOf(endOf(item)));
        const double distance = x < left ? left - x : x > right ? x - right : 0;
        if (distance <= bestDistance) {
            bestDistance = distance;
            best = item;
        }
    }
    return best;
}

} // namespace

std::optional<catalog::TimelineItem> itemAt(const RecordingCache &recordings, CameraId camera,
                                            const TimeScale &scale, double x, bool nearTop)
{
    if (detailFor(scale.span()) != Detail::Items)
        return {};
    const qint64 first = dayIndex(scale.timeAt(x - LaneInsets::kMinTroubledWidth)) - 1;
    const qint64 last = dayIndex(scale.timeAt(x + kPointerReach));
    std::optional<catalog::TimelineItem> still, event, continuous;
    for (qint64 day = first; day <= last; ++day) {
        const auto chunk = recordings.chunk(camera, day);
        if (!chunk)
            continue;
        const auto later = [&](std::optional<catalog::TimelineItem> &kept, const LaneSeries &series,
                               double width) {
            if (const auto found = hit(series, scale, x, width))
                kept = found;
        };
        later(still, chunk->stills, 2);
        later(event, chunk->events, LaneInsets::kMinWidth);
        later(continuous, chunk->continuous, LaneInsets::kMinWidth);
    }
    if (still && nearTop)
        return still;
    if (event)
        return event;
    return continuous ? continuous : still;
}

std::optional<catalog::TimelineItem> findItem(const RecordingCache &recordings, CameraId camera, ItemId item,
                                              qint64 near)
{
    for (const qint64 day : {dayIndex(near), dayIndex(near) - 1, dayIndex(near) + 1}) {
        const auto chunk = recordings.chunk(camera, day);
        if (!chunk)
            continue;
        for (const LaneSeries *series : {&chunk->events, &chunk->stills, &chunk->continuous}) {
            const auto &items = series->items();
            const auto found = std::find_if(items.cbegin(), items.cend(),
                                            [item](const catalog::TimelineItem &i) { return i.id == item; });
            if (found != items.cend())
                return *found;
        }
    }
    return {};
}

} // namespace gatehouse::timeline
