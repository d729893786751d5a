// The archive folder on one disk: takes uploads in, keeps their bytes for good, gives them up with a
// reason. All disk work runs on its own storage threads; call from any thread.
//
//   <root>/gatehouse-archive.json      identity: id, made when; checked before anything is written
//   <root>/incoming/<id>.part          on their way in
//   <root>/journal/YYYY-MM-<n>.jsonl   what came, what went and why: repair reads it
//   <root>/<camera>/<YYYY-MM-DD>/<HHMMSS>-<item id>-<name>   accepted, never changed again
#pragma once

#include "base/clock.h"
#include "base/file_system.h"
#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>
#include <functional>
#include <memory>

namespace gatehouse::archive
{

// Where an accepted upload goes and what the journal says of it.
struct Placement {
    ItemId item;
    QString account;      // user name
    QString cameraFolder; // made safe for a file system by the archive
    QString sourcePath;   // what the camera called it
    qint64 received = 0;  // UTC ms
    QString peer;         // address, for the journal
    bool cut = false;     // kept as incomplete
};

// The bytes are in their final place, synced, and in the journal.
struct Placed {
    QString archive; // id of the archive folder
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
    bool prefixMatches = false; // the first `prefixBytes` have the asked-for hash
};

// A file that was taken in before, as its row says.
struct Kept {
    Placement placement;
    QString archive; // id of its archive folder
    QString root;    // where that was last
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
};

struct StagingOptions {
    // Begin with the first `copyBytes` of an earlier file of this archive (REST, APPE).
    QString copyFrom; // relative path
    qint64 copyBytes = 0;
    // Ask whether the new bytes begin with an earlier upload's.
    qint64 prefixBytes = 0;
    QByteArray prefixSha256;
    qint64 maxBytes = 0; // 0: no limit; above it place() fails with Invalid
};

// One file on its way in. Calls from one thread; destroying it without place() discards it.
class StagedFile
{
public:
    virtual ~StagedFile() = default;
    virtual void write(QByteArray chunk) = 0;         // never blocks
    [[nodiscard]] virtual qint64 pending() const = 0; // bytes not yet written
    // Called on the thread that called stageFile when pending() sank below 1 MiB.
    virtual void onDrained(std::function<void()> drained) = 0;
    // Write, hash, fsync, rename, fsync of the folder, journal: batched with its neighbours.
    // Full, Unavailable (archive folder gone or another disk), Invalid (too large).
    virtual QFuture<Result<Placed>> place(Placement placement) = 0;
};

// What was taken out of the journal.
struct Compacted {
    int files = 0; // rewritten
    qint64 lines = 0;
    qint64 bytes = 0;
};

struct ArchiveOptions {
    QString root;
    // Storage threads of this disk. They mostly wait for it; with fewer of them more uploads share a batch's
    // syncs, with more a slow write holds up fewer.
    int threads = 2;
    // The id it had before. With it a root that is gone, or another disk, opens too: not ready until the
    // right disk is back.
    QString expectedId = {};
};

// Below this much free space, in bytes, an archive takes nothing in: little, and on a small disk less.
qint64 minFree(qint64 totalBytes);

class Archive
{
public:
    // Makes the folder at first use only when `create`; otherwise a missing identity file is Unavailable.
    static Result<std::unique_ptr<Archive>> open(const ArchiveOptions &options, FileSystem &files,
                                                 const Clock &clock, bool create);
    virtual ~Archive() = default;

    [[nodiscard]] virtual QString id() const = 0;
    [[nodiscard]] virtual QString root() const = 0;
    // Unavailable while the disk is gone or swapped (looked at again every few seconds), Full while
    // less than minFree() is free. Does not touch the disk itself: answers from the last look.
    [[nodiscard]] virtual Result<void> ready() const = 0;
    virtual Result<std::unique_ptr<StagedFile>> stageFile(const StagingOptions &options) = 0;
    // Unlinks, syncs the folder, writes the journal line. A file that is gone already is fine.
    virtual QFuture<Result<void>> remove(ItemId item, QString relativePath, QString reason) = 0;
    // Before a file of this archive with the bytes of a kept one is given up, on the word of a row: reads the
    // kept one. Where it is not there, or not sound, `spare` takes its place under the path it should have
    // (in this archive), and the journal says so. `spare` stays. True: that was so. False: it was sound.
    virtual QFuture<Result<bool>> makeSure(Kept kept, QString spare) = 0;
    // A journal line for a renamed source path.
    virtual QFuture<Result<void>> noteRename(ItemId item, QString sourcePath) = 0;
    virtual QFuture<Result<Space>> space() = 0;
    // Takes out of the journal what tells only of files that were removed before then (UTC ms): see
    // journal_compaction.h. Takes its time, so that no upload waits for it. mayGoOn: called on a thread of
    // the archive's; false: stop (Cancelled). Unavailable: to be tried again.
    virtual QFuture<Result<Compacted>> compactJournal(qint64 before, std::function<bool()> mayGoOn) = 0;
    // Any work on this disk that must not block the caller: one after the other, on a thread of its own, so
    // that no upload waits behind it.
    virtual void run(std::function<void()> work) = 0;
};

} // namespace gatehouse::archive
