// Plans which items to delete to free space, and why; pure. The caller deletes the rows first
// (Writer::removeItems with the reason), then the files (Archive::remove). Any thread.
#pragma once

#include "catalog/types/item.h"

namespace gatehouse::ingest
{

struct RetentionRules {
    int days = 0;            // since arrival; 0: keep until the space is needed
    qint64 reserveBytes = 0; // free space to keep; 0: none
};

struct PlannedDeletion {
    ItemId item;
    QString reason; // a sentence, recorded with the deletion
    qint64 bytes = 0;
};

// The reserve on a disk of that size, in bytes: never less than twice archive::minFree(), or the disk would
// stay full forever; never most of a small disk.
qint64 reserveOn(qint64 totalBytes, qint64 wanted);

// candidates: the oldest unprotected items, in any order; skips protected ones. freeBytes: free on their disk
// now, including what is deleted but not yet unlinked. Oldest arrival first, at most `limit`; if all
// candidates are planned, call again with the next ones. Age counts from arrival, so that importing an old
// folder does not delete it at once.
QVector<PlannedDeletion> planRetention(const RetentionRules &rules, qint64 now, qint64 freeBytes,
                                       QVector<catalog::Item> candidates, int limit = 500);

} // namespace gatehouse::ingest
