#include "catalog/intake.h"

#include "catalog/account_view.h"
#include "catalog/beginnings.h"
#include "catalog/item_detail.h"
#include "catalog/item_keeper.h"
#include "catalog/item_removal.h"
#include "catalog/recovered.h"
#include "catalog/salvaged_whole.h"
#include "catalog/sentences.h"

namespace gatehouse::catalog
{

namespace
{

qint64 archiveRow(Store &store, const QString &uuid)
{
    store.db.run("INSERT INTO archive(uuid) VALUES(?) ON CONFLICT DO NOTHING", uuid);
    db::Statement row = store.db.query("SELECT id FROM archive WHERE uuid = ?", uuid);
    return row.step() ? row.integer(0) : 0;
}

// What cameras see of a day ago or more goes anyway; and a later upload under that name goes first.
bool isPastView(Store &store, const NewItem &mended)
{
    if (mended.received < store.clock.now() - Writer::kFtpEntryLifetime)
        return true;
    db::Statement row = store.db.query("SELECT 1 FROM view WHERE account = ? AND path = ? AND item > ?",
                                       mended.account, mended.sourcePath, mended.id);
    return row.step();
}

// The camera sees what it sent, and 226 promises that too. An import is nobody's upload.
void showToCamera(Store &store, const NewItem &item, ItemId kept)
{
    if (!item.live || item.isOvertaken || (item.mended && isPastView(store, item)))
        return;
    ViewEntry entry;
    entry.path = item.sourcePath;
    entry.bytes = item.bytes;
    entry.modified = item.received;
    entry.item = kept;
    entry.sha256 = item.sha256;
    putView(store, item.account, entry);
}

// Sent again before repair came upon the file of the time before: the bytes were here by then.
void arriveBefore(Store &store, ItemRow &row, qint64 received)
{
    if (received >= row.received)
        return;
    const CameraRow camera = findCamera(store, row.camera).value_or(CameraRow());
    ItemDetail detail = detailOf(store, row.id);
    row.received = received;
    row.captured = placeInTime(store, camera, detail.clockOffset, detail, received);
    updateDetail(store, row.id, detail);
}

// The same bytes under the same name once more.
Added countArrival(Store &store, ItemId known, const NewItem &item)
{
    store.db.run("UPDATE item_detail SET arrivals = arrivals + 1 WHERE id = ?", known);
    const ItemRow row = findItem(store.db, known).value_or(ItemRow());
    ItemRow now = row;
    store.db.run("UPDATE camera SET last_received = max(last_received, ?) WHERE id = ?", item.received,
                 row.camera);
    store.changes.camera(row.camera);
    if (row.state == ItemState::Incomplete && item.state != ItemState::Incomplete) {
        // The connection broke after the last byte; this time it ended in order.
        store.db.run("UPDATE item_detail SET cut = 0, reason = '', unfinished = 0 WHERE id = ?", known);
        now.state = ItemState::Unexamined;
    }
    if (item.mended)
        arriveBefore(store, now, item.received);
    if (now == row)
        store.changes.changed(row.change());
    else
        changeItem(store, row, now);
    if (item.mended)
        giveOnSalvaged(store, item.id, known);
    showToCamera(store, item, known);
    noteBeginningsOf(store, item, known);
    return {known, row.camera, true, keptFileOf(store, known)};
}

void learn(Store &store, const CameraRow &camera, const ItemRow &row, const ItemDetail &detail,
           const CaptureHint &hint)
{
    if (!detail.live || camera.offsetFixed || !row.joinsEvents() ||
        (detail.timeSource != TimeSource::Name && detail.timeSource != TimeSource::Content))
        return;
    const ClockSample sample{row.id, row.captured + detail.clockOffset, hint.duration, row.received};
    if (row.kind == Kind::Clip && hint.duration == 0 && sample.written <= sample.received)
        return; // behind, or just long
    const auto learned = store.learning.add(camera.id, sample);
    constexpr qint64 worthMoving = 120'000;
    if (!learned || std::abs(learned->offset - camera.offset) <= worthMoving)
        return;
    store.db.run("UPDATE camera SET clock_offset = ?, offset_learned = ? WHERE id = ?", learned->offset,
                 learned->offset != 0, camera.id);
    store.changes.camera(camera.id);
    for (const ItemId id : learned->by) {
        const std::optional<ItemRow> before = findItem(store.db, id);
        if (!before || before->camera != camera.id)
            continue;
        ItemDetail moved = detailOf(store, id);
        ItemRow after = *before;
        after.captured = placeInTime(store, camera, learned->offset, moved, after.received);
        updateDetail(store, id, moved);
        changeItem(store, *before, after);
    }
}

// What was waiting for this item's state: later uploads that begin with its bytes.
bool replacedByLater(Store &store, const ItemRow &item)
{
    bool replaced = false;
    {
        db::Statement later = store.db.query("SELECT 1 FROM item_detail WHERE extends = ?", item.id);
        replaced = later.step();
    }
    if (!replaced)
        return false;
    store.db.run("UPDATE item_detail SET extends = NULL WHERE extends = ?", item.id);
    if (!mayBeReplaced(item))
        return false;
    removeReplaced(store, item, KeptElsewhere::InALaterUpload);
    return true;
}

} // namespace

Result<Added> addItem(Store &store, const NewItem &item)
{
    if (!item.id.isValid() || findItem(store.db, item.id))
        return fail(ErrorKind::Invalid, Sentences::tr("This item cannot be added."),
                    QStringLiteral("catalog"));
    const bool asksForTheSame = item.recovered && !item.besideTheSame;
    if (const ItemId kept = asksForTheSame ? keptAlready(store, item) : ItemId(); kept.isValid()) {
        giveOnSalvaged(store, item.id, kept);
        const ItemRow row = findItem(store.db, kept).value_or(ItemRow());
        ItemRow now = row;
        arriveBefore(store, now, item.received);
        changeItem(store, row, now);
        return Added{kept, {}, true, keptFileOf(store, kept)};
    }
    const Recovered recovered = item.recovered ? Recovered() : recoveredAs(store, item);
    if (const ItemId known = sameUpload(store, item.account, item.sourcePath, item.sha256, {});
        known.isValid() && !recovered.contains(known) && !item.besideTheSame)
        return recovered.giveWayTo(store, countArrival(store, known, item));
    const auto resolved = resolveCamera(store, item.account, item.cameraKey, item.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    const CameraRow &camera = resolved->camera;

    ItemDetail detail;
    detail.account = item.account;
    detail.origin = resolved->origin.id;
    detail.archive = archiveRow(store, item.archive);
    detail.relativePath = item.relativePath;
    detail.sourcePath = item.sourcePath;
    detail.sha256 = item.sha256;
    detail.live = item.live;
    detail.cut = item.state == ItemState::Incomplete;
    detail.reason = item.reason;
    detail.take(item.hint);

    ItemRow row;
    row.id = item.id;
    row.camera = camera.id;
    row.kind = item.kind;
    row.trigger = item.trigger;
    row.subject = item.subject;
    row.state = item.state;
    row.bytes = item.bytes;
    row.received = recovered.firstArrival(item.received);
    row.captured = placeInTime(store, camera, camera.offset, detail, row.received);
    row.duration = boundedDuration(item.kind);
    if (item.kind == Kind::Clip && item.hint.duration > 0)
        row.duration = std::min(item.hint.duration, kMaxDuration);

    Added added{item.id, camera.id, false};
    if (const auto earlier = findItem(store.db, item.extends)) {
        const ItemDetail its = detailOf(store, earlier->id);
        if (its.account == item.account && its.sourcePath == item.sourcePath) {
            if (mayBeReplaced(*earlier))
                removeReplaced(store, *earlier, KeptElsewhere::InALaterUpload);
            else if (earlier->state == ItemState::Unexamined)
                detail.extends = earlier->id; // decided when it is examined
        }
    }
    detail.unfinished = row.isUnfinished();
    keepItem(store, row);
    insertDetail(store, item.id, detail);
    showToCamera(store, item, item.id);
    noteBeginningsOf(store, item, item.id);
    if (item.isOvertaken)
        noteAsOvertaken(store, row, item.overtakenBy);
    store.ids.passed(item.id);
    if (item.recovered)
        noteRecovered(store, item);
    learn(store, camera, row, detail, item.hint);
    giveBackSalvaged(store, row);
    return recovered.giveWayTo(store, added);
}

Result<void> setExamined(Store &store, const Examined &found)
{
    const std::optional<ItemRow> before = findItem(store.db, found.item);
    if (!before)
        return fail(ErrorKind::NotFound, Sentences::tr("This item is gone."), QStringLiteral("catalog"));
    ItemDetail detail = detailOf(store, found.item);
    ItemRow after = *before;
    if (found.kind && isPicture(*found.kind) && isPicture(after.kind) && found.kind != after.kind) {
        after.kind = *found.kind;
        after.duration = boundedDuration(after.kind);
    }
    after.hasPicture = found.width > 0 && (after.kind == Kind::Still || after.kind == Kind::Clip);
    if (after.kind == Kind::Clip && found.duration > 0) {
        const bool isNamed = after.kind == before->kind && before->duration != boundedDuration(before->kind);
        if (!(found.isDurationAssumed && isNamed))
            after.duration = std::min(found.duration, kMaxDuration);
        after.durationKnown = true;
    }
    // What was cut stays incomplete, however well what came of it plays.
    after.state = detail.cut && found.state != ItemState::TooLong ? ItemState::Incomplete : found.state;
    if (!detail.cut && !(found.reason.isEmpty() && isRecovered(store, found.item)))
        detail.reason = found.reason;
    if (detail.timeSource == TimeSource::Arrival && (found.contentTime || found.contentLocalTime.isValid())) {
        CaptureHint content;
        content.utc = found.contentLocalTime.isValid() ? 0 : found.contentTime;
        content.local = found.contentLocalTime;
        content.source = TimeSource::Content;
        ItemDetail dated = detail;
        dated.take(content);
        const CameraRow camera = findCamera(store, after.camera).value_or(CameraRow());
        const qint64 captured = placeInTime(store, camera, camera.offset, dated, after.received);
        if (dated.timeSource == TimeSource::Content) { // a stuck clock says nothing: stay with arrival
            detail = dated;
            after.captured = captured;
        }
    }
    detail.unfinished = after.isUnfinished();
    updateDetail(store, found.item, detail);
    store.db.run("UPDATE item_detail SET width = ?, height = ?, container = ?, video_codec = ?, audio_codec "
                 "= ? WHERE id = ?",
                 found.width, found.height, found.container, found.videoCodec, found.audioCodec, found.item);
    changeItem(store, *before, after);
    store.changes.changed(after.change());
    const std::optional<ItemRow> now = findItem(store.db, found.item);
    if (now && !replacedByLater(store, *now) && now->isUnfinished() && !before->isUnfinished())
        noteAsBeginning(store, *now);
    return {};
}

Result<void> fileRestored(Store &store, ItemId item, const QString &archive)
{
    const std::optional<ItemRow> before = findItem(store.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Sentences::tr("This item is gone."), QStringLiteral("catalog"));
    store.db.run("UPDATE item_detail SET archive = ? WHERE id = ?", archiveRow(store, archive), item);
    ItemDetail detail = detailOf(store, item);
    if ((before->state == ItemState::Damaged || before->state == ItemState::TooLong) && !detail.cut) {
        // That was said of other bytes.
        detail.reason.clear();
        detail.unfinished = false;
        updateDetail(store, item, detail);
        ItemRow after = *before;
        after.state = ItemState::Unexamined;
        changeItem(store, *before, after);
    } else {
        store.changes.changed(before->change());
    }
    return {};
}

Result<Added> reviseItem(Store &store, ItemId item, const NewItem &meaning, ItemId same)
{
    const std::optional<ItemRow> before = findItem(store.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Sentences::tr("This item is gone."), QStringLiteral("catalog"));
    ItemDetail detail = detailOf(store, item);
    if (const ItemId known = meaning.besideTheSame
                                 ? ItemId()
                                 : sameUpload(store, detail.account, meaning.sourcePath, detail.sha256, item);
        known.isValid()) {
        const Added answer{known, before->camera, true, keptFileOf(store, known)};
        if (known != same)
            return answer;
        // Uploaded once more under its temporary name, then renamed: nothing new.
        store.db.run("UPDATE item_detail SET arrivals = arrivals + 1 WHERE id = ?", known);
        store.db.run("UPDATE view SET item = ? WHERE item = ?", known, item);
        removeReplaced(store, *before, KeptElsewhere::UnderItsNewName);
        return answer;
    }
    const auto resolved = resolveCamera(store, detail.account, meaning.cameraKey, meaning.cameraName);
    if (!resolved)
        return tl::unexpected(resolved.error());
    ItemRow after = *before;
    after.camera = resolved->camera.id;
    // A new name says less than the content.
    if (before->state == ItemState::Unexamined || !isPicture(before->kind) || !isPicture(meaning.kind))
        after.kind = meaning.kind;
    after.trigger = meaning.trigger;
    after.subject = meaning.subject;
    detail.origin = resolved->origin.id;
    detail.sourcePath = meaning.sourcePath;
    // A time found in the content stays unless the new name knows better.
    if (meaning.hint.utc != 0 || meaning.hint.local.isValid() || detail.hintSource != TimeSource::Content)
        detail.take(meaning.hint);
    after.captured = placeInTime(store, resolved->camera, resolved->camera.offset, detail, after.received);
    if (after.kind != Kind::Clip) {
        after.duration = 0;
    } else if (!after.durationKnown) {
        after.duration = meaning.hint.duration > 0 ? std::min(meaning.hint.duration, kMaxDuration)
                                                   : boundedDuration(after.kind);
    }
    updateDetail(store, item, detail);
    changeItem(store, *before, after);
    store.changes.changed(after.change());
    return Added{item, after.camera};
}

} // namespace gatehouse::catalog
