#include "catalog/tables/event_table.h"

#include "catalog/tables/counts.h"
#include "catalog/tables/grouping.h"

namespace gatehouse::catalog
{

namespace
{

EventId insertEvent(WriteContext &context, const Event &event)
{
    context.db.run(R"(
        INSERT INTO event(camera, start, end, trigger, subject, stills, clips, poster, first_item,
            reviewed, protected, worst)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?))",
                   event.camera, event.range.start, event.range.end, event.trigger, event.subject,
                   event.stills, event.clips, event.poster, event.firstItem, event.reviewed,
                   event.isProtected, event.worst);
    const EventId id{context.db.lastInsertId()};
    countEvent(context, event.camera, event.range.start, Counting::In);
    context.changes.event(id);
    return id;
}

void updateEvent(WriteContext &context, const Event &before, const Event &event)
{
    if (before == event)
        return;
    context.db.run(R"(
        UPDATE event SET start = ?, end = ?, trigger = ?, subject = ?, stills = ?, clips = ?,
            poster = ?, first_item = ?, reviewed = ?, protected = ?, worst = ?
        WHERE id = ?)",
                   event.range.start, event.range.end, event.trigger, event.subject, event.stills,
                   event.clips, event.poster, event.firstItem, event.reviewed, event.isProtected, event.worst,
                   event.id);
    if (before.range.start != event.range.start) {
        countEvent(context, before.camera, before.range.start, Counting::Out);
        countEvent(context, event.camera, event.range.start, Counting::In);
    }
    context.changes.event(event.id);
}

void deleteEvent(WriteContext &context, const Event &event)
{
    context.db.run("DELETE FROM event WHERE id = ?", event.id);
    countEvent(context, event.camera, event.range.start, Counting::Out);
    context.changes.event(event.id);
}

// The common case: one event grows by one item, and only the item played first has to be read.
void extendEvent(WriteContext &context, const Event &before, const ItemRow &item)
{
    const Group alone = groupItems({item}, 0).first();
    Event event = before;
    event.range = event.range.united(item.range());
    event.trigger = moreSpecific(event.trigger, item.trigger);
    event.subject = moreSpecific(event.subject, item.subject);
    event.worst = worse(event.worst, item.state);
    event.isProtected = event.isProtected || item.isProtected;
    event.stills += alone.event.stills;
    event.clips += alone.event.clips;
    event.reviewed = false;
    const std::optional<ItemRow> first = findItem(context.db, event.firstItem);
    if (!first || playsBefore(item, *first))
        event.firstItem = item.id;
    updateEvent(context, before, event);
}

ItemState worstOf(WriteContext &context, EventId event)
{
    // In ascending order: unexamined, (ok,) incomplete, damaged.
    db::Statement row = context.db.query(
        "SELECT max(state) FROM item INDEXED BY item_event_state WHERE event = ? AND state <> 1", event);
    return row.step() && !row.isNull(0) ? row.as<ItemState>(0) : ItemState::Ok;
}

// An event keeps the id of its earliest item's event, unless that is taken already.
EventId idFor(const Group &group, const QHash<EventId, Event> &free)
{
    for (const ItemRow &item : group.items) {
        if (free.contains(item.event))
            return item.event;
    }
    return {};
}

} // namespace

QVector<Event> eventsTouching(WriteContext &context, CameraId camera, TimeRange range)
{
    const qint64 gap = context.options.eventGap;
    QVector<Event> out;
    db::Statement row = context.db.query(R"(
        SELECT )" GATEHOUSE_EVENT_COLUMNS R"( FROM event
        WHERE camera = ? AND start <= ?
        ORDER BY start DESC)",
                                         camera, range.end + gap);
    // Events of a camera never overlap, so their ends are ordered like their starts.
    while (row.step() && row.integer(3) >= range.start - gap)
        out.prepend(eventValue(row));
    return out;
}

std::optional<Event> findEvent(WriteContext &context, EventId id)
{
    db::Statement row = context.db.query("SELECT " GATEHOUSE_EVENT_COLUMNS " FROM event WHERE id = ?", id);
    if (!row.step())
        return std::nullopt;
    return eventValue(row);
}

