// An item's hot row, as operations pass it around, and values derived from it. Values of the writer's thread.
#pragma once

#include "catalog/changes.h"
#include "catalog/types/item.h"
#include "db/connection.h"

namespace gatehouse::catalog
{

struct ItemRow {
    ItemId id;
    CameraId camera;
    EventId event;
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    ItemState state = ItemState::Unexamined;
    qint64 captured = 0;
    qint64 duration = 0;
    bool durationKnown = false;
    bool hasPicture = false;
    bool isProtected = false;
    qint64 bytes = 0;
    qint64 received = 0;

    [[nodiscard]] TimeRange range() const { return {captured, captured + duration}; }
    [[nodiscard]] bool joinsEvents() const
    {
        return (kind == Kind::Still || kind == Kind::Clip) && trigger != Trigger::Schedule;
    }
    // An unexamined clip's upper bound is not its length.
    [[nodiscard]] bool isLengthKnown() const
    {
        return kind == Kind::Still || durationKnown || duration != boundedDuration(kind);
    }
    // Incomplete: a later upload may be complete.
    [[nodiscard]] bool isUnfinished() const { return isUnsound(state); }
    [[nodiscard]] ItemChange change() const { return {id, camera, event, kind, state, range()}; }

    friend bool operator==(const ItemRow &, const ItemRow &) = default;
};

// The columns of `item` in the order in which itemRow() reads them.
#define GATEHOUSE_ITEM_COLUMNS                                                                               \
    "id, camera, event, kind, trigger, subject, state, captured, duration, duration_known, has_picture, "    \
    "protected, bytes, received"

// The first seven of them, which every list of items starts with.
template<typename SomeItem>
void readWhatItIs(const db::Statement &row, SomeItem &item)
{
    item.id = row.id<ItemId>(0);
    item.camera = row.id<CameraId>(1);
    item.event = row.id<EventId>(2);
    item.kind = row.as<Kind>(3);
    item.trigger = row.as<Trigger>(4);
    item.subject = row.as<Subject>(5);
    item.state = row.as<ItemState>(6);
}

ItemRow itemRow(const db::Statement &row);
std::optional<ItemRow> findItem(db::Connection &db, ItemId id);
void insertItemRow(db::Connection &db, const ItemRow &row);
void updateItemRow(db::Connection &db, const ItemRow &row); // all except its event

} // namespace gatehouse::catalog
