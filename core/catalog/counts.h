// Keeps what is never counted when asked: day_count, hour_count, deletion_count and the sums in camera.
// Inside a writer's command.
#pragma once

#include "catalog/item_row.h"
#include "catalog/store.h"

namespace gatehouse::catalog
{

const QTimeZone &zoneOf(Store &store, CameraId camera);

enum class Counting { In, Out };
void countItem(Store &store, const ItemRow &item, Counting counting);
void countEvent(Store &store, CameraId camera, qint64 start, Counting counting);
// Of items whose rows are in `deletion`, once.
void countDeletion(Store &store, ItemId item);
// After rows of that day (UTC ms of its begin) went.
void recountDeletions(Store &store, CameraId camera, qint64 day);
void recountDeletions(Store &store);

} // namespace gatehouse::catalog
