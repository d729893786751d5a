// Which item stands under a point of a lane, and where an item stands. Reads only what the model has
// loaded. x: logical pixels. GUI thread.
#pragma once

#include "timeline/time_scale.h"
#include "timeline/timeline_model.h"

#include <optional>

namespace gatehouse::timeline
{

// What is drawn over the rest is hit first; a tick only near the top of the lane or where no clip is.
// Null at spans where single items are not painted.
std::optional<catalog::TimelineItem> itemAt(const TimelineModel &model, CameraId camera,
                                            const TimeScale &scale, double x, bool nearTop);

// `near`: a time at or within a day of the item's start.
std::optional<catalog::TimelineItem> findItem(const TimelineModel &model, CameraId camera, ItemId item,
                                              qint64 near);

// What a person means by pointing there: the clip's time under the pointer, within the clip.
qint64 timeWithin(const catalog::TimelineItem &item, qint64 pointed);

} // namespace gatehouse::timeline
