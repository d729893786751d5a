// Removal: item row -> garbage row and a line in the deletion log, in one transaction; the bytes follow
// later (invariant I2). Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"
#include "catalog/tables/item_row.h"
#include "catalog/types/removal_reasons.h"

namespace gatehouse::catalog
{

// What it held is kept in another item, so that nothing is missing. Protected or not: the callers ask.
Garbage removeReplaced(WriteContext &context, const ItemRow &item, KeptElsewhere where);

Result<QVector<Garbage>> removeRequested(WriteContext &context, const RemovalRequest &request);
// Of removals that this catalog did not see. Answers how many of them it did not know of.
Result<int> recordDeletions(WriteContext &context, const QVector<PastDeletion> &past);
QVector<Garbage> readGarbage(WriteContext &context);
void forgetGarbage(WriteContext &context, const QVector<ItemId> &items);

} // namespace gatehouse::catalog
