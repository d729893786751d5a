#include "catalog/operations/review_commands.h"

#include "base/messages.h"
#include "catalog/tables/item_table.h"
#include "catalog/types/item_ids.h"
#include "catalog/types/item_value.h"

namespace gatehouse::catalog
{

Result<void> setReviewed(WriteContext &context, EventId event, bool reviewed)
{
    if (context.db.run("UPDATE event SET reviewed = ? WHERE id = ?", reviewed, event) == 0)
        return fail(ErrorKind::NotFound, Messages::tr("This event no longer exists."),
                    QStringLiteral("catalog"));
    context.changes.event(event);
    if (reviewed)
        context.takenBack.reviews.remove(event);
    else
        context.takenBack.reviews.insert(event);
    return {};
}

Result<void> setProtected(WriteContext &context, ItemId item, bool isProtected)
{
    const std::optional<ItemRow> before = findItem(context.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Messages::tr("This item no longer exists."),
                    QStringLiteral("catalog"));
    ItemRow after = *before;
    after.isProtected = isProtected;
    changeItem(context, *before, after);
    return {};
}

QVector<Item> oldestItems(WriteContext &context, const QString &archive, int limit)
{
    return itemValues(context.db.query(GATEHOUSE_SELECT_ITEM_VALUE
                                       "WHERE i.protected = 0 AND a.uuid = ? ORDER BY i.id LIMIT ?",
                                       archive, limit));
}

Volume volumeOf(WriteContext &context, const QString &archive)
{
    Volume out;
    db::Statement kept = context.db.query("SELECT total(bytes) FROM camera");
    if (kept.step())
        out.kept = kept.integer(0);
    db::Statement pending = context.db.query(
        "SELECT total(d.bytes) FROM garbage g JOIN deletion d ON d.item = g.item JOIN archive a ON "
        "a.id = g.archive WHERE a.uuid = ?",
        archive);
    if (pending.step())
        out.pending = pending.integer(0);
    return out;
}

} // namespace gatehouse::catalog
