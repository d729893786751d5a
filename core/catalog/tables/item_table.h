// The one way in which item rows come, change and go: row, event, counts, sums and the notice together,
// so that no invariant can be forgotten. Inside an operation.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// `row` gets its event.
void keepItem(WriteContext &context, ItemRow &row);
// Anything of it may differ but id and bytes; `after.event` is not looked at.
void changeItem(WriteContext &context, const ItemRow &before, ItemRow after);
// Only the hot rows: their details must be gone before. Many at once cost little more than one, for an
// event may have thousands of items.
void dropItems(WriteContext &context, const QVector<ItemRow> &rows);

} // namespace gatehouse::catalog
