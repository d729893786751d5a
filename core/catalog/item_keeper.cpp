#include "catalog/item_keeper.h"

#include "catalog/counts.h"
#include "catalog/event_keeper.h"

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

Neighbourhood neighbourhood(Store &store, QVector<Event> events, ItemId except)
{
    Neighbourhood near;
    near.events = std::move(events);
    for (const Event &event : std::as_const(near.events)) {
        for (const ItemRow &item : membersOf(store, event)) {
            if (item.id != except)
                near.items.append(item);
        }
    }
    return near;
}

QVector<Event> ownEvent(Store &store, const ItemRow &item)
{
    if (const std::optional<Event> own = findEvent(store, item.event))
        return {*own};
    return {};
}

// One grouping for each event, however many of its items go.
void leaveEvents(Store &store, const QVector<ItemRow> &rows)
{
    QHash<EventId, QSet<ItemId>> leaving;
    for (const ItemRow &row : rows) {
        if (row.event.isValid())
            leaving[row.event].insert(row.id);
    }
    for (auto it = leaving.cbegin(); it != leaving.cend(); ++it) {
        const std::optional<Event> event = findEvent(store, it.key());
        if (!event)
            continue;
        QVector<ItemRow> staying = membersOf(store, *event);
        staying.removeIf([&](const ItemRow &row) { return it->contains(row.id); });
        for (const ItemId item : *it)
            store.db.run("UPDATE item SET event = NULL WHERE id = ?", item);
        regroup(store, event->camera, {*event}, staying);
    }
}

// What an examination usually finds out: the item stays where it is, with whom it is.
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

void keepItem(Store &store, ItemRow &row)
{
    const std::optional<EventId> event = joinEvent(store, row);
    row.event = event.value_or(EventId());
    insertItemRow(store.db, row);
    if (!event) {
        Neighbourhood near = neighbourhood(store, eventsTouching(store, row.camera, row.range()), row.id);
        near.items.append(row);
        regroup(store, row.camera, near.events, near.items);
        row = findItem(store.db, row.id).value_or(row);
    }
    countItem(store, row, Counting::In);
    store.changes.added(row.change());
    store.changes.camera(row.camera);
}

void changeItem(Store &store, const ItemRow &before, ItemRow after)
{
    after.event = before.event;
    if (before == after)
        return;
    countItem(store, before, Counting::Out);
    if (before.camera != after.camera || !after.joinsEvents()) {
        leaveEvents(store, {before});
        after.event = {};
    }
    if (after.event.isValid() && differInLooksOnly(before, after)) {
        updateItemRow(store.db, after);
        updateLooks(store, after);
    } else if (after.event.isValid() && differInLengthToo(before, after) &&
               staysTogether(store, before, after)) {
        updateItemRow(store.db, after);
        updateEnd(store, before, after);
        updateLooks(store, after);
    } else if (after.joinsEvents()) {
        QVector<Event> events = eventsTouching(store, after.camera, after.range());
        for (const Event &own : ownEvent(store, after)) {
            if (!std::any_of(events.cbegin(), events.cend(), [&](const Event &e) { return e.id == own.id; }))
                events.append(own);
        }
        Neighbourhood near = neighbourhood(store, events, after.id);
        near.items.append(after);
        updateItemRow(store.db, after);
        regroup(store, after.camera, near.events, near.items);
    } else {
        updateItemRow(store.db, after);
    }
    after = findItem(store.db, after.id).value_or(after);
    countItem(store, after, Counting::In);

    ItemChange change = after.change();
    if (before.camera != after.camera)
        store.changes.removed(before.change());
    else
        change.range = change.range.united(before.range());
    before.camera != after.camera ? store.changes.added(change) : store.changes.changed(change);
    store.changes.camera(before.camera);
    store.changes.camera(after.camera);
}

void dropItems(Store &store, const QVector<ItemRow> &rows)
{
    leaveEvents(store, rows);
    for (const ItemRow &row : rows) {
        store.db.run("DELETE FROM item WHERE id = ?", row.id);
        countItem(store, row, Counting::Out);
        store.changes.removed(row.change());
        store.changes.camera(row.camera);
    }
}

} // namespace gatehouse::catalog
