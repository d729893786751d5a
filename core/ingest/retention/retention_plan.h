// Which items go to make room, and why: a pure plan. Whoever carries it out removes the rows first
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
    QString reason; // a sentence, kept with the deletion
    qint64 bytes = 0;
};

// What is kept free on a disk of that size, in bytes: never less than twice archive::minFree(), or it would
// be full for ever; never most of a small disk.
qint64 reserveOn(qint64 totalBytes, qint64 wanted);

// candidates: the oldest unprotected items, any order; protected ones among them stay all the same.
// freeBytes: free on their disk now, with what is removed already but not yet unlinked.
// Oldest arrival first, at most `limit`; when as many go as were offered, ask again with the next ones.
// Age counts from arrival, so that importing an old folder does not delete it at once.
QVector<PlannedDeletion> planRetention(const RetentionRules &rules, qint64 now, qint64 freeBytes,
                                       QVector<catalog::Item> candidates, int limit = 500);

} // namespace gatehouse::ingest
