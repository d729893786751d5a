// Takes out of a journal's old months what no repair needs any more: the lines of files that were removed
// long ago and are not there. Whatever else stands there stays as it is, byte for byte: the lines of files
// that are kept, removals since, lines torn by a crash or written by a later version. Each file is rewritten
// to a new one, synced and renamed over the old: after a power cut there is one or the other. Blocks on disk;
// call it on a thread that may block.
#pragma once

#include "archive/journal.h"

#include <functional>

namespace gatehouse::archive
{

struct JournalCompaction {
    FileSystem &files;
    QString root;
    JournalsInUse &inUse;
    // UTC ms. Removals from before then are forgotten; files of its month and later are not touched.
    qint64 before = 0;
    // Between slices of some milliseconds of work; may wait. False: stop (Cancelled).
    std::function<bool()> mayGoOn;
    qsizetype atOnce = 1'000'000; // removals in memory, 8 bytes each; where there are more, in turns

    // Unavailable: the journal is being read, or written in an old month; to be tried again. What was done
    // until an error stays done, and nothing is half.
    Result<Compacted> run();
};

} // namespace gatehouse::archive
