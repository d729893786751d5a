// Which items that are not whole may be the beginning of a later upload of the same name, and their going
// when their bytes are. Inside a writer's command.
#pragma once

#include "catalog/item_row.h"
#include "catalog/store.h"

namespace gatehouse::catalog
{

// Neither protected nor whole.
bool mayBeReplaced(const ItemRow &item);

// The upload, kept as `whole`, is the newest of its name: tells of what it may take the place of.
void noteBeginningsOf(Store &store, const NewItem &upload, ItemId whole);
// `item` turned out not to be whole: tells of what may take its place.
void noteAsBeginning(Store &store, const ItemRow &item);
// The same of one whose later try came first.
void noteAsOvertaken(Store &store, const ItemRow &item, ItemId by);
Result<void> giveWay(Store &store, const Beginning &pair);

} // namespace gatehouse::catalog
