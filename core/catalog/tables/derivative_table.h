// The rows of files made from items. Inside an operation.
#pragma once

#include "catalog/tables/write_context.h"
#include "catalog/types/derivative.h"

namespace gatehouse::catalog
{

// Replaces the row of the same item and kind.
void keepDerivative(WriteContext &context, const Derivative &derivative, DerivativeState state);
// Its item goes: its files follow (see ReadUnwantedDerivatives).
void discardDerivatives(WriteContext &context, ItemId item);
// After a salvage: agrees with the items again, and makes up for lost rows of posters.
void restoreDerivatives(db::Connection &db);

} // namespace gatehouse::catalog
