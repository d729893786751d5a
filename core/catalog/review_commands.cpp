#include "catalog/review_commands.h"

#include "catalog/item_ids.h"
#include "catalog/item_keeper.h"
#include "catalog/item_value.h"
#include "catalog/sentences.h"

namespace gatehouse::catalog
{

Result<void> setReviewed(Store &store, EventId event, bool reviewed)
{
    if (store.db.run("UPDATE event SET reviewed = ? WHERE id = ?", reviewed, event) == 0)
        return fail(ErrorKind::NotFound, Sentences::tr("This event is gone."), QStringLiteral("catalog"));
    store.changes.event(event);
    if (reviewed)
        store.takenBack.reviews.remove(event);
    else
        store.takenBack.reviews.insert(event);
    return {};
}

Result<void> setProtected(Store &store, ItemId item, bool isProtected)
{
    const std::optional<ItemRow> before = findItem(store.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Sentences::tr("This item is gone."), QStringLiteral("catalog"));
    ItemRow after = *before;
    after.isProtected = isProtected;
    changeItem(store, *before, after);
    return {};
}

QVector<Item> oldestItems(Store &store, const QString &archive, int limit)
{
    return itemValues(store.db.query(GATEHOUSE_SELECT_ITEM_VALUE
                                     "WHERE i.protected = 0 AND a.uuid = ? ORDER BY i.id LIMIT ?",
                                     archive, limit));
}

Volume volumeOf(Store &store, const QString &archive)
{
    Volume out;
    db::Statement kept = store.db.query("SELECT total(bytes) FROM camera");
    if (kept.step())
        out.kept = kept.integer(0);
    db::Statement pending = store.db.query(
        "SELECT total(d.bytes) FROM garbage g JOIN deletion d ON d.item = g.item JOIN archive a ON "
        "a.id = g.archive WHERE a.uuid = ?",
        archive);
    if (pending.step())
        out.pending = pending.integer(0);
    return out;
}

} // namespace gatehouse::catalog
