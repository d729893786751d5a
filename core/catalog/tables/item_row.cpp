#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

qint64 boundedDuration(Kind kind)
{
    return kind == Kind::Clip ? 60'000 : 0;
}

ItemRow itemRow(const db::Statement &row)
{
    ItemRow item;
    readWhatItIs(row, item);
    item.captured = row.integer(7);
    item.duration = row.integer(8);
    item.durationKnown = row.flag(9);
    item.hasPicture = row.flag(10);
    item.isProtected = row.flag(11);
    item.bytes = row.integer(12);
    item.received = row.integer(13);
    return item;
}

std::optional<ItemRow> findItem(db::Connection &db, ItemId id)
{
    db::Statement row = db.query("SELECT " GATEHOUSE_ITEM_COLUMNS " FROM item WHERE id = ?", id);
    if (!row.step())
        return std::nullopt;
    return itemRow(row);
}

void insertItemRow(db::Connection &db, const ItemRow &row)
{
    db.run("INSERT INTO item(" GATEHOUSE_ITEM_COLUMNS ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", row.id,
           row.camera, row.event, row.kind, row.trigger, row.subject, row.state, row.captured, row.duration,
           row.durationKnown, row.hasPicture, row.isProtected, row.bytes, row.received);
}

void updateItemRow(db::Connection &db, const ItemRow &row)
{
    db.run(R"(
        UPDATE item SET camera = ?, kind = ?, trigger = ?, subject = ?, state = ?, captured = ?,
            duration = ?, duration_known = ?, has_picture = ?, protected = ?, received = ?
        WHERE id = ?)",
           row.camera, row.kind, row.trigger, row.subject, row.state, row.captured, row.duration,
           row.durationKnown, row.hasPicture, row.isProtected, row.received, row.id);
}

} // namespace gatehouse::catalog
