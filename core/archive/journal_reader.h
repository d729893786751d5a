// Reads an archive's journal: arrivals, deletions and renames. Skips lines torn by a crash; memory is
// bounded. Blocks on disk; any thread that may.
#pragma once

#include "archive/journal.h"

#include <functional>

namespace gatehouse::archive
{

struct JournalFilter {
    std::function<bool(ItemId)> isWanted; // filters entries by item; none: all
    std::function<bool()> mayGoOn;        // called for each MiB; false: stop (Cancelled)
    // Called for a file, or the folder, that could not be read (to its end) and is skipped. None: that is an
    // error.
    std::function<void(const QString &path, const Error &)> unreadable;
};

// Every entry of the months from `since` on (UTC ms; 0: all), file by file: in order within a file, but the
// lines of one item may be in two files. Errors are those of reading the folder or a file.
Result<void> readJournal(FileSystem &files, const QString &root, qint64 since,
                         const std::function<void(const JournalEntry &)> &entry,
                         const JournalFilter &filter = {});

enum class JournalPiece {
    Line, // complete, with its line feed
    Other // not our line: too long, or without a line feed
};
// One file in pieces, which together are all its bytes. False stops (Cancelled); also called after each step,
// with an empty piece.
Result<void> readJournalPieces(FileSystem &files, const QString &path,
                               const std::function<bool(const QByteArray &, JournalPiece)> &piece);

// Runs `work` unless readJournal() is running for any archive: Unavailable then. Keeps others from starting
// it meanwhile.
Result<void> whileNobodyReadsTheJournal(const std::function<Result<void>()> &work);

} // namespace gatehouse::archive
