// Deletion: item row -> garbage row and an entry in the deletion log, in one transaction; the bytes follow
// later (invariant I2).
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/tables/item_row.h"
#include "catalog/types/garbage.h"
#include "catalog/types/removal_reasons.h"

namespace gatehouse::catalog
{

// Protected items: Denied. All or nothing; skips items that no longer exist.
struct RemoveItems {
    QVector<ItemId> items;
    QString reason; // a sentence, recorded with the deletion

    Result<QVector<Garbage>> run(WriteContext &context) const;
};

// Deletions that this catalog did not record. Returns how many of them were new.
struct RecordDeletions {
    QVector<PastDeletion> past;

    Result<int> run(WriteContext &context) const;
};

// Drops deletions of items that arrived and were deleted before then, oldest first. Keeps the most recent
// one, and those whose bytes are not yet deleted. Returns how many were dropped.
struct ForgetDeletions {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    qint64 before = 0; // UTC ms
    int limit = 0;     // maximum number

    Result<int> run(WriteContext &context) const;
};

struct ReadGarbage {
    Result<QVector<Garbage>> run(WriteContext &context) const;
};

// After unlink and fsync of the folder.
struct ForgetGarbage {
    QVector<ItemId> items;

    Result<void> run(WriteContext &context) const;
};

// Another item has its content, so nothing is lost. Does not check protection: the callers do. For other
// operations.
Garbage removeReplaced(WriteContext &context, const ItemRow &item, KeptElsewhere where);

} // namespace gatehouse::catalog
