// For operations that move all or many items of a camera: recomputes the items' times, and rebuilds its
// events, counts and sums from scratch, keeping event ids where possible. Inside an operation.
#pragma once

#include "catalog/tables/camera_table.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Recomputes every item's time from its hints, the camera's zone and (if given) another clock offset.
void placeAllInTime(WriteContext &context, const CameraRow &camera, std::optional<qint64> offset);
// After items were changed elsewhere.
void rebuildCamera(WriteContext &context, CameraId camera);

} // namespace gatehouse::catalog
