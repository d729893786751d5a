#include "catalog/tables/item_table.h"

#include "catalog/tables/counts.h"
#include "catalog/tables/event_table.h"

#include <QSet>
#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

struct Neighbourhood {
    QVector<Event> events;
    QVector<ItemRow> items; // of these events, without `except`
};

Neighbourhood neighbourhood(WriteContext &context, QVector<Event> events, ItemId except)
{
    Neighbourhood near;
    near.events = std::move(events);
    for (const Event &event : std::as_const(near.events)) {
        for (const ItemRow &item : membersOf(context, event)) {
            if (item.id != except)
                near.items.append(item);
        }
    }
    return near;
}

QVector<Event> ownEvent(WriteContext &context, const ItemRow &item)
{
    if (const std::optional<Event> own = findEvent(context, item.event))
        return {*own};
    return {};
}

// One regrouping per event, however many of its items are deleted.
void leaveEvents(WriteContext &context, const QVector<ItemRow> &rows)
{
    QHash<EventId, QSet<ItemId>> leaving;
    for (const ItemRow &row : rows) {
        if (row.event.isValid())
            leaving[row.event].insert(row.id);
    }
    for (auto it = leaving.cbegin(); it != leaving.cend(); ++it) {
        const std::optional<Event> event = findEvent(context, it.key());
        if (!event)
            continue;
        QVector<ItemRow> staying = membersOf(context, *event);
        staying.removeIf([&](const ItemRow &row) { return it->contains(row.id); });
        for (const ItemId item : *it)
            context.db.run("UPDATE item SET event = NULL WHERE id = ?", item);
        regroup(context, event->camera, {*event}, staying);
    }
}

// The usual result of an examination: the item keeps its time and its event.
bool differInLooksOnly(const ItemRow &before, const ItemRow &after)
{
    ItemRow looked = before;
    looked.state = after.state;
    looked.hasPicture = before.hasPicture || after.hasPicture;
    looked.durationKnown = after.durationKnown;
    return looked == after;
}

bool differInLengthToo(const ItemRow &before, const ItemRow &after)
{
    ItemRow stretched = before;
    stretched.duration = after.duration;
    return differInLooksOnly(stretched, after);
}

} // namespace

void keepItem(WriteContext &context, ItemRow &row)
{
    const std::optional<EventId> event = joinEvent(context, row);
    row.event = event.value_or(EventId());
    insertItemRow(context.db, row);
    if (!event) {
        Neighbourhood near = neighbourhood(context, eventsTouching(context, row.camera, row.range()), row.id);
        near.items.append(row);
        regroup(context, row.camera, near.events, near.items);
        row = findItem(context.db, row.id).value_or(row);
    }
    countItem(context, row, Counting::In);
    context.changes.added(row.change());
    context.changes.camera(row.camera);
}

void changeItem(WriteContext &context, const ItemRow &before, ItemRow after)
{
    after.event = before.event;
    if (before == after)
        return;
    countItem(context, before, Counting::Out);
    if (before.camera != after.camera || !after.joinsEvents()) {
        leaveEvents(context, {before});
        after.event = {};
    }
    if (after.event.isValid() && differInLooksOnly(before, after)) {
        updateItemRow(context.db, after);
        updateLooks(context, after);
    } else if (after.event.isValid() && differInLengthToo(before, after) &&
               staysTogether(context, before, after)) {
        updateItemRow(context.db, after);
        updateEnd(context, before, after);
        updateLooks(context, after);
    } else if (after.joinsEvents()) {
        QVector<Event> events = eventsTouching(context, after.camera, after.range());
        for (const Event &own : ownEvent(context, after)) {
            if (!std::any_of(events.cbegin(), events.cend(), [&](const Event &e) { return e.id == own.id; }))
                events.append(own);
        }
        Neighbourhood near = neighbourhood(context, events, after.id);
        near.items.append(after);
        updateItemRow(context.db, after);
        regroup(context, after.camera, near.events, near.items);
    } else {
        updateItemRow(context.db, after);
    }
    after = findItem(context.db, after.id).value_or(after);
    countItem(context, after, Counting::In);

    ItemChange change = after.change();
    if (before.camera != after.camera)
        context.changes.removed(before.change());
    else
        change.range = change.range.united(before.range());
    before.camera != after.camera ? context.changes.added(change) : context.changes.changed(change);
    context.changes.camera(before.camera);
    context.changes.camera(after.camera);
}

void dropItems(WriteContext &context, const QVector<ItemRow> &rows)
{
    leaveEvents(context, rows);
    for (const ItemRow &row : rows) {
        context.db.run("DELETE FROM item WHERE id = ?", row.id);
        countItem(context, row, Counting::Out);
        context.changes.removed(row.change());
        context.changes.camera(row.camera);
    }
}

} // namespace gatehouse::catalog
