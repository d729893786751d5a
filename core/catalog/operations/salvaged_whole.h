// Makes a consistent catalog of what copyReadable() copied: drops dangling rows, adds rows that others refer
// to, rebuilds events and counts from the items (the schema's invariants), and stores facts about missing
// items for the rebuild, which applies them inside its operations.
#pragma once

#include "catalog/operations/salvage.h"
#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Requires the newest schema. Inside a transaction.
void makeWhole(WriteContext &context, const SalvageOptions &options);

// Before a run's first operation.
bool anySalvaged(db::Connection &db);
// The item was just added again by a rebuild.
void giveBackSalvaged(WriteContext &context, const ItemRow &item);
// A rebuild discards the item's file because another item has its bytes; keeps the facts in case those turn
// out to be damaged.
void giveOnSalvaged(WriteContext &context, ItemId item, ItemId toOther);
// Drops facts that no item can be waiting for any more. `ofAll`: every file of the archive has its row.
void forgetSalvaged(WriteContext &context, bool ofAll);

} // namespace gatehouse::catalog
