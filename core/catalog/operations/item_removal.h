// Removal: item row -> garbage row and a line in the deletion log, in one transaction; the bytes follow
// later (invariant I2).
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/tables/item_row.h"
#include "catalog/types/garbage.h"
#include "catalog/types/removal_reasons.h"

namespace gatehouse::catalog
{

// Protected items: Denied. All or nothing; what is gone already is passed over.
struct RemoveItems {
    QVector<ItemId> items;
    QString reason; // a sentence that is kept with the deletion

    Result<QVector<Garbage>> run(WriteContext &context) const;
};

// Removals that this catalog did not see. Answers how many of them it did not know of.
struct RecordDeletions {
    QVector<PastDeletion> past;

    Result<int> run(WriteContext &context) const;
};

// Takes out deletions of what arrived and went before then, the oldest first. The last of all stays, and
// what waits for its bytes to go. Answers how many went.
struct ForgetDeletions {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    qint64 before = 0; // UTC ms
    int limit = 0;     // at most so many

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

// What it held is kept in another item, so that nothing is missing. Protected or not: the callers ask. For
// other operations.
Garbage removeReplaced(WriteContext &context, const ItemRow &item, KeptElsewhere where);

} // namespace gatehouse::catalog
