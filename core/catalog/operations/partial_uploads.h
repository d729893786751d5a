// Which items that are not whole may be the start of a later upload of the same name, and how that supersedes
// them when their bytes are.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

// The bytes of the one were found to be the beginning of the other's: it goes, unless it is protected.
struct Supersede {
    PartialUpload pair;

    Result<void> run(WriteContext &context) const;
};

// For other operations: neither protected nor whole.
bool mayBeReplaced(const ItemRow &item);
// The upload, kept as `whole`, is the newest of its name: tells of what it may take the place of.
void notePartialUploadsOf(WriteContext &context, const NewItem &upload, ItemId whole);
// `item` turned out not to be whole: tells of what may take its place.
void noteAsPartialUpload(WriteContext &context, const ItemRow &item);
// The same of one whose later try came first.
void noteAsOvertaken(WriteContext &context, const ItemRow &item, ItemId by);

} // namespace gatehouse::catalog
