// Makes catalog and archive agree after a crash, or with a lost or older catalog: removes parts that never
// got their 226, adds rows for files without one from the journal or, if it has no line, as recovered items,
// and completes interrupted deletions. Deletes no placed file unless the journal says so or its bytes exist
// twice. Leaves alone what this run of the writer receives, because its rows are just being written. The
// searches block: on a dedicated thread during reception, one at a time. Memory is bounded.
#pragma once

#include "archive/archive.h"
#include "archive/repair.h"
#include "base/file_system.h"
#include "catalog/types/file_list.h"
#include "catalog/writer.h"
#include "vendors/matcher.h"

#include <QCoreApplication>
#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace gatehouse::ingest
{

struct RepairReport {
    qint64 looked = 0;    // files
    qint64 added = 0;     // rows for files without one
    qint64 removed = 0;   // files whose deletion was interrupted, and duplicates
    qint64 recovered = 0; // of those added: without a journal line
    qint64 failed = 0;    // details are in the log
    bool isFull = false;  // the catalog's disk: the rest was not attempted
};

class Repair
{
    Q_DECLARE_TR_FUNCTIONS(Repair)

public:
    // Called often, on the search's thread; false: stop (Cancelled).
    using MayGoOn = std::function<bool()>;

    Repair(catalog::Writer &writer, archive::Archive &archive, FileSystem &files, QString databasePath,
           std::shared_ptr<const vendors::Matcher> matcher);

    // --- before anything is received; block briefly
    // Determines the arrival of the newest row's file and of the newest file by name: new files get higher
    // ids than both, if the archive is available. Since when files may lack a row is recorded before this
    // run's first row, so that an interrupted or failed search is due again at the next start.
    Result<void> lookAtStart();
    // Removes left-over parts. Unavailable: the archive is missing.
    Result<void> removeLeftOvers();
    // As found by lookAtStart(), UTC ms; 0: no files are stored.
    [[nodiscard]] qint64 newestAtStart() const { return m_newestAtStart; }
    // The same, or the newest arrival by file name if that is later: its row may be added only now.
    [[nodiscard]] qint64 newestArrival() const { return std::max(m_newestAtStart, m_newestNamed); }

    // --- searches
    // Checks arrivals since shortly before the newest row's file, or since the last completed search if one
    // was interrupted. Unavailable: the archive is missing.
    Result<RepairReport> repairNewest(const MayGoOn &mayGoOn);
    // Checks every file. Includes repairs since the last report.
    Result<RepairReport> repairAll(const MayGoOn &mayGoOn);
    // Files checked by the running search; -1: none is running. Any thread.
    [[nodiscard]] qint64 looked() const { return m_looked; }
    // Files without a row found by this run's searches, whatever became of them. Any thread.
    [[nodiscard]] qint64 found() const { return m_found; }

private:
    qint64 lookAtNames();
    Result<RepairReport> run(qint64 since, const MayGoOn &mayGoOn);
    Result<void> search(catalog::FileList &list, qint64 since, const MayGoOn &mayGoOn, RepairReport &report);
    void noteDue(qint64 since);
    Result<QSet<QString>> known(catalog::FileList &list, const QStringList &paths) const;

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    FileSystem &m_files;
    QString m_databasePath;
    qint64 m_newestAtStart = 0;    // UTC ms
    qint64 m_newestNamed = 0;      // UTC ms
    bool m_areNamesKnown = false;  // by the writer
    qint64 m_since = 0;            // UTC ms: earlier arrivals are known
    std::optional<qint64> m_noted; // recorded in the catalog: since when arrivals may lack a row
    std::mutex m_mutex;            // one search at a time
    std::atomic<qint64> m_looked = -1;
    std::atomic<qint64> m_found = 0;
    RepairReport m_unreported; // not yet reported by repairAll()
    std::shared_ptr<const vendors::Matcher> m_matcher;
};

} // namespace gatehouse::ingest
