#include "catalog/operations/add_item.h"

#include "base/limits.h"
#include "base/messages.h"
#include "catalog/operations/ftp_entries.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/partial_uploads.h"
#include "catalog/operations/recovered.h"
#include "catalog/operations/salvaged_whole.h"
#include "catalog/tables/derivative_table.h"
#include "catalog/tables/item_detail.h"
#include "catalog/tables/item_table.h"
#include "catalog/tables/item_value.h"
#include "catalog/tables/motion_table.h"

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kAroundDay = 36 * 3'600'000; // ms from noon, for clocks and zones that differ

qint64 archiveRow(WriteContext &context, const QString &uuid)
{
    context.db.run("INSERT INTO archive(uuid) VALUES(?) ON CONFLICT DO NOTHING", uuid);
    db::Statement row = context.db.query("SELECT id FROM archive WHERE uuid = ?", uuid);
    return row.step() ? row.integer(0) : 0;
}

// Entries older than a day expire anyway; and a later upload of that name takes precedence.
bool isPastFtpEntry(WriteContext &context, const NewItem &repaired)
{
    if (repaired.received < context.clock.now() - kFtpEntryLifetime)
        return true;
    db::Statement row = context.db.query("SELECT 1 FROM view WHERE account = ? AND path = ? AND item > ?",
                                         repaired.account, repaired.sourcePath, repaired.id);
    return row.step();
}

// The camera sees what it sent; 226 promises that, too. An import belongs to no camera's view.
void showToCamera(WriteContext &context, const NewItem &item, ItemId kept)
{
    if (!item.live || item.isOvertaken || (item.repaired && isPastFtpEntry(context, item)))
        return;
    FtpEntry entry;
    entry.path = item.sourcePath;
    entry.bytes = item.bytes;
    entry.modified = item.received;
    entry.item = kept;
    entry.sha256 = item.sha256;
    PutFtpEntry{item.account, entry}.run(context);
}

// Sent again before repair found the earlier file: the bytes had arrived by then.
void arriveBefore(WriteContext &context, ItemRow &row, qint64 received)
{
    if (received >= row.received)
        return;
    const CameraRow camera = findCamera(context, row.camera).value_or(CameraRow());
    ItemDetail detail = detailOf(context, row.id);
    row.received = received;
    row.captured = placeInTime(context, camera, detail.clockOffset, detail, row);
    updateDetail(context, row.id, detail);
}

// The same bytes under the same name, received again.
Added countArrival(WriteContext &context, ItemId known, const NewItem &item)
{
    context.db.run("UPDATE item_detail SET arrivals = arrivals + 1 WHERE id = ?", known);
    const ItemRow row = findItem(context.db, known).value_or(ItemRow());
    ItemRow now = row;
    context.db.run("UPDATE camera SET last_received = max(last_received, ?) WHERE id = ?", item.received,
                   row.camera);
    context.changes.camera(row.camera);
    if (row.state == ItemState::Incomplete && item.state != ItemState::Incomplete) {
        // The connection broke after the last byte; this time it ended cleanly.
        context.db.run("UPDATE item_detail SET cut = 0, reason = '', unfinished = 0 WHERE id = ?", known);
        now.state = ItemState::Unexamined;
    }
    if (item.repaired)
        arriveBefore(context, now, item.received);
    if (now == row)
        context.changes.changed(row.change());
    else
        changeItem(context, row, now);
    if (item.repaired)
        giveOnSalvaged(context, item.id, known);
    showToCamera(context, item, known);
    notePartialUploadsOf(context, item, known);
    return {known, row.camera, true, keptFileOf(context, known)};
}

