// The only way to write to the catalog: operations (catalog/operations) queue and are carried out on one
// thread in group commits (see db::WriterThread); each future is resolved after its commit.
// Call from any thread. Changes are emitted on the thread that made the Writer.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "catalog/changes.h"
#include "catalog/operations/add_item.h"     // TEMPORARY
#include "catalog/operations/archives.h"     // TEMPORARY
#include "catalog/operations/cameras.h"      // TEMPORARY
#include "catalog/operations/event_gap.h"    // TEMPORARY
#include "catalog/operations/ftp_entries.h"  // TEMPORARY
#include "catalog/operations/item_removal.h" // TEMPORARY
#include "catalog/operations/meta.h"         // TEMPORARY
#include "catalog/operations/operation.h"
#include "catalog/operations/partial_uploads.h" // TEMPORARY
#include "catalog/operations/retention.h"       // TEMPORARY
#include "catalog/operations/review.h"          // TEMPORARY
#include "catalog/operations/state_restore.h"   // TEMPORARY
#include "catalog/types/item_ids.h"
#include "catalog/types/item_participant.h"
#include "catalog/types/writer_options.h"

#include <memory>

namespace gatehouse::catalog
{

using RemovalRequest = RemoveItems; // TEMPORARY

class Writer
{
public:
    // Opens or makes the database and migrates it. Corrupt: the text says what to do.
    static Result<std::unique_ptr<Writer>> open(const WriterOptions &options, const Clock &clock);
    ~Writer(); // finishes what is queued
    Q_DISABLE_COPY_MOVE(Writer)

    template<Operation T>
    auto submit(T operation)
    {
        return thread().submit([&context = context(), operation = std::move(operation)](
                                   db::Connection &) { return operation.run(context); },
                               urgencyOf<T>());
    }

    // From then on it has a say in every item that is added.
    void addParticipant(ItemParticipant participant);

    Changes &changes();
    // Which ids are given away: known before a file is placed, the same in its name and in its row.
    ItemIds &ids();

    // TEMPORARY: removed once all callers submit.
    ItemId nextItemId() { return ids().next(); }
    void passItemId(ItemId item) { ids().passed(item); }
    bool isOfThisRun(ItemId item) { return ids().isOfThisRun(item); }
    auto addItem(NewItem item) { return submit(AddItem{item}); }
    auto setExamined(Examined found) { return submit(SetExamined{found}); }
    auto supersede(PartialUpload pair) { return submit(Supersede{pair}); }
    auto fileRestored(ItemId item, QString archive) { return submit(MarkFileRestored{item, archive}); }
    auto reviseItem(ItemId item, NewItem update, ItemId same = {})
    {
        return submit(ReviseItem{item, update, same});
    }
    auto ftpEntries(AccountId account) { return submit(ReadFtpEntries{account}); }
    auto putFtpEntry(AccountId account, FtpEntry entry) { return submit(PutFtpEntry{account, entry}); }
    auto removeFtpEntry(AccountId account, QString path) { return submit(RemoveFtpEntry{account, path}); }
    auto renameFtpEntry(AccountId account, QString from, QString to)
    {
        return submit(RenameFtpEntry{account, from, to});
    }
    auto expireFtpEntries(qint64 olderThan) { return submit(ExpireFtpEntries{olderThan}); }
    auto account(QString user) { return submit(FindAccount{user}); }
    auto addCamera(QString name, Account account) { return submit(AddCamera{name, account}); }
    auto setAccountSecret(AccountId account, QByteArray salt, QByteArray hash, int iterations)
    {
        return submit(SetAccountSecret{account, salt, hash, iterations});
    }
    auto renameCamera(CameraId camera, QString name) { return submit(RenameCamera{camera, name}); }
    auto setCameraZone(CameraId camera, QByteArray zone) { return submit(SetCameraZone{camera, zone}); }
    auto setCameraOffset(CameraId camera, qint64 offset, bool fixed)
    {
        return submit(SetCameraOffset{camera, offset, fixed});
    }
    auto removeCamera(CameraId camera, bool withEvidence, QString reason)
    {
        return submit(RemoveCamera{camera, withEvidence, reason});
    }
    auto mergeCameras(CameraId from, CameraId into) { return submit(MergeCameras{from, into}); }
    auto splitCamera(CameraId merged) { return submit(SplitCamera{merged}); }
    auto setEventGap(qint64 gap) { return submit(SetEventGap{gap}); }
    auto setReviewed(EventId event, bool reviewed) { return submit(SetReviewed{event, reviewed}); }
    auto setProtected(ItemId item, bool isProtected) { return submit(SetProtected{item, isProtected}); }
    auto recordDeletions(QVector<PastDeletion> past) { return submit(RecordDeletions{past}); }
    auto forgetDeletions(qint64 before, int limit) { return submit(ForgetDeletions{before, limit}); }
    auto pendingGarbage() { return submit(ReadGarbage{}); }
    auto garbageGone(QVector<ItemId> items) { return submit(ForgetGarbage{items}); }
    auto oldest(QString archive, int limit) { return submit(ReadOldestItems{archive, limit}); }
    auto volume(QString archive) { return submit(ReadVolume{archive}); }
    auto archives() { return submit(ReadArchives{}); }
    auto setArchive(QString id, QString root) { return submit(SetArchive{id, root}); }
    auto restoreHome(StateSnapshot state) { return submit(RestoreHome{state}); }
    auto restoreMarks(StateSnapshot state) { return submit(RestoreMarks{state}); }
    auto meta(QString key) { return submit(ReadMeta{key}); }
    auto setMeta(QString key, QString value) { return submit(SetMeta{key, value}); }
    auto rebuildIsWhole(bool ofAll) { return submit(FinishRebuild{ofAll}); }
    auto removeItems(RemoveItems request) { return submit(std::move(request)); }
    static constexpr qint64 kFtpEntryLifetime = catalog::kFtpEntryLifetime;
    static constexpr const char *kRebuildKey = catalog::kRebuildKey;
    // END OF TEMPORARY

private:
    struct Private;
    explicit Writer(std::unique_ptr<Private> d);
    db::WriterThread &thread();
    WriteContext &context(); // the thread's own

    std::unique_ptr<Private> d;
};

} // namespace gatehouse::catalog
