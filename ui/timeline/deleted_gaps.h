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

    int left = 0; // device pixels
    int right = 0;
    QVector<catalog::DeletedSpan> reasons; // one entry per reason; the largest comes first

    [[nodiscard]] QString reason() const;
};

// least: minimum width of a gap, device pixels.
QVector<DeletedGap> deletedGaps(const RecordingCache &recordings, CameraId camera, Detail detail,
                                const DeviceScale &scale, int least);

// The tooltip there: what was deleted, why, and from what time. Empty: nothing was.
QString deletedText(const RecordingCache &recordings, CameraId camera, const TimeScale &scale, double x);

} // namespace gatehouse::timeline
