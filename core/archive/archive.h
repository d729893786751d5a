// The archive folder on one disk: receives uploads, stores their bytes permanently, and deletes them with a
// reason. All disk work runs on its own storage threads; call from any thread.
//
//   <root>/gatehouse-archive.json      identity: id, creation time; checked before anything is written
//   <root>/incoming/<id>.part          uploads in progress
//   <root>/journal/YYYY-MM-<n>.jsonl   arrivals, and deletions with reasons: read by repair
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
#include <optional>

namespace gatehouse::archive
{

// The target of an accepted upload, and its journal entry.
struct Placement {
    ItemId item;
    QString account;                     // user name
    QString cameraFolder;                // sanitized for file systems by the archive
    QString sourcePath;                  // its name on the camera
    qint64 received = 0;                 // UTC ms
    QString peer;                        // address, for the journal
    bool cut = false;                    // stored as incomplete
    std::optional<qint64> modified = {}; // UTC ms: of an imported file, which was received long before

    // When the file was new, for whatever its name does not say.
    [[nodiscard]] qint64 reference() const { return modified.value_or(received); }
};

// The bytes are in their final place, synced, and journalled.
struct Placed {
    QString archive; // id of the archive folder
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
    bool prefixMatches = false; // the first `prefixBytes` have the requested hash
};

// A stored file, according to its row.
struct Kept {
    Placement placement;
    QString archive; // id of its archive folder
    QString root;    // last known location
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
};

struct StagingOptions {
    // Start with the first `copyBytes` of an earlier file of this archive (REST, APPE).
    QString copyFrom; // relative path
    qint64 copyBytes = 0;
    // Check whether the new bytes start with an earlier upload's.
    qint64 prefixBytes = 0;
    QByteArray prefixSha256;
    qint64 maxBytes = 0; // 0: no limit; beyond it place() fails with Invalid
};

// A file being received. Calls from one thread; destroying it without place() discards it.
class StagedFile
{
public:
    virtual ~StagedFile() = default;
    virtual void write(QByteArray chunk) = 0;         // never blocks
    [[nodiscard]] virtual qint64 pending() const = 0; // bytes not yet written
    // Called on the thread that called stageFile when pending() has fallen below 1 MiB.
    virtual void onDrained(std::function<void()> drained) = 0;
    // Write, hash, fsync, rename, fsync of the folder, journal: batched with concurrent uploads.
    // Full, Unavailable (archive folder missing, or another disk), Invalid (too large).
    virtual QFuture<Result<Placed>> place(Placement placement) = 0;
};

// What compaction dropped from the journal.
struct Compacted {
    int files = 0; // rewritten
    qint64 lines = 0;
    qint64 bytes = 0;
};

struct ArchiveOptions {
    QString root;
    // Storage threads of this disk. They mostly wait for it; with fewer threads more uploads share the syncs
    // of a batch, with more a slow write holds up fewer of them.
    int threads = 2;
    // Its previous id. If given, a missing root or another disk opens, too: not ready until the right disk is
    // back.
    QString expectedId = {};
};

// Below this much free space, in bytes, an archive accepts nothing: little, and even less on a small disk.
qint64 minFree(qint64 totalBytes);

class Archive
{
public:
    // Creates the folder at first use only if `create`; otherwise a missing identity file is Unavailable.
    static Result<std::unique_ptr<Archive>> open(const ArchiveOptions &options, FileSystem &files,
                                                 const Clock &clock, bool create);
    virtual ~Archive() = default;

    [[nodiscard]] virtual QString id() const = 0;
    [[nodiscard]] virtual QString root() const = 0;
    // Unavailable while the disk is missing or swapped (checked again every few seconds), Full while less
    // than minFree() is free. Does not touch the disk: returns the result of the last check.
    [[nodiscard]] virtual Result<void> ready() const = 0;
    virtual Result<std::unique_ptr<StagedFile>> stageFile(const StagingOptions &options) = 0;
    // Unlinks, syncs the folder, writes the journal line. A file that no longer exists is not an error.
    // duration: ms, for the journal; none: unknown.
    virtual QFuture<Result<void>> remove(ItemId item, QString relativePath, QString reason,
                                         std::optional<qint64> duration = {}) = 0;
    // Verifies the stored file before a duplicate of it in this archive is discarded, because a row alone
    // proves nothing: reads it and, if it is missing or damaged, puts a copy of `spare` at the path it should
    // have (in this archive) and records that in the journal. `spare` itself stays. True: restored. False: it
    // was intact.
    virtual QFuture<Result<bool>> makeSure(Kept kept, QString spare) = 0;
    // Writes a journal line for a renamed source path.
    virtual QFuture<Result<void>> noteRename(ItemId item, QString sourcePath) = 0;
    virtual QFuture<Result<Space>> space() = 0;
    // Drops journal lines about files deleted before then (UTC ms): see journal_compaction.h. Works slowly,
    // so that no upload waits for it. mayGoOn: called on one of the archive's threads; false: stop
    // (Cancelled). Unavailable: retry later.
    virtual QFuture<Result<Compacted>> compactJournal(qint64 before, std::function<bool()> mayGoOn) = 0;
    // Runs other disk work that must not block the caller: one job at a time, on a separate thread, so that
    // no upload waits behind it.
    virtual void run(std::function<void()> work) = 0;
};

} // namespace gatehouse::archive