QVector<ItemRow> membersOf(WriteContext &context, const Event &event)
{
    QVector<ItemRow> out;
    db::Statement row = context.db.query(R"(
        SELECT )" GATEHOUSE_ITEM_COLUMNS R"( FROM item INDEXED BY item_timeline
        WHERE camera = ? AND captured BETWEEN ? AND ? AND event = ?)",
                                         event.camera, event.range.start, event.range.end, event.id);
    while (row.step())
        out.append(itemRow(row));
    return out;
}

std::optional<EventId> joinEvent(WriteContext &context, const ItemRow &item)
{
    if (!item.joinsEvents())
        return EventId();
    const QVector<Event> near = eventsTouching(context, item.camera, item.range());
    if (near.size() > 1)
        return std::nullopt;
    if (near.size() == 1) {
        extendEvent(context, near.first(), item);
        return near.first().id;
    }
    Event event = groupItems({item}, 0).first().event;
    event.camera = item.camera;
    return insertEvent(context, event);
}

void updateLooks(WriteContext &context, const ItemRow &item)
{
    const std::optional<Event> before = findEvent(context, item.event);
    if (!before)
        return;
    Event event = *before;
    event.worst = worstOf(context, event.id);
    const std::optional<ItemRow> poster = findItem(context.db, event.poster);
    if (item.hasPicture && (!poster || showsBefore(item, *poster)))
        event.poster = item.id;
    updateEvent(context, *before, event);
}

bool staysTogether(WriteContext &context, const ItemRow &before, const ItemRow &after)
{
    if (eventsTouching(context, after.camera, after.range()).size() != 1)
        return false;
    // Items that joined because of its old length; those before it are not affected.
    const qint64 gap = context.options.eventGap;
    qint64 end = after.range().end;
    db::Statement row =
        context.db.query(R"(
        SELECT captured, duration FROM item INDEXED BY item_timeline
        WHERE camera = ? AND captured BETWEEN ? AND ? AND event = ? AND id <> ?
        ORDER BY captured)",
                         before.camera, before.captured, before.range().end + gap, before.event, before.id);
    while (row.step()) {
        if (row.integer(0) - end > gap)
            return false;
        end = std::max(end, row.integer(0) + row.integer(1));
    }
    return true;
}

void updateEnd(WriteContext &context, const ItemRow &before, const ItemRow &after)
{
    const std::optional<Event> known = findEvent(context, after.event);
    if (!known || (before.range().end < known->range.end && after.range().end <= known->range.end))
        return;
    Event event = *known;
    event.range.end = after.range().end;
    // No item is longer than its camera's maximum, so the ones that extend further start nearby.
    db::Statement row = context.db.query(R"(
        SELECT max(captured + duration)
        FROM item INDEXED BY item_timeline
        WHERE camera = ?1 AND captured >= ?2 - (SELECT max_duration FROM camera WHERE id = ?1)
            AND event = ?3)",
                                         after.camera, after.range().end, after.event);
    if (row.step() && !row.isNull(0))
        event.range.end = std::max(event.range.end, row.integer(0));
    updateEvent(context, *known, event);
}

void regroup(WriteContext &context, CameraId camera, const QVector<Event> &before, QVector<ItemRow> items)
{
    QHash<EventId, Event> old;
    for (const Event &event : before)
        old.insert(event.id, event);
    QHash<EventId, Event> free = old;
    for (Group &group : groupItems(std::move(items), context.options.eventGap)) {
        Event &event = group.event;
        event.camera = camera;
        event.reviewed = true;
        for (const ItemRow &item : std::as_const(group.items))
            event.reviewed = event.reviewed && old.value(item.event).reviewed;
        event.id = idFor(group, free);
        if (event.id.isValid())
            updateEvent(context, free.take(event.id), event);
        else
            event.id = insertEvent(context, event);
        for (const ItemRow &item : std::as_const(group.items)) {
            if (item.event != event.id)
                context.db.run("UPDATE item SET event = ? WHERE id = ?", event.id, item.id);
        }
    }
    for (const Event &event : std::as_const(free))
        deleteEvent(context, event);
}

} // namespace gatehouse::catalog
