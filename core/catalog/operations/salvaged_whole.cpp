#include "catalog/operations/salvaged_whole.h"

#include "catalog/operations/rebuild.h"
#include "catalog/operations/review.h"
#include "catalog/tables/camera_table.h"
#include "catalog/tables/counts.h"
#include "catalog/tables/derivative_table.h"
#include "catalog/tables/event_table.h"

#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

QVector<qint64> numbers(db::Statement row)
{
    QVector<qint64> out;
    while (row.step())
        out.append(row.integer(0));
    return out;
}

// A stale or foreign page may call items deleted that are here: what was deleted has no row (I6), and a file
// is never deleted on the word of a damaged catalog.
void keepItemsCalledDeleted(db::Connection &db)
{
    db.script(R"(
        DELETE FROM garbage
        WHERE item IN (SELECT id FROM item UNION ALL SELECT id FROM item_detail);
        DELETE FROM deletion
        WHERE item IN (SELECT id FROM item UNION ALL SELECT id FROM item_detail);)");
}

// An item consists of two rows (I6); facts about those with only one wait for the rebuild.
void dropHalfItems(db::Connection &db)
{
    db.script(R"(
        INSERT OR IGNORE INTO salvaged_item
        SELECT id FROM item
        WHERE protected = 1 AND id NOT IN (SELECT id FROM item_detail);
        DELETE FROM item WHERE id NOT IN (SELECT id FROM item_detail);
        DELETE FROM item_detail WHERE id NOT IN (SELECT id FROM item);
        DELETE FROM motion WHERE item NOT IN (SELECT id FROM item);
        INSERT OR IGNORE INTO salvaged_event
        SELECT id, camera, start, end, protected, reviewed FROM event
        WHERE protected + reviewed > 0 AND stills + clips > (
            SELECT count(*) FROM item INDEXED BY item_timeline
            WHERE item.camera = event.camera AND captured BETWEEN start AND end
                AND item.event = event.id);
        UPDATE item_detail SET unfinished =
            (SELECT state IN (2, 3, 4) FROM item WHERE item.id = item_detail.id);)");
}

