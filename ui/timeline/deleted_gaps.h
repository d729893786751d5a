// The gaps that deletions left in a lane, at any zoom: spans that touch on screen form one gap, so there are
// never more than fit into the pixels. Reads only what the cache has loaded. GUI thread.
#pragma once

#include "timeline/lane_blocks.h"
#include "timeline/recording_cache.h"
#include "timeline/time_scale.h"

namespace gatehouse::timeline
{

struct DeletedGap {
    static constexpr int kMinWidth = 6; // logical pixels

    struct Run {
        int left = 0;
        int right = 0; // exclusive

        friend bool operator==(const Run &, const Run &) = default;
    };

    int left = 0; // device pixels
    int right = 0;
    QVector<catalog::DeletedSpan>
        reasons;               // one entry per reason, without recordings; the largest comes first
    QVector<Run> hatched = {}; // what was recorded in the gap, from left to right; they do not touch

    [[nodiscard]] QString reason() const;
};

// least: minimum width of a gap and of its runs, device pixels.
QVector<DeletedGap> deletedGaps(const RecordingCache &recordings, CameraId camera, Detail detail,
                                const DeviceScale &scale, int least);

// The tooltip there: what was deleted, why, from what time, and when it was deleted. Empty: nothing was.
QString deletedText(const RecordingCache &recordings, CameraId camera, const TimeScale &scale, double x);
// The deleted recording there, or the nearest within a pointer's reach. None: nothing was deleted, or single
// recordings are not painted.
std::optional<TimeRange> deletedAt(const RecordingCache &recordings, CameraId camera, const TimeScale &scale,
                                   double x);
// In one line, for a screen reader.
QString deletedWords(const catalog::DeletedSpan &span, const QTimeZone &zone);

} // namespace gatehouse::timeline
