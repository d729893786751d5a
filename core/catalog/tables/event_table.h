// Keeps the events of cameras equal to a grouping from scratch (invariant I5), touching only the events
// near a change. Inside an operation.
#pragma once

#include "catalog/tables/event_value.h"
#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// The events that an item standing there would join.
QVector<Event> eventsTouching(WriteContext &context, CameraId camera, TimeRange range);
std::optional<Event> findEvent(WriteContext &context, EventId id);
QVector<ItemRow> membersOf(WriteContext &context, const Event &event);

// An item without a row yet: the event it made or joined. None: it bridges several, so write its row
// and regroup().
std::optional<EventId> joinEvent(WriteContext &context, const ItemRow &item);

// An item of an event whose row was just written: only its state is another, or its picture is known now.
void updateLooks(WriteContext &context, const ItemRow &item);

// Whether an item of another length neither bridges to another event nor leaves a gap behind, so that nobody
// else has to be looked at. False where that is not sure.
bool staysTogether(WriteContext &context, const ItemRow &before, const ItemRow &after);
// Its row has the new length: its event reaches as far as its items do.
void updateEnd(WriteContext &context, const ItemRow &before, const ItemRow &after);

// Groups `items` anew, which are all of the events `before` plus what joins them, as they are now
// (ItemRow::event still says where each was). Writes events, the items' event and the event counts.
void regroup(WriteContext &context, CameraId camera, const QVector<Event> &before, QVector<ItemRow> items);

} // namespace gatehouse::catalog
