// Finds incomplete items that may be a prefix of a later upload of the same name, and supersedes them if
// their bytes are.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

// The bytes of one were found to be a prefix of the other's: deletes it, unless it is protected.
struct Supersede {
    PartialUpload pair;

    Result<void> run(WriteContext &context) const;
};

// For other operations: neither protected nor complete.
bool mayBeReplaced(const ItemRow &item);
// The upload, stored as `whole`, is the newest of its name: notes what it may supersede.
void notePartialUploadsOf(WriteContext &context, const NewItem &upload, ItemId whole);
// `item` turned out to be incomplete: notes what may supersede it.
void noteAsPartialUpload(WriteContext &context, const ItemRow &item);
// The same for one whose later attempt arrived first.
void noteAsOvertaken(WriteContext &context, const ItemRow &item, ItemId by);

} // namespace gatehouse::catalog
