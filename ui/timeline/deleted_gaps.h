// The gaps that deletions left in a lane, at any zoom: what touches on the screen is one gap, so there are
// never more than the pixels have room for. Reads only what the cache has loaded. GUI thread.
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
    QVector<catalog::DeletedSpan> reasons; // all that was deleted for a reason; what was most comes first

    [[nodiscard]] QString reason() const;
};

// least: the least width of a gap, device pixels.
QVector<DeletedGap> deletedGaps(const RecordingCache &recordings, CameraId camera, Detail detail,
                                const DeviceScale &scale, int least);

// What a person reads who points there: what was deleted, why, and of what time. Empty: nothing was.
QString deletedText(const RecordingCache &recordings, CameraId camera, const TimeScale &scale, double x);

} // namespace gatehouse::timeline
