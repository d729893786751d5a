#include "catalog/item_keeper.h"

#include "catalog/counts.h"
#include "catalog/event_keeper.h"

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

void leaveEvent(Store &store, const ItemRow &item)
{
    if (!item.event.isValid())
        return;
    const Neighbourhood near = neighbourhood(store, ownEvent(store, item), item.id);
    store.db.run("UPDATE item SET event = NULL WHERE id = ?", item.id);
    regroup(store, item.camera, near.events, near.items);
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
        leaveEvent(store, before);
        after.event = {};
    }
    if (after.event.isValid() && differInLooksOnly(before, after)) {
        updateItemRow(store.db, after);
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

void dropItem(Store &store, const ItemRow &row)
{
    leaveEvent(store, row);
    store.db.run("DELETE FROM item WHERE id = ?", row.id);
    countItem(store, row, Counting::Out);
    store.changes.removed(row.change());
    store.changes.camera(row.camera);
}

} // namespace gatehouse::catalog
