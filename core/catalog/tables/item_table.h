// The only way to add, change and delete item rows: updates row, event, counts, sums and notification
// together, so that no invariant can be forgotten. Inside an operation.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Sets the event in `row`.
void keepItem(WriteContext &context, ItemRow &row);
// Anything may differ except id and bytes; ignores `after.event`.
void changeItem(WriteContext &context, const ItemRow &before, ItemRow after);
// Deletes only the hot rows: delete their details first. Many at once cost little more than one, which
// matters because an event may have thousands of items.
void dropItems(WriteContext &context, const QVector<ItemRow> &rows);

} // namespace gatehouse::catalog
