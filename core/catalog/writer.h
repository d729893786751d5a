// The only write connection of the catalog, on its own thread: commands queue, are carried out in one
// transaction per burst (WAL, synchronous=FULL), and each future is resolved after that commit.
// A command that fails takes nothing of its neighbours with it (savepoints).
// Call from any thread. Changes are emitted on the thread that made the Writer.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "catalog/changes.h"
#include "catalog/types/camera.h"
#include "catalog/types/event.h"
#include "catalog/types/item.h"
#include "catalog/types/state_snapshot.h"

#include <QFuture>
#include <memory>

namespace gatehouse::catalog
{

struct WriterOptions {
    QString databasePath;
    qint64 eventGap = 60'000;  // ms, 0 to 3,600,000
    QByteArray defaultZone;    // IANA id for new cameras; empty: the PC's
    const char *vfs = nullptr; // tests: a VFS that forgets what was not synced
};

struct RemovalRequest {
    QVector<ItemId> items;
    QString reason; // a sentence that is kept with the deletion
};

// A file whose row is gone and whose bytes are to be unlinked.
struct Garbage {
    ItemId item;
    QString archive;
    QString relativePath;
    QString reason;
};

struct ArchiveFolder {
    QString id;
    QString root; // where it was last; empty: nobody knows
};

class Writer
{
public:
    // Opens or makes the database and migrates it. Corrupt: the text says what to do.
    static Result<std::unique_ptr<Writer>> open(const WriterOptions &options, const Clock &clock);
    ~Writer(); // finishes what is queued
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    Changes &changes();

    // The next unused item id: rises with arrival, unique also after the clock went back. Any thread.
    ItemId nextItemId();
    // That one is used: a file has it in its name. Any thread.
    void passItemId(ItemId item);
    // Whether that may have given it away in this run: its file's row may just be being written. Any thread.
    [[nodiscard]] bool isOfThisRun(ItemId item) const;

    // --- what cameras send
    QFuture<Result<Added>> addItem(NewItem item);
    QFuture<Result<void>> setExamined(Examined found);
    // The bytes of the one were found to be the beginning of the other's: it goes, unless it is protected.
    QFuture<Result<void>> supersede(PartialUpload pair);
    // The item's file was missing or broken, and its bytes are there again, under the same path of this
    // archive.
    QFuture<Result<void>> fileRestored(ItemId item, QString archive);
    // RNTO: a new source path, read anew. `update` carries what the new name says (id, hash ignored). A
    // duplicate has changed nothing yet: it is given up by asking again with the item that is the `same`.
    QFuture<Result<Added>> reviseItem(ItemId item, NewItem update, ItemId same = {});

    // --- an account's FTP tree
    QFuture<Result<QVector<FtpEntry>>> ftpEntries(AccountId account);
    QFuture<Result<void>> putFtpEntry(AccountId account, FtpEntry entry);
    QFuture<Result<void>> removeFtpEntry(AccountId account, QString path);
    QFuture<Result<void>> moveFtpEntries(AccountId account, QVector<FtpMove> moves);
    QFuture<Result<int>> expireFtpEntries(qint64 olderThan); // UTC ms
    // ms; cameras look for what they sent for at least 24 h
    static constexpr qint64 kFtpEntryLifetime = 25 * 3'600'000;

    // --- accounts and cameras
    QFuture<Result<Account>> account(QString user);                   // NotFound
    QFuture<Result<Camera>> addCamera(QString name, Account account); // user "" = made from the name
    QFuture<Result<void>> setAccountSecret(AccountId account, QByteArray salt, QByteArray hash,
                                           int iterations);
    QFuture<Result<void>> renameCamera(CameraId camera, QString name);
    QFuture<Result<void>> setCameraZone(CameraId camera, QByteArray zone);             // moves its items
    QFuture<Result<void>> setCameraOffset(CameraId camera, qint64 offset, bool fixed); // moves its items
    QFuture<Result<void>> removeCamera(CameraId camera, bool withEvidence, QString reason);
    QFuture<Result<void>> mergeCameras(CameraId from, CameraId into);
    QFuture<Result<void>> splitCamera(CameraId merged); // undoes a merge

    // Counts for what comes from then on, and where events are grouped anew; ms, 0 to 3,600,000.
    QFuture<Result<void>> setEventGap(qint64 gap);

    // --- review and deletion
    QFuture<Result<void>> setReviewed(EventId event, bool reviewed);
    QFuture<Result<void>> setProtected(ItemId item, bool isProtected);
    // Rows go, garbage rows come (with the reason), in one transaction. Protected items: Denied.
    QFuture<Result<QVector<Garbage>>> removeItems(RemovalRequest request);
    // Answers how many of them the catalog did not know of.
    QFuture<Result<int>> recordDeletions(QVector<PastDeletion> past);
    // Of what arrived and went before then (UTC ms), the oldest first and at most `limit`, with the next
    // commit. Answers how many the list of deletions has lost.
    QFuture<Result<int>> forgetDeletions(qint64 before, int limit);
    QFuture<Result<QVector<Garbage>>> pendingGarbage();
    QFuture<Result<void>> garbageGone(QVector<ItemId> items); // after unlink and fsync of the folder
    // The unprotected items of the archive that came first, up to `limit`.
    QFuture<Result<QVector<Item>>> oldest(QString archive, int limit);
    QFuture<Result<Volume>> volume(QString archive);

    // --- archive folders
    // All that ever held files of this catalog, the one in use last first.
    QFuture<Result<QVector<ArchiveFolder>>> archives();
    // It is in use now, and there.
    QFuture<Result<void>> setArchive(QString id, QString root);

    // --- a snapshot of a newer catalog (see state_restore.h): first the home with what is protected, the
    // other marks after repair
    QFuture<Result<void>> restoreHome(StateSnapshot state);
    QFuture<Result<void>> restoreMarks(StateSnapshot state);

    // A line that a part of the engine keeps over restarts; empty: none yet.
    QFuture<Result<QString>> meta(QString key);
    QFuture<Result<void>> setMeta(QString key, QString value);

    // The key in meta that says that a rebuild is under way or due: since when (UTC ms; 0: all) arrivals may
    // have no row.
    static constexpr const char *kRebuildKey = "rebuild";
    // Every file that was looked at has its row: the key goes, and with it what is certain to wait for no
    // row any more (see salvage.h). `ofAll`: all files were looked at.
    QFuture<Result<void>> rebuildIsWhole(bool ofAll);

private:
    struct Private;
    explicit Writer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::catalog
