// Reads an archive's journal: what came, went and was renamed. Lines torn by a crash are passed over,
// memory is bounded. Blocks on disk; any thread that may.
#pragma once

#include "archive/journal.h"

#include <functional>

namespace gatehouse::archive
{

struct JournalFilter {
    std::function<bool(ItemId)> isWanted; // whose entries are told; none: everyone's
    std::function<bool()> mayGoOn;        // asked for each MiB; false: stop (Cancelled)
    // A file, or the folder, that could not be read (to its end): it is passed over. None: that is an error.
    std::function<void(const QString &path, const Error &)> unreadable;
};

// Every entry of the months from `since` on (UTC ms; 0: all), file by file: each in its order, but
// lines of one item may stand in two files. Errors are those of reading the folder or a file.
Result<void> readJournal(FileSystem &files, const QString &root, qint64 since,
                         const std::function<void(const JournalEntry &)> &entry,
                         const JournalFilter &filter = {});

enum class JournalPiece {
    Line, // whole, with its line feed
    Other // not a line of ours: too long, or not ended by a line feed
};
// One file in pieces, which together are all its bytes. False stops (Cancelled); asked after each step, too,
// with an empty piece.
Result<void> readJournalPieces(FileSystem &files, const QString &path,
                               const std::function<bool(const QByteArray &, JournalPiece)> &piece);

// Runs it unless somebody is in readJournal(), of whichever archive: Unavailable then. Nobody begins to
// meanwhile.
Result<void> whileNobodyReadsTheJournal(const std::function<Result<void>()> &work);

} // namespace gatehouse::archive
