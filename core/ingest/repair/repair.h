// Makes catalog and archive agree after a crash, a lost catalog or an older one: parts that never got
// their 226 go, files without a row get their row from the journal or, where that says nothing, as recovered
// ones, removals that were cut off are finished. No file in its place goes unless the journal says so or its
// bytes are there twice. What this run of the writer takes in is left alone: its rows are just being written.
// The searches block: on a thread of their own beside receiving, one at a time. Memory is bounded.
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
    qint64 added = 0;     // rows for files that had none
    qint64 removed = 0;   // files whose removal had been cut off, and doubles
    qint64 recovered = 0; // of those added: the journal has no line of them
    qint64 failed = 0;    // told in the log
    bool isFull = false;  // the catalog's disk: what was left then was not tried
};

class Repair
{
    Q_DECLARE_TR_FUNCTIONS(Repair)

public:
    // Asked often, from the search's thread; false: stop (Cancelled).
    using MayGoOn = std::function<bool()>;

    Repair(catalog::Writer &writer, archive::Archive &archive, FileSystem &files, QString databasePath,
           std::shared_ptr<const vendors::Matcher> matcher);

    // --- before anything is received; block for a moment
    // When the newest row's file arrived, and the newest as the names of the files say: new files get higher
    // numbers than theirs, where the archive is there. From when on files may have no row is written down
    // before the first row of this run, so that a search that is interrupted, and one that fails, is due at
    // the next start.
    Result<void> lookAtStart();
    // Left-over parts go. Unavailable: the archive is not there.
    Result<void> removeLeftOvers();
    // As lookAtStart() found it, UTC ms; 0: nothing is kept.
    [[nodiscard]] qint64 newestAtStart() const { return m_newestAtStart; }
    // That, or what the names of the files say where that is later: their rows may come only now.
    [[nodiscard]] qint64 newestArrival() const { return std::max(m_newestAtStart, m_newestNamed); }

    // --- searches
    // What arrived since shortly before the newest row's file; since the last search that was whole where one
    // was interrupted. Unavailable: the archive is not there.
    Result<RepairReport> repairNewest(const MayGoOn &mayGoOn);
    // Every file. Counts what was repaired since the last report, too.
    Result<RepairReport> repairAll(const MayGoOn &mayGoOn);
    // How many files the search under way has looked at; -1: there is none. Any thread.
    [[nodiscard]] qint64 looked() const { return m_looked; }
    // How many files without a row the searches of this run have found, whatever came of them. Any thread.
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
    bool m_areNamesKnown = false;  // to the writer
    qint64 m_since = 0;            // UTC ms: what arrived before then is known
    std::optional<qint64> m_noted; // in the catalog: since when arrivals may have no row
    std::mutex m_mutex;            // one search at a time
    std::atomic<qint64> m_looked = -1;
    std::atomic<qint64> m_found = 0;
    RepairReport m_unreported; // what repairAll() has not reported yet
    std::shared_ptr<const vendors::Matcher> m_matcher;
};

} // namespace gatehouse::ingest
