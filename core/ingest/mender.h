// Makes catalog and archive agree after a crash, a lost catalog or an older one: parts that never got
// their 226 go, files without a row get their row from the journal or, where that says nothing, as recovered
// ones, removals that were cut off are finished. No file in its place goes unless the journal says so or its
// bytes are there twice. Blocks: at the start before anything is received, or on a thread of its own.
#pragma once

#include "archive/archive.h"
#include "archive/repair.h"
#include "base/files.h"
#include "catalog/file_list.h"
#include "catalog/writer.h"
#include "vendors/matcher.h"

#include <QCoreApplication>
#include <mutex>

namespace gatehouse::ingest
{

struct Mended {
    qint64 looked = 0;    // files
    qint64 added = 0;     // rows for files that had none
    qint64 removed = 0;   // files whose removal had been cut off, and doubles
    qint64 recovered = 0; // of those added: the journal has no line of them
    qint64 failed = 0;
};

class Mender
{
    Q_DECLARE_TR_FUNCTIONS(Mender)

public:
    Mender(catalog::Writer &writer, archive::Archive &archive, Files &files, QString databasePath,
           std::shared_ptr<const vendors::Matcher> matcher);

    // First of all: when the newest row's file arrived.
    Result<void> lookAtStart();
    // Before the first intake of a run: left-over parts, and what arrived since shortly before the newest
    // row's file; everything where a rebuild is due. Unavailable: the archive is not there.
    Result<Mended> mendAtStart();
    // When the newest row's file arrived, as lookAtStart() found it, UTC ms; 0: nothing is kept.
    [[nodiscard]] qint64 newestAtStart() const { return m_newestAtStart; }
    // As it is now.
    [[nodiscard]] Result<qint64> newestArrival() const;
    // The same, without the parts, for an archive that came back after the start; `before` as below.
    Result<Mended> mendNewest(qint64 before);
    // Counts what this mender has mended since it last told, too. Every file that arrived before `before`
    // (UTC ms: the engine's start, for what is just arriving is no orphan). progress: files looked at; false
    // stops (Cancelled).
    Result<Mended> mendAll(qint64 before, const std::function<bool(qint64)> &progress);

private:
    Result<Mended> mend(archive::OrphanSearch search, bool isStart);
    void noteRebuild();
    Result<QSet<QString>> known(catalog::FileList &list, const QStringList &paths) const;
    void take(catalog::FileList &list, const archive::Orphan &orphan, Mended &mended);
    Result<catalog::NewItem> itemOf(catalog::FileList &list, const archive::Orphan &orphan);

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    Files &m_files;
    QString m_databasePath;
    qint64 m_newestAtStart = 0; // UTC ms
    qint64 m_since = 0;         // UTC ms: what arrived before then is known
    bool m_isRebuildDue = false;
    std::mutex m_mutex; // one search at a time
    Mended m_untold;    // what mendAll() has not told yet
    std::shared_ptr<const vendors::Matcher> m_matcher;
};

} // namespace gatehouse::ingest