void learn(WriteContext &context, const CameraRow &camera, const ItemRow &row, const ItemDetail &detail,
           const CaptureHint &hint)
{
    if (!detail.live || camera.offsetFixed || !row.joinsEvents() ||
        (detail.timeSource != TimeSource::Name && detail.timeSource != TimeSource::Content))
        return;
    const ClockSample sample{row.id, row.captured + detail.clockOffset, hint.duration, row.received};
    if (row.kind == Kind::Clip && hint.duration == 0 && sample.written <= sample.received)
        return; // behind, or just long
    const auto learned = context.learning.add(camera.id, sample);
    if (!learned)
        return;
    // A name that is in UTC itself says nothing about the zone of others.
    NamesReading reading{camera.namesUtcOffset, learned->offset};
    if (detail.hintLocal && detail.timeSource == TimeSource::Name)
        reading = namesReading(camera.namesUtcOffset, learned->offset, context.zones.zone(camera.zone),
                               row.received);
    constexpr qint64 worthMoving = 120'000;
    const bool isOtherZone = reading.utcOffset != camera.namesUtcOffset;
    if (!isOtherZone && std::abs(reading.offset - camera.offset) <= worthMoving)
        return;
    context.db.run(
        "UPDATE camera SET clock_offset = ?, offset_learned = ?, names_utc_offset = ? WHERE id = ?",
        reading.offset, reading.offset != 0, reading.utcOffset, camera.id);
    if (isOtherZone)
        context.learning.forget(camera.id); // its samples are read otherwise now
    context.changes.camera(camera.id);
    for (const ItemId id : learned->by) {
        const std::optional<ItemRow> before = findItem(context.db, id);
        if (!before || before->camera != camera.id)
            continue;
        ItemDetail moved = detailOf(context, id);
        if (isOtherZone)
            moved.readNamesAt(reading.utcOffset);
        ItemRow after = *before;
        after.captured = placeInTime(context, camera, reading.offset, moved, after);
        updateDetail(context, id, moved);
        changeItem(context, *before, after);
    }
}

// Supersedes an item whose state was awaited, if a later upload starts with its bytes.
bool replacedByLater(WriteContext &context, const ItemRow &item)
{
    bool replaced = false;
    {
        db::Statement later = context.db.query("SELECT 1 FROM item_detail WHERE extends = ?", item.id);
        replaced = later.step();
    }
    if (!replaced)
        return false;
    context.db.run("UPDATE item_detail SET extends = NULL WHERE extends = ?", item.id);
    if (!mayBeReplaced(item))
        return false;
    removeReplaced(context, item, KeptElsewhere::InALaterUpload);
    return true;
}

// `camera` becomes the one that took the picture.
Result<void> moveToDevice(WriteContext &context, const Examined &found, ItemDetail &detail, CameraRow &camera)
{
    const std::optional<CameraRow> origin = findCamera(context, detail.origin);
    if (!origin)
        return {};
    const auto device = resolveDevice(context, *origin, found.cameraSerial, found.cameraModel);
    if (!device)
        return tl::unexpected(device.error());
    if (!*device || (*device)->origin.id == origin->id)
        return {};
    detail.origin = (*device)->origin.id;
    if ((*device)->camera.id == camera.id)
        return {};
    camera = (*device)->camera;
    detail.clockOffset = camera.offset;
    detail.readNamesAt(camera.namesUtcOffset);
    return {};
}

Result<void> writeParticipantsRows(WriteContext &context, ItemId item)
{
    if (context.participants.empty())
        return {};
    const QVector<Item> kept =
        itemValues(context.db.query(GATEHOUSE_SELECT_ITEM_VALUE "WHERE i.id = ?", item));
    for (const ItemParticipant &participant : context.participants) {
        if (kept.isEmpty())
            break; // only after an error that fails the operation
        if (auto done = participant(context.db, kept.first()); !done)
            return done;
    }
    return {};
}

} // namespace

