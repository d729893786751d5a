// Finds the item at a point of a lane, and the position of an item. Reads only what the cache has loaded. x:
// logical pixels. GUI thread.
#pragma once

#include "timeline/recording_cache.h"
#include "timeline/time_scale.h"

#include <optional>

namespace gatehouse::timeline
{

// Topmost first; a tick only near the top of the lane or where there is no clip. Null at spans where single
// items are not painted.
std::optional<catalog::TimelineItem> itemAt(const RecordingCache &recordings, CameraId camera,
                                            const TimeScale &scale, double x, bool nearTop);

// `near`: a time at or within a day of the item's start.
std::optional<catalog::TimelineItem> findItem(const RecordingCache &recordings, CameraId camera, ItemId item,
                                              qint64 near);

} // namespace gatehouse::timeline
