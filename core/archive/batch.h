// Makes the results of one burst of work durable together: syncs the files, creates their folders, renames,
// syncs each folder once, journals once, and only then resolves the futures. One storage thread each. A
// failure leaves nothing half-done: the file is removed and its future has the error.
#pragma once

#include "archive/incoming_file.h"
#include "archive/journal.h"
#include "base/futures.h"

#include <QHash>
#include <QSet>
#include <vector>

namespace gatehouse::archive
{

class Batch
{
public:
    Batch(ArchiveContext &context, QString archiveId, int number);

    void place(std::shared_ptr<IncomingFile> file, Placement placement,
               const SharedPromise<Result<Placed>> &answer);
    void remove(JournalRemove removal, const SharedPromise<Result<void>> &answer); // sets its time
    void restore(const Kept &kept, const QString &spare, const QString &reason,
                 const SharedPromise<Result<bool>> &answer);
    void noteRename(ItemId item, QString sourcePath, const SharedPromise<Result<void>> &answer);

    [[nodiscard]] qsizetype size() const;
    void commit();

private:
    struct PendingFile {
        std::shared_ptr<IncomingFile> file;
        Placement placement;
        SharedPromise<Result<Placed>> answer;
        QString folder; // relative
        QString path;   // relative; empty until renamed
        std::optional<Error> error;
    };
    // A stored file that is damaged, and a copy of its bytes.
    struct PendingRestore {
        JournalAdd entry;
        QString spare; // relative
        SharedPromise<Result<bool>> answer;
        QString folder; // relative
        std::optional<Error> error;
    };
    // A deletion or a note: no file, perhaps a folder to sync.
    struct PendingEntry {
        JournalEntry entry;
        SharedPromise<Result<void>> answer;
        QString folder; // relative; empty: none
        std::optional<Error> error;
    };

    void syncFiles();
    void moveFiles();
    Result<void> move(PendingFile &pending);
    QString spelledOnDisk(const QString &folder);
    Result<void> makeFolder(const QString &relative);
    void restoreFiles();
    Result<void> restore(const PendingRestore &pending);
    Result<void> copyAside(const QString &from, const QString &aside);
    void unlinkFiles();
    void syncFolders();
    void writeJournal();
    void tidyFolders();
    void finish();

    ArchiveContext &m_context;
    const QString m_archiveId;
    JournalWriter m_journal;
    std::vector<PendingFile> m_pendingFiles;
    std::vector<PendingRestore> m_pendingRestores;
    std::vector<PendingEntry> m_pendingEntries;
    QSet<QString> m_knownFolders;       // relative; their directory entries are on disk
    QHash<QString, QString> m_spelling; // of camera folders looked up so far
};

} // namespace gatehouse::archive
