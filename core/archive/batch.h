// What one burst of work leaves to be made durable, carried out together: sync the files, make their
// folders, rename, sync each folder once, journal once, and only then resolve the futures.
// One storage thread each. Whatever fails leaves nothing half: its file is removed, its future says why.
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
    Batch(Store &store, QString archiveId, int number);

    void place(std::shared_ptr<IncomingFile> file, Placement placement, const Answer<Result<Placed>> &answer);
    void remove(ItemId item, QString relativePath, QString reason, const Answer<Result<void>> &answer);
    void restore(const Kept &kept, const QString &spare, const QString &reason,
                 const Answer<Result<bool>> &answer);
    void noteRename(ItemId item, QString sourcePath, const Answer<Result<void>> &answer);

    [[nodiscard]] qsizetype size() const;
    void commit();

private:
    struct Placing {
        std::shared_ptr<IncomingFile> file;
        Placement placement;
        Answer<Result<Placed>> answer;
        QString folder; // relative
        QString path;   // relative; empty until it is renamed
        std::optional<Error> error;
    };
    // A kept file that is not sound, and one with its bytes.
    struct Restoring {
        JournalAdd entry;
        QString spare; // relative
        Answer<Result<bool>> answer;
        QString folder; // relative
        std::optional<Error> error;
    };
    // A removal or a note: no file, perhaps a folder to sync.
    struct Noting {
        JournalEntry entry;
        Answer<Result<void>> answer;
        QString folder; // relative; empty: none
        std::optional<Error> error;
    };

    void syncFiles();
    void moveFiles();
    Result<void> move(Placing &placing);
    QString spelledOnDisk(const QString &folder);
    Result<void> makeFolder(const QString &relative);
    void restoreFiles();
    Result<void> restore(const Restoring &restoring);
    Result<void> copyAside(const QString &from, const QString &aside);
    void unlinkFiles();
    void syncFolders();
    void writeJournal();
    void tidyFolders();
    void finish();

    Store &m_store;
    const QString m_archiveId;
    JournalWriter m_journal;
    std::vector<Placing> m_placings;
    std::vector<Restoring> m_restorings;
    std::vector<Noting> m_notings;
    QSet<QString> m_knownFolders;       // relative; their entries are on the disk
    QHash<QString, QString> m_spelling; // of cameras' folders that were asked for
};

} // namespace gatehouse::archive
