// Drops from a journal's old months what no repair needs any more: the lines of files that were deleted long
// ago and no longer exist. Everything else is preserved byte for byte: lines of stored files, later
// deletions, lines torn by a crash or written by a later version. Each file is rewritten to a new one, synced
// and renamed over the old one: after a power cut, one or the other exists. Blocks on disk; call it on a
// thread that may block.
#pragma once

#include "archive/journal.h"

#include <functional>

namespace gatehouse::archive
{

struct JournalCompaction {
    FileSystem &files;
    QString root;
    JournalsInUse &inUse;
    // UTC ms. Drops deletions from before then; leaves files of that month and later alone.
    qint64 before = 0;
    // Called between slices of some milliseconds of work; may wait. False: stop (Cancelled).
    std::function<bool()> mayGoOn;
    qsizetype atOnce = 1'000'000; // deletions in memory, 8 bytes each; beyond that, several rounds

    // Unavailable: the journal is being read, or an old month is being written; retry later. After an error,
    // completed work stays, and nothing is half-done.
    Result<Compacted> run();
};

} // namespace gatehouse::archive
