#include "catalog/operations/item_removal.h"

#include "base/messages.h"
#include "catalog/tables/camera_table.h"
#include "catalog/tables/counts.h"
#include "catalog/tables/derivative_table.h"
#include "catalog/tables/item_detail.h"
#include "catalog/tables/item_table.h"
#include "catalog/tables/motion_table.h"
#include "catalog/types/deletion.h"

#include <QSet>

namespace gatehouse::catalog
{

namespace
{

// Deletes everything but the hot row.
void giveUp(WriteContext &context, const ItemRow &item, const QString &reason)
{
    context.db.run(R"(
        INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at,
            replaced, duration)
        SELECT i.id, i.camera, i.kind, i.captured, i.bytes, d.sha256, d.source_path, ?, ?, ?, ?
        FROM item i
            JOIN item_detail d USING(id)
        WHERE i.id = ?)",
                   reason, context.clock.now(), keptElsewhere(reason).has_value(),
                   item.isLengthKnown() ? std::optional(item.duration) : std::nullopt, item.id);
    countDeletion(context, item.id);
    context.db.run(R"(
        INSERT INTO garbage(item, archive, relative_path, reason)
        SELECT id, archive, relative_path, ? FROM item_detail
        WHERE id = ?)",
                   reason, item.id);
    context.db.run("UPDATE item_detail SET extends = NULL WHERE extends = ?", item.id);
    context.db.run("UPDATE view SET item = NULL WHERE item = ?", item.id);
    context.db.run("DELETE FROM item_detail WHERE id = ?", item.id);
    discardDerivatives(context, item.id);
    dropMotion(context.db, item.id);
    // What is in the bucket stays there: it was copied so that it outlives this.
    context.db.run("DELETE FROM outbox WHERE item = ?", item.id);
    context.changes.garbage();
}

#define GATEHOUSE_GARBAGE_COLUMNS                                                                            \
    "g.item, a.uuid, g.relative_path, g.reason, d.duration FROM garbage g "                                  \
    "JOIN archive a ON a.id = g.archive LEFT JOIN deletion d ON d.item = g.item"

Garbage garbageIn(const db::Statement &row)
{
    return {row.id<ItemId>(0), row.text(1), row.text(2), row.text(3), row.maybe(4)};
}

Garbage garbageOf(WriteContext &context, ItemId item)
{
    db::Statement row = context.db.query(R"(
        SELECT )" GATEHOUSE_GARBAGE_COLUMNS R"(
        WHERE g.item = ?)",
                                         item);
    return row.step() ? garbageIn(row) : Garbage();
}

// False: already known, or the same upload is stored.
Result<bool> recordDeletion(WriteContext &context, const PastDeletion &past)
{
    const NewItem &item = past.item;
    const auto elsewhere = keptElsewhere(past.reason);
    // Discarding a file before it had a row is not a deletion, and discarding a duplicate loses nothing.
    if (elsewhere == KeptElsewhere::AsTheSameUpload || findItem(context.db, item.id) ||
        sameUpload(context, item.account, item.sourcePath, item.sha256, {}).isValid())
        return false;
    const auto resolved = resolveCamera(context, item.account, item.cameraKey, item.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    ItemDetail detail;
    detail.live = item.live;
    detail.take(item.hint, resolved->camera.namesUtcOffset);
    ItemRow row;
    row.kind = item.kind;
    row.received = item.received;
    row.duration =
        past.duration.value_or(item.hint.duration > 0 ? item.hint.duration : boundedDuration(item.kind));
    row.durationKnown = past.duration.has_value();
    const qint64 captured = placeInTime(context, resolved->camera, resolved->camera.offset, detail, row);
    context.ids.passed(item.id);
    if (context.db.run(R"(
        INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at,
            replaced, duration)
        VALUES(?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT DO NOTHING)",
                       item.id, resolved->camera.id, item.kind, captured, item.bytes, item.sha256,
                       item.sourcePath, past.reason, past.at, elsewhere.has_value(),
                       row.isLengthKnown() ? std::optional(row.duration) : std::nullopt) == 0)
        return false;
    countDeletion(context, item.id);
    return true;
}

} // namespace

Garbage removeReplaced(WriteContext &context, const ItemRow &item, KeptElsewhere where)
{
    giveUp(context, item, reasonOf(where));
    dropItems(context, {item});
    return garbageOf(context, item.id);
}

Result<QVector<Garbage>> RemoveItems::run(WriteContext &context) const
{
    QVector<ItemRow> going;
    QSet<ItemId> seen;
    for (const ItemId id : items) {
        const std::optional<ItemRow> item = findItem(context.db, id);
        if (!item || seen.contains(id))
            continue; // already deleted: nothing to do
        if (item->isProtected)
            return fail(ErrorKind::Denied, Messages::tr("This is protected. Remove the protection first."),
                        QStringLiteral("catalog"));
        seen.insert(id);
        going.append(*item);
        giveUp(context, *item, reason);
    }
    dropItems(context, going);
    QVector<Garbage> out;
    for (const ItemRow &item : std::as_const(going))
        out.append(garbageOf(context, item.id));
    return out;
}

Result<int> RecordDeletions::run(WriteContext &context) const
{
    int recorded = 0;
    for (const PastDeletion &deletion : past) {
        const auto done = recordDeletion(context, deletion);
        if (!done)
            return tl::unexpected(done.error());
        recorded += *done;
    }
    return recorded;
}

Result<int> ForgetDeletions::run(WriteContext &context) const
{
    QVector<ItemId> items;
    QSet<std::pair<qint64, qint64>> days; // of each camera
    {
        // A PC without a clock battery may boot in an earlier year: no deletion counts before its time has
        // come. The + restricts the search to the index of `at`.
        db::Statement row = context.db.query(R"(
            SELECT item, camera, captured FROM deletion
            WHERE at < min(?1, (SELECT max(at) FROM deletion)) AND +item < ?2
                AND NOT EXISTS (SELECT 1 FROM garbage g WHERE g.item = deletion.item)
            ORDER BY at LIMIT ?3)",
                                             before, firstItemAt(before).value, limit);
        while (row.step()) {
            items.append(row.id<ItemId>(0));
            days.insert({row.integer(1), row.integer(2) / qint64(DeletionUnit::Day)});
        }
    }
    for (const ItemId item : items)
        context.db.run("DELETE FROM deletion WHERE item = ?", item);
    for (const auto &[camera, day] : days)
        recountDeletions(context, CameraId{camera}, day * qint64(DeletionUnit::Day));
    return int(items.size());
}

Result<QVector<Garbage>> ReadGarbage::run(WriteContext &context) const
{
    QVector<Garbage> out;
    db::Statement row = context.db.query(R"(
        SELECT )" GATEHOUSE_GARBAGE_COLUMNS R"(
        ORDER BY g.item)");
    while (row.step())
        out.append(garbageIn(row));
    return out;
}

Result<void> ForgetGarbage::run(WriteContext &context) const
{
    for (const ItemId item : items)
        context.db.run("DELETE FROM garbage WHERE item = ?", item);
    return {};
}

} // namespace gatehouse::catalog