void makeArchives(db::Connection &db, const SalvageOptions &options)
{
    for (const qint64 archive : numbers(db.query(R"(
             SELECT archive FROM item_detail
             WHERE archive NOT IN (SELECT id FROM archive)
             GROUP BY 1
             ORDER BY count(*) DESC)")))
        db.run("INSERT OR IGNORE INTO archive(id, uuid, root) VALUES(?,?,?)", archive, options.archiveId,
               options.archiveRoot);
    // If that is another camera's name already, it is the same camera.
    db.run(R"(
        UPDATE item_detail SET archive = (SELECT id FROM archive WHERE uuid = ?1)
        WHERE archive NOT IN (SELECT id FROM archive))",
           options.archiveId);
    db.script("DELETE FROM garbage WHERE archive NOT IN (SELECT id FROM archive);");
}

// The name of the camera's folder in the archive, the best clue to its identity.
QString folderOf(db::Connection &db, qint64 camera)
{
    db::Statement row = db.query("SELECT relative_path FROM item_detail WHERE origin = ? LIMIT 1", camera);
    const QString folder = row.step() ? row.text(0).section(QLatin1Char('/'), 0, 0) : QString();
    return folder.isEmpty() ? QStringLiteral("recovered") : folder;
}

QString freeUser(db::Connection &db, const QString &wanted)
{
    QString user = wanted;
    for (int number = 2;; ++number) {
        db::Statement taken = db.query("SELECT 1 FROM account WHERE user = ?", user);
        if (!taken.step())
            return user;
        user = wanted + QLatin1Char('-') + QString::number(number);
    }
}

// Lost logins cannot be used until they get a new password; their evidence has an owner.
void makeAccountsAndCameras(WriteContext &context)
{
    db::Connection &db = context.db;
    for (const qint64 camera : numbers(db.query(R"(
        SELECT camera FROM item
        UNION SELECT origin FROM item_detail
        EXCEPT SELECT id FROM camera)")))
        db.run("INSERT INTO camera(id, account, name, zone, created) VALUES(?,0,?,'',0)", camera,
               freeCameraName(context, folderOf(db, camera)));
    // Its items tell which account it belongs to.
    db.script(R"(
        UPDATE camera SET account = coalesce((SELECT account FROM item_detail
            WHERE origin = camera.id AND account > 0 LIMIT 1), 0)
        WHERE account = 0;)");
    // A camera that is separate again may have another's name.
    for (const qint64 camera : numbers(db.query(R"(
             SELECT id FROM camera
             WHERE merged_into NOT IN (SELECT id FROM camera) OR merged_into = id)"))) {
        const std::optional<CameraRow> row = findCamera(context, CameraId{camera});
        db.run("UPDATE camera SET merged_into = NULL, name = ? WHERE id = ?",
               freeCameraName(context, row ? row->name : QString()), camera);
    }
    for (const qint64 account : numbers(db.query(R"(
             SELECT account FROM item_detail
             UNION SELECT account FROM camera
             EXCEPT SELECT id FROM account)"))) {
        const auto cameras = numbers(db.query("SELECT id FROM camera WHERE account = ? LIMIT 1", account));
        const QString user = freeUser(db, folderOf(db, cameras.value(0)));
        if (account > 0)
            db.run("INSERT INTO account(id, user, enabled) VALUES(?,?,0)", account, user);
        else
            db.run("INSERT INTO account(user, enabled) VALUES(?,0)", user);
        if (account <= 0)
            db.run("UPDATE camera SET account = ? WHERE account = ?", db.lastInsertId(), account);
    }
    db.script(R"(
        DELETE FROM view WHERE account NOT IN (SELECT id FROM account);
        UPDATE view SET item = NULL WHERE item NOT IN (SELECT id FROM item);
        DELETE FROM event WHERE camera NOT IN (SELECT id FROM camera);)");
}

// Every deletion has its reason (I2). Apart from that, only its arrival is known.
void makeDeletions(WriteContext &context)
{
    context.db.run(R"(
        INSERT OR IGNORE INTO deletion(item, camera, kind, captured, bytes, sha256, source_path,
            reason, at)
        SELECT item, 0, ?, ?2 + (item >> 12), 0, x'', '', reason, ?3
        FROM garbage)",
                   Kind::Other, arrivalOf(ItemId()), context.clock.now());
}

void makeDerived(WriteContext &context)
{
    db::Connection &db = context.db;
    db.script(R"(
        UPDATE camera SET max_duration = max(max_duration,
            coalesce((SELECT max(duration) FROM item WHERE camera = camera.id), 0)),
            last_received = max(last_received,
            coalesce((SELECT max(received) FROM item WHERE camera = camera.id), 0));
        DELETE FROM day_count;
        DELETE FROM hour_count;)");
    recountDeletions(context);
    const QString zone = QString::fromLatin1(
        context.options.defaultZone.isEmpty() ? QTimeZone::systemTimeZoneId() : context.options.defaultZone);
    for (const qint64 id : numbers(db.query("SELECT id FROM camera"))) {
        const std::optional<CameraRow> camera = findCamera(context, CameraId{id});
        if (!camera)
            continue;
        if (!camera->zone.isEmpty()) {
            rebuildCamera(context, camera->id);
            continue;
        }
        db.run("UPDATE camera SET zone = ?, created = ? WHERE id = ?", zone, context.clock.now(), id);
        placeAllInTime(context, findCamera(context, CameraId{id}).value_or(*camera), std::nullopt);
    }
}

} // namespace

void makeWhole(WriteContext &context, const SalvageOptions &options)
{
    keepItemsCalledDeleted(context.db);
    dropHalfItems(context.db);
    makeArchives(context.db, options);
    makeAccountsAndCameras(context);
    makeDeletions(context);
    restoreDerivatives(context.db);
    makeDerived(context);
    // The backup next to the files counts as newer than what is left here, and nothing is deleted by age or
    // for space until a person has confirmed.
    context.db.script(R"(
        INSERT OR REPLACE INTO meta(key, value)
        VALUES('rebuild', '0'), ('retention_hold', 'salvaged');
        DELETE FROM meta WHERE key IN ('state_revision', 'state_home');)");
    context.changes = {};
}

bool anySalvaged(db::Connection &db)
{
    bool found = false;
    {
        db::Statement row =
            db.query("SELECT 1 FROM salvaged_item UNION ALL SELECT 1 FROM salvaged_event LIMIT 1");
        found = row.step();
    }
    return db.takeError() || found;
}

void giveBackSalvaged(WriteContext &context, const ItemRow &item)
{
    if (!context.hasSalvaged)
        return;
    bool isProtected = context.db.run("DELETE FROM salvaged_item WHERE item = ?", item.id) > 0;
    bool reviewed = false;
    {
        db::Statement row = context.db.query(
            "SELECT protected, reviewed FROM salvaged_event WHERE camera = ?1 AND start <= ?2 AND end >= ?2",
            item.camera, item.captured);
        while (row.step()) {
            isProtected = isProtected || row.flag(0);
            reviewed = reviewed || row.flag(1);
        }
    }
    if (isProtected)
        SetProtected{item.id, true}.run(context);
    const auto now = reviewed ? findItem(context.db, item.id) : std::nullopt;
    if (now && now->event.isValid())
        SetReviewed{now->event, true}.run(context);
}

void giveOnSalvaged(WriteContext &context, ItemId item, ItemId toOther)
{
    if (!context.hasSalvaged)
        return;
    bool isProtected = false;
    {
        db::Statement row = context.db.query("SELECT 1 FROM salvaged_item WHERE item = ?", item);
        isProtected = row.step();
    }
    if (isProtected)
        SetProtected{toOther, true}.run(context);
}

void forgetSalvaged(WriteContext &context, bool ofAll)
{
    if (!context.hasSalvaged)
        return;
    // If neither the item's file nor its deletion was found, the protection keeps waiting.
    context.db.run("DELETE FROM salvaged_item WHERE item IN (SELECT item FROM deletion)");
    // An event's items are identified by time, and those of this archive exist now.
    if (ofAll)
        context.db.run(
            "DELETE FROM salvaged_event WHERE protected = 0 OR (SELECT count(*) FROM archive) <= 1");
    context.hasSalvaged = anySalvaged(context.db);
}

} // namespace gatehouse::catalog
