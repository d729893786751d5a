// Reads an archive's journal: what came, went and was renamed. Lines torn by a crash are passed over,
// memory is bounded. Blocks on disk; any thread that may.
#pragma once

#include "archive/journal.h"

#include <functional>

namespace gatehouse::archive
{

// Every entry of the months from `since` on (UTC ms; 0: all), file by file: each in its order, but
// lines of one item may stand in two files. Errors are those of reading the folder or a file.
Result<void> readJournal(Files &files, const QString &root, qint64 since,
                         const std::function<void(const JournalEntry &)> &entry);

} // namespace gatehouse::archive
