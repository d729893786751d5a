// What one burst of work leaves to be made durable, carried out together: sync the files, make their
// folders, rename, sync each folder once, journal once, and only then resolve the futures.
// One storage thread each. Whatever fails leaves nothing half: its file is removed, its future says why.
#pragma once

#include "archive/incoming_file.h"
#include "archive/journal.h"

#include <QPromise>
#include <QSet>
#include <vector>

namespace gatehouse::archive
{

template<typename T>
using PromiseOf = std::shared_ptr<QPromise<Result<T>>>;

template<typename T>
void resolve(const PromiseOf<T> &promise, Result<T> answer)
{
    promise->addResult(std::move(answer));
    promise->finish();
}

class Batch
{
public:
    Batch(Store &store, QString archiveId, int number);

    void place(std::shared_ptr<IncomingFile> file, Placement placement, PromiseOf<Placed> promise);
    void remove(ItemId item, QString relativePath, QString reason, PromiseOf<void> promise);
    void noteRename(ItemId item, QString sourcePath, PromiseOf<void> promise);

    [[nodiscard]] qsizetype size() const;
    void commit();

private:
    struct Placing {
        std::shared_ptr<IncomingFile> file;
        Placement placement;
        PromiseOf<Placed> promise;
        QString folder; // relative
        QString path;   // relative; empty until it is renamed
        std::optional<Error> error;
    };
    // A removal or a note: no file, perhaps a folder to sync.
    struct Noting {
        JournalEntry entry;
        PromiseOf<void> promise;
        QString folder; // relative; empty: none
        std::optional<Error> error;
    };

    void syncFiles();
    void moveFiles();
    Result<void> move(Placing &placing);
    Result<void> makeFolder(const QString &relative);
    void unlinkFiles();
    void syncFolders();
    void writeJournal();
    void tidyFolders();
    void finish();

    Store &m_store;
    const QString m_archiveId;
    JournalWriter m_journal;
    std::vector<Placing> m_placings;
    std::vector<Noting> m_notings;
    QSet<QString> m_knownFolders; // relative; their entries are on the disk
};

} // namespace gatehouse::archive
