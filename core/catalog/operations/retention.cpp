#include "catalog/operations/retention.h"

#include "catalog/tables/item_value.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

Result<QVector<Item>> ReadOldestItems::run(WriteContext &context) const
{
    return itemValues(context.db.query(GATEHOUSE_SELECT_ITEM_VALUE
                                       R"( WHERE i.protected = 0 AND a.uuid = ? ORDER BY i.id LIMIT ?)",
                                       archive, limit));
}

Result<Volume> ReadVolume::run(WriteContext &context) const
{
    Volume out;
    db::Statement kept = context.db.query("SELECT total(bytes) FROM camera");
    if (kept.step())
        out.kept = kept.integer(0);
    db::Statement pending = context.db.query(R"(
        SELECT total(d.bytes) FROM garbage g
            JOIN deletion d ON d.item = g.item
            JOIN archive a ON a.id = g.archive
        WHERE a.uuid = ?)",
                                             archive);
    if (pending.step())
        out.pending = pending.integer(0);
    return out;
}

} // namespace gatehouse::catalog
