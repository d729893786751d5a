// Removal: item row -> garbage row and a line in the deletion log, in one transaction; the bytes follow
// later (invariant I2). Inside a writer's command.
#pragma once

#include "catalog/item_row.h"
#include "catalog/store.h"

namespace gatehouse::catalog
{

// What it held is kept in another item, so that nothing is missing. Protected or not: the callers ask.
Garbage removeReplaced(Store &store, const ItemRow &item, const QString &reason);

Result<QVector<Garbage>> removeRequested(Store &store, const RemovalRequest &request);
// Of a removal that this catalog did not see. False: it is known, or the same upload is kept.
Result<bool> recordDeletion(Store &store, const PastDeletion &past);
QVector<Garbage> readGarbage(Store &store);
void forgetGarbage(Store &store, const QVector<ItemId> &items);

} // namespace gatehouse::catalog
