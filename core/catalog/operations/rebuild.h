// Commands that move all or many items of a camera: its items are placed anew and its events, counts and
// sums made from scratch, keeping the events' numbers where it can. Inside an operation.
#pragma once

#include "catalog/tables/camera_table.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Every item anew by its hints, the camera's zone and (where given) another clock offset.
void placeAllInTime(WriteContext &context, const CameraRow &camera, std::optional<qint64> offset);
// After items were changed by other hands.
void rebuildCamera(WriteContext &context, CameraId camera);

} // namespace gatehouse::catalog
