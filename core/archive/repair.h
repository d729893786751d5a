// What is looked at when the engine starts, and by `gatehouse check --repair`: left-over parts, and
// files of the archive that the catalog has no row for. Pure over Files and callbacks: the caller ties
// it to the catalog. Blocks on disk: never on the network or GUI thread. Memory is bounded.
#pragma once

#include "archive/journal.h"

#include <QSet>
#include <functional>

namespace gatehouse::archive
{

// Removes what lies below incoming/: it never got its 226, so the camera sends it again. Only before
// the first upload of a run. Answers how many there were.
Result<int> removeLeftOvers(FileSystem &files, const QString &root);

// A file in its final place without a row.
struct Orphan {
    Placement placement; // from the journal with the last noted rename; else what the path says
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;      // from the journal; empty: not known, or the size is not the journal's
    bool inJournal = false; // false: account, peer and whole source path are not known
    QString removedBecause; // the journal says it was removed: to be removed again, not to be added
};

struct OrphanSearch {
    QString root;
    // Only what arrived in [since, before), UTC ms. At a start: since the last clean point (a day's
    // folder is looked at as a whole). Beside a running engine: before its start, because a file whose
    // row is just being written is no orphan.
    qint64 since = 0;
    qint64 before = 0; // 0: no end
    // Which of these relative paths (of one folder) have a row.
    std::function<Result<QSet<QString>>(const QStringList &)> known;
    std::function<bool(const QVector<Orphan> &)> found; // in portions; false: stop (Cancelled)
    // Once for each file of the journal that could not be read (or its folder): what it says is not known.
    std::function<void(const QString &path, const Error &)> unreadable;
    // Files that were looked at and, where they are orphans, told. Asked often; false: stop (Cancelled).
    std::function<bool(qint64 files)> progress;
};

// Unavailable: the archive's disk is not there, or went meanwhile. Answers how many files were looked at.
Result<qint64> findOrphans(FileSystem &files, const OrphanSearch &search);

// Of the newest files, as their names say. Reads a few folders of each camera.
struct Newest {
    qint64 arrival = 0; // UTC ms; 0: there is none, or nobody can tell
    ItemId highest;
};
Newest newestIn(FileSystem &files, const QString &root);

} // namespace gatehouse::archive
