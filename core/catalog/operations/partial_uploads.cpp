#include "catalog/operations/partial_uploads.h"

#include "catalog/operations/item_removal.h"
#include "catalog/operations/recovered.h"

namespace gatehouse::catalog
{

namespace
{

constexpr int kMaxPairsAtOnce = 100; // per name; the rest is found at the next start

} // namespace

bool mayBeReplaced(const ItemRow &item)
{
    return !item.isProtected && item.isUnfinished();
}

void notePartialUploadsOf(WriteContext &context, const NewItem &upload, ItemId whole)
{
    db::Statement row =
        context.db.query(R"(
        SELECT i.id FROM item_detail d
            CROSS JOIN item i ON i.id = d.id
        WHERE d.unfinished = 1 AND d.account = ? AND d.source_path = ? AND i.id <> ?
            AND i.bytes < ? LIMIT ?)",
                         upload.account, upload.sourcePath, whole, upload.bytes, kMaxPairsAtOnce);
    while (row.step())
        context.changes.partialUpload({row.id<ItemId>(0), whole});
    for (const ItemId item : shorterRecovered(context, upload))
        context.changes.partialUpload({item, whole});
}

void noteAsPartialUpload(WriteContext &context, const ItemRow &item)
{
    db::Statement row = context.db.query(R"(
        SELECT w.id FROM item_detail d
            JOIN view v ON v.account = d.account AND v.path = d.source_path
            JOIN item w ON w.id = v.item
        WHERE d.id = ?1 AND w.id <> ?1 AND w.bytes > ?2)",
                                         item.id, item.bytes);
    while (row.step())
        context.changes.partialUpload({item.id, row.id<ItemId>(0)});
}

void noteAsOvertaken(WriteContext &context, const ItemRow &item, ItemId by)
{
    if (by.isValid())
        context.changes.partialUpload({item.id, by, true}); // under whatever name it is stored now
    else
        noteAsPartialUpload(context, item);
}

Result<void> Supersede::run(WriteContext &context) const
{
    const std::optional<ItemRow> item = findItem(context.db, pair.item);
    const std::optional<ItemRow> whole = findItem(context.db, pair.whole);
    if (!item || !whole || whole->bytes <= item->bytes)
        return {};
    // It is unknown whether the upload of a recovered or overtaken item was complete.
    if (!mayBeReplaced(*item) && (item->isProtected || !(pair.isOvertaken || isRecovered(context, item->id))))
        return {};
    {
        // The camera still uses it: it was received again meanwhile.
        db::Statement row = context.db.query("SELECT 1 FROM view WHERE item = ?", pair.item);
        if (row.step())
            return {};
    }
    removeReplaced(context, *item, KeptElsewhere::InALaterUpload);
    return {};
}

} // namespace gatehouse::catalog
