// The searches at engine start and in `gatehouse check --repair`: left-over parts, and archive files without
// a row in the catalog. Depends only on FileSystem and callbacks: the caller connects it to the catalog.
// Blocks on disk: never on the network or GUI thread. Memory is bounded.
#pragma once

#include "archive/journal.h"

#include <QSet>
#include <functional>

namespace gatehouse::archive
{

// Removes everything in incoming/: it was never acknowledged with 226, so the camera sends it again. Only
// before the first upload of a run. Returns how many files there were.
Result<int> removeLeftOvers(FileSystem &files, const QString &root);

// A file in its final place without a row.
struct Orphan {
    Placement placement; // from the journal with the latest rename; otherwise from the path
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;      // from the journal; empty: unknown, or the size differs from the journal's
    bool inJournal = false; // false: account, peer and full source path are unknown
    QString removedBecause; // the journal says it was deleted: delete it again, do not add it
};

struct OrphanSearch {
    QString root;
    // Only arrivals in [since, before), UTC ms. At startup: since the last clean point (a day's folder is
    // checked as a whole). With a running engine: before its start, because a file whose row is just being
    // written is not an orphan.
    qint64 since = 0;
    qint64 before = 0; // 0: no limit
    // Which of these relative paths (in one folder) have a row.
    std::function<Result<QSet<QString>>(const QStringList &)> known;
    std::function<bool(const QVector<Orphan> &)> found; // in batches; false: stop (Cancelled)
    // Called once per journal file (or the folder) that could not be read: its content is unknown.
    std::function<void(const QString &path, const Error &)> unreadable;
    // Files checked and, if orphans, reported. Called often; false: stop (Cancelled).
    std::function<bool(qint64 files)> progress;
};

// Unavailable: the archive's disk is missing, or disappeared meanwhile. Returns how many files were checked.
Result<qint64> findOrphans(FileSystem &files, const OrphanSearch &search);

// The newest files by their names. Reads a few folders per camera.
struct Newest {
    qint64 arrival = 0; // UTC ms; 0: there is none, or it is unknown
    ItemId highest;
};
Newest newestIn(FileSystem &files, const QString &root);

} // namespace gatehouse::archive
