#include "catalog/item_removal.h"

#include "catalog/camera_store.h"
#include "catalog/counts.h"
#include "catalog/item_detail.h"
#include "catalog/item_keeper.h"
#include "catalog/sentences.h"

#include <QSet>

namespace gatehouse::catalog
{

namespace
{

// Everything but the hot row.
void giveUp(Store &store, const ItemRow &item, const QString &reason)
{
    store.db.run("INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at, "
                 "replaced) SELECT i.id, i.camera, i.kind, i.captured, i.bytes, d.sha256, d.source_path, ?, "
                 "?, ? FROM item i JOIN item_detail d USING(id) WHERE i.id = ?",
                 reason, store.clock.now(), keptElsewhere(reason).has_value(), item.id);
    countDeletion(store, item.id);
    store.db.run("INSERT INTO garbage(item, archive, relative_path, reason) SELECT id, archive, "
                 "relative_path, ? FROM item_detail WHERE id = ?",
                 reason, item.id);
    store.db.run("UPDATE item_detail SET extends = NULL WHERE extends = ?", item.id);
    store.db.run("UPDATE view SET item = NULL WHERE item = ?", item.id);
    store.db.run("DELETE FROM item_detail WHERE id = ?", item.id);
    store.changes.garbage();
}

Garbage garbageOf(Store &store, ItemId item)
{
    db::Statement row = store.db.query("SELECT g.item, a.uuid, g.relative_path, g.reason FROM garbage g JOIN "
                                       "archive a ON a.id = g.archive WHERE g.item = ?",
                                       item);
    return row.step() ? Garbage{row.id<ItemId>(0), row.text(1), row.text(2), row.text(3)} : Garbage();
}

// False: it is known, or the same upload is kept.
Result<bool> recordDeletion(Store &store, const PastDeletion &past)
{
    const NewItem &item = past.item;
    const auto elsewhere = keptElsewhere(past.reason);
    // What was given up before it had a row is no removal; as a duplicate it is no loss.
    if (elsewhere == KeptElsewhere::AsTheSameUpload || findItem(store.db, item.id) ||
        sameUpload(store, item.account, item.sourcePath, item.sha256, {}).isValid())
        return false;
    const auto resolved = resolveCamera(store, item.account, item.cameraKey, item.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    ItemDetail detail;
    detail.live = item.live;
    detail.take(item.hint);
    const qint64 captured =
        placeInTime(store, resolved->camera, resolved->camera.offset, detail, item.received);
    store.ids.passed(item.id);
    if (store.db.run("INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, "
                     "at, replaced) VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                     item.id, resolved->camera.id, item.kind, captured, item.bytes, item.sha256,
                     item.sourcePath, past.reason, past.at, elsewhere.has_value()) == 0)
        return false;
    countDeletion(store, item.id);
    return true;
}

} // namespace

Garbage removeReplaced(Store &store, const ItemRow &item, KeptElsewhere where)
{
    giveUp(store, item, reasonOf(where));
    dropItems(store, {item});
    return garbageOf(store, item.id);
}

Result<QVector<Garbage>> removeRequested(Store &store, const RemovalRequest &request)
{
    QVector<ItemRow> going;
    QSet<ItemId> seen;
    for (const ItemId id : request.items) {
        const std::optional<ItemRow> item = findItem(store.db, id);
        if (!item || seen.contains(id))
            continue; // gone already: what was asked for is so
        if (item->isProtected)
            return fail(ErrorKind::Denied, Sentences::tr("This is protected. Take the protection off first."),
                        QStringLiteral("catalog"));
        seen.insert(id);
        going.append(*item);
        giveUp(store, *item, request.reason);
    }
    dropItems(store, going);
    QVector<Garbage> out;
    for (const ItemRow &item : std::as_const(going))
        out.append(garbageOf(store, item.id));
    return out;
}

Result<int> recordDeletions(Store &store, const QVector<PastDeletion> &past)
{
    int recorded = 0;
    for (const PastDeletion &deletion : past) {
        const auto done = recordDeletion(store, deletion);
        if (!done)
            return tl::unexpected(done.error());
        recorded += *done;
    }
    return recorded;
}

QVector<Garbage> readGarbage(Store &store)
{
    QVector<Garbage> out;
    db::Statement row = store.db.query("SELECT g.item, a.uuid, g.relative_path, g.reason FROM garbage g JOIN "
                                       "archive a ON a.id = g.archive ORDER BY g.item");
    while (row.step())
        out.append({row.id<ItemId>(0), row.text(1), row.text(2), row.text(3)});
    return out;
}

void forgetGarbage(Store &store, const QVector<ItemId> &items)
{
    for (const ItemId item : items)
        store.db.run("DELETE FROM garbage WHERE item = ?", item);
}

} // namespace gatehouse::catalog
