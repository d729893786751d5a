// The one way in which item rows come, change and go: row, event, counts, sums and the notice together,
// so that no invariant can be forgotten. Inside a writer's command.
#pragma once

#include "catalog/item_row.h"
#include "catalog/store.h"

namespace gatehouse::catalog
{

// `row` gets its event.
void keepItem(Store &store, ItemRow &row);
// Anything of it may differ but id, bytes and received; `after.event` is not looked at.
void changeItem(Store &store, const ItemRow &before, ItemRow after);
// Only the hot row: its detail must be gone before.
void dropItem(Store &store, const ItemRow &row);

} // namespace gatehouse::catalog
