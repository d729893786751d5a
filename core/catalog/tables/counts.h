// Maintains the counts that queries rely on: day_count, hour_count, deletion_count and the sums in camera.
// Inside an operation.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

const QTimeZone &zoneOf(WriteContext &context, CameraId camera);

enum class Counting { In, Out };
void countItem(WriteContext &context, const ItemRow &item, Counting counting);
void countEvent(WriteContext &context, CameraId camera, qint64 start, Counting counting);
// For items with a row in `deletion`, once each.
void countDeletion(WriteContext &context, ItemId item);
// After rows of that day (UTC ms at its start) were dropped.
void recountDeletions(WriteContext &context, CameraId camera, qint64 day);
void recountDeletions(WriteContext &context);

} // namespace gatehouse::catalog