Result<Added> AddItem::run(WriteContext &context) const
{
    if (!item.id.isValid() || findItem(context.db, item.id))
        return fail(ErrorKind::Invalid, Messages::tr("This item can't be added."), QStringLiteral("catalog"));
    const bool asksForTheSame = item.recovered && !item.besideTheSame;
    if (const ItemId kept = asksForTheSame ? keptAlready(context, item) : ItemId(); kept.isValid()) {
        giveOnSalvaged(context, item.id, kept);
        const ItemRow row = findItem(context.db, kept).value_or(ItemRow());
        ItemRow now = row;
        arriveBefore(context, now, item.received);
        changeItem(context, row, now);
        return Added{kept, {}, true, keptFileOf(context, kept)};
    }
    const Recovered recovered = item.recovered ? Recovered() : recoveredAs(context, item);
    if (const ItemId known = sameUpload(context, item.account, item.sourcePath, item.sha256, {});
        known.isValid() && !recovered.contains(known) && !item.besideTheSame)
        return recovered.supersededBy(context, countArrival(context, known, item));
    const auto resolved = resolveCamera(context, item.account, item.cameraKey, item.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    const CameraRow &camera = resolved->camera;

    ItemDetail detail;
    detail.account = item.account;
    detail.origin = resolved->origin.id;
    detail.archive = archiveRow(context, item.archive);
    detail.relativePath = item.relativePath;
    detail.sourcePath = item.sourcePath;
    detail.sha256 = item.sha256;
    detail.live = item.live;
    detail.cut = item.state == ItemState::Incomplete;
    detail.reason = item.reason;
    detail.take(item.hint, camera.namesUtcOffset);

    ItemRow row;
    row.id = item.id;
    row.camera = camera.id;
    row.kind = item.kind;
    row.trigger = item.trigger;
    row.subject = item.subject;
    row.state = item.state;
    row.bytes = item.bytes;
    row.received = recovered.firstArrival(item.received);
    row.duration = boundedDuration(item.kind);
    if (item.kind == Kind::Clip && item.hint.duration > 0)
        row.duration = std::min(item.hint.duration, limits::kMaxItemDuration);
    row.captured = placeInTime(context, camera, camera.offset, detail, row);

    Added added{item.id, camera.id, false};
    if (const auto earlier = findItem(context.db, item.extends)) {
        const ItemDetail its = detailOf(context, earlier->id);
        if (its.account == item.account && its.sourcePath == item.sourcePath) {
            if (mayBeReplaced(*earlier))
                removeReplaced(context, *earlier, KeptElsewhere::InALaterUpload);
            else if (earlier->state == ItemState::Unexamined)
                detail.extends = earlier->id; // decided when it is examined
        }
    }
    detail.unfinished = row.isUnfinished();
    keepItem(context, row);
    insertDetail(context, item.id, detail);
    showToCamera(context, item, item.id);
    notePartialUploadsOf(context, item, item.id);
    if (item.isOvertaken)
        noteAsOvertaken(context, row, item.overtakenBy);
    context.ids.passed(item.id);
    if (item.recovered)
        noteRecovered(context, item);
    learn(context, camera, row, detail, item.hint);
    giveBackSalvaged(context, row);
    added = recovered.supersededBy(context, added);
    if (auto joined = writeParticipantsRows(context, item.id); !joined)
        return tl::unexpected(joined.error());
    return added;
}

Result<void> SetExamined::run(WriteContext &context) const
{
    const std::optional<ItemRow> before = findItem(context.db, found.item);
    for (const Derivative &derivative : found.derivatives)
        keepDerivative(context, derivative, before ? DerivativeState::Made : DerivativeState::Unwanted);
    if (!before && !found.derivatives.isEmpty())
        return {}; // an error would undo that
    if (!before)
        return fail(ErrorKind::NotFound, Messages::tr("This item no longer exists."),
                    QStringLiteral("catalog"));
    ItemDetail detail = detailOf(context, found.item);
    ItemRow after = *before;
    const bool isKindOpen = before->kind == Kind::Other;
    if (found.kind && isPicture(*found.kind) && found.kind != after.kind &&
        (isKindOpen || (isPicture(after.kind) && found.width > 0))) {
        after.kind = *found.kind;
        after.duration = boundedDuration(after.kind);
    }
    after.hasPicture = found.width > 0 && (after.kind == Kind::Still || after.kind == Kind::Clip);
    if (after.kind == Kind::Clip && found.duration > 0) {
        const bool isNamed = after.kind == before->kind && before->duration != boundedDuration(before->kind);
        if (!(found.isDurationAssumed && isNamed))
            after.duration = std::min(found.duration, limits::kMaxItemDuration);
        after.durationKnown = true;
    }
    // A cut upload stays incomplete, however well it plays.
    after.state = detail.cut && found.state != ItemState::TooLong ? ItemState::Incomplete : found.state;
    if (!isPicture(after.kind) && !detail.cut)
        after.state = ItemState::Ok; // nothing to decode
    else if (!detail.cut && !(found.reason.isEmpty() && isRecovered(context, found.item)))
        detail.reason = found.reason;
    CameraRow camera = findCamera(context, after.camera).value_or(CameraRow());
    if (!found.cameraSerial.isEmpty()) {
        if (auto moved = moveToDevice(context, found, detail, camera); !moved)
            return moved;
    }
    const bool hasMoved = camera.id != after.camera;
    after.camera = camera.id;
    if (detail.hintIsEnd || hasMoved) // now that its length or its camera is known
        after.captured = placeInTime(context, camera, detail.clockOffset, detail, after);
    if ((detail.timeSource == TimeSource::Arrival || detail.hintIsDay) &&
        (found.contentTime || found.contentLocalTime.isValid())) {
        CaptureHint content;
        content.utc = found.contentLocalTime.isValid() ? 0 : found.contentTime;
        content.local = found.contentLocalTime;
        content.source = TimeSource::Content;
        ItemDetail dated = detail;
        dated.take(content, std::nullopt);
        const qint64 captured = placeInTime(context, camera, camera.offset, dated, after);
        // A day in the name is not thrown away.
        const bool isOnDay = !detail.hintIsDay || std::abs(captured - after.captured) < kAroundDay;
        // That of a clock that was never set is the arrival; who looks at the camera's clock wants to know.
        const bool isOfUnsetClock = dated.timeSource == TimeSource::StuckClock && !detail.hintIsDay;
        if (isOfUnsetClock || (dated.timeSource == TimeSource::Content && isOnDay)) {
            detail = dated;
            after.captured = captured;
        }
    }
    detail.unfinished = after.isUnfinished();
    updateDetail(context, found.item, detail);
    context.db.run(R"(
        UPDATE item_detail SET width = ?, height = ?, container = ?, video_codec = ?,
            audio_codec = ?
        WHERE id = ?)",
                   found.width, found.height, found.container, found.videoCodec, found.audioCodec,
                   found.item);
    setMotion(context.db, found.item, found.motion);
    changeItem(context, *before, after);
    context.changes.changed(after.change());
    const std::optional<ItemRow> now = findItem(context.db, found.item);
    if (now && !replacedByLater(context, *now) && now->isUnfinished() && !before->isUnfinished())
        noteAsPartialUpload(context, *now);
    return {};
}

