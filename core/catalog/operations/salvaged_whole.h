// Makes a catalog of what copyReadable() copied: rows that stand for nothing go, what others refer to is
// there, events and counts are made from the items (the schema's invariants), and what is known of items that
// are not whole waits for the rebuild. And, inside an operation, gives it to them.
#pragma once

#include "catalog/operations/salvage.h"
#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// The schema is the newest. Inside a transaction.
void makeWhole(WriteContext &context, const SalvageOptions &options);

// Before the first command of a run.
bool anySalvaged(db::Connection &db);
// The item was just made again by a rebuild.
void giveBackSalvaged(WriteContext &context, const ItemRow &item);
// A rebuild gives the item's file up, because another item has its bytes; it waits on, should those not be
// sound.
void giveOnSalvaged(WriteContext &context, ItemId item, ItemId toOther);
// What is certain to wait for nothing any more goes. `ofAll`: every file of the archive has its row.
void forgetSalvaged(WriteContext &context, bool ofAll);

} // namespace gatehouse::catalog
