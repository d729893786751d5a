// Keeps the events of cameras equal to a grouping from scratch (invariant I5), touching only the events
// near a change. Inside an operation.
#pragma once

#include "catalog/tables/event_value.h"
#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// The events that an item in that range would join.
QVector<Event> eventsTouching(WriteContext &context, CameraId camera, TimeRange range);
std::optional<Event> findEvent(WriteContext &context, EventId id);
QVector<ItemRow> membersOf(WriteContext &context, const Event &event);

// For an item without a row yet: the event it created or joined. None: it bridges several, so write its row
// and call regroup().
std::optional<EventId> joinEvent(WriteContext &context, const ItemRow &item);

// The row of an event's item was just written: only its state changed, or its picture became known.
void updateLooks(WriteContext &context, const ItemRow &item);

// Whether the item's new length neither bridges to another event nor leaves a gap, so that no other item is
// affected. False if unsure.
bool staysTogether(WriteContext &context, const ItemRow &before, const ItemRow &after);
// Its row has the new length: extends or shortens its event accordingly.
void updateEnd(WriteContext &context, const ItemRow &before, const ItemRow &after);

// Regroups `items`, which are all items of the events `before` plus those that join, in their current state
// (ItemRow::event still has each one's old event). Writes events, the items' event and the event counts.
void regroup(WriteContext &context, CameraId camera, const QVector<Event> &before, QVector<ItemRow> items);

} // namespace gatehouse::catalog