Result<void> MarkFileRestored::run(WriteContext &context) const
{
    const std::optional<ItemRow> before = findItem(context.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Messages::tr("This item no longer exists."),
                    QStringLiteral("catalog"));
    context.db.run("UPDATE item_detail SET archive = ? WHERE id = ?", archiveRow(context, archive), item);
    ItemDetail detail = detailOf(context, item);
    if ((before->state == ItemState::Damaged || before->state == ItemState::TooLong) && !detail.cut) {
        // That referred to other bytes.
        detail.reason.clear();
        detail.unfinished = false;
        updateDetail(context, item, detail);
        ItemRow after = *before;
        after.state = ItemState::Unexamined;
        changeItem(context, *before, after);
    } else {
        context.changes.changed(before->change());
    }
    return {};
}

Result<Added> ReviseItem::run(WriteContext &context) const
{
    const std::optional<ItemRow> before = findItem(context.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Messages::tr("This item no longer exists."),
                    QStringLiteral("catalog"));
    ItemDetail detail = detailOf(context, item);
    if (const ItemId known = update.besideTheSame ? ItemId()
                                                  : sameUpload(context, detail.account, update.sourcePath,
                                                               detail.sha256, item);
        known.isValid()) {
        const Added answer{known, before->camera, true, keptFileOf(context, known)};
        if (known != same)
            return answer;
        // Uploaded again under its temporary name, then renamed: nothing new.
        context.db.run("UPDATE item_detail SET arrivals = arrivals + 1 WHERE id = ?", known);
        context.db.run("UPDATE view SET item = ? WHERE item = ?", known, item);
        removeReplaced(context, *before, KeptElsewhere::UnderItsNewName);
        return answer;
    }
    // A name that names no camera does not change what the picture said.
    const CameraRow origin = findCamera(context, detail.origin).value_or(CameraRow());
    const bool keepsCamera = update.cameraKey.isEmpty() && isKnownBySerial(origin);
    const auto resolved = resolveCamera(context, detail.account, keepsCamera ? origin.key : update.cameraKey,
                                        update.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    ItemRow after = *before;
    after.camera = resolved->camera.id;
    // A new name says less than the content.
    if (before->state == ItemState::Unexamined || !isPicture(before->kind) || update.kind == Kind::Sidecar)
        after.kind = update.kind;
    if (isPicture(after.kind) && !isPicture(before->kind) && before->state == ItemState::Ok)
        after.state = ItemState::Unexamined; // as a text, it was not looked at
    after.trigger = update.trigger;
    after.subject = update.subject;
    detail.origin = resolved->origin.id;
    detail.sourcePath = update.sourcePath;
    // A time from the content stays unless the new name has a better one.
    if (update.hint.utc != 0 || update.hint.local.isValid() || detail.hintSource != TimeSource::Content)
        detail.take(update.hint, resolved->camera.namesUtcOffset);
    if (after.kind != Kind::Clip) {
        after.duration = 0;
    } else if (!after.durationKnown) {
        after.duration = update.hint.duration > 0 ? std::min(update.hint.duration, limits::kMaxItemDuration)
                                                  : boundedDuration(after.kind);
    }
    after.captured = placeInTime(context, resolved->camera, resolved->camera.offset, detail, after);
    updateDetail(context, item, detail);
    changeItem(context, *before, after);
    context.changes.changed(after.change());
    return Added{item, after.camera};
}

} // namespace gatehouse::catalog
