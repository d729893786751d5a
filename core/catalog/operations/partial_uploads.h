// Which items that are not whole may be the start of a later upload of the same name, and how that supersedes
// them when their bytes are. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"
#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

// Neither protected nor whole.
bool mayBeReplaced(const ItemRow &item);

// The upload, kept as `whole`, is the newest of its name: tells of what it may take the place of.
void notePartialUploadsOf(WriteContext &context, const NewItem &upload, ItemId whole);
// `item` turned out not to be whole: tells of what may take its place.
void noteAsPartialUpload(WriteContext &context, const ItemRow &item);
// The same of one whose later try came first.
void noteAsOvertaken(WriteContext &context, const ItemRow &item, ItemId by);
Result<void> supersede(WriteContext &context, const PartialUpload &pair);

} // namespace gatehouse::catalog
