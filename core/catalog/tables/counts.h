// Keeps what is never counted when asked: day_count, hour_count, deletion_count and the sums in camera.
// Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"
#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

const QTimeZone &zoneOf(WriteContext &context, CameraId camera);

enum class Counting { In, Out };
void countItem(WriteContext &context, const ItemRow &item, Counting counting);
void countEvent(WriteContext &context, CameraId camera, qint64 start, Counting counting);
// Of items whose rows are in `deletion`, once.
void countDeletion(WriteContext &context, ItemId item);
// After rows of that day (UTC ms of its begin) went.
void recountDeletions(WriteContext &context, CameraId camera, qint64 day);
void recountDeletions(WriteContext &context);

} // namespace gatehouse::catalog
