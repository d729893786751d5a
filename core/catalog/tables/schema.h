// The catalog's schema: resources/schema/catalog, one step after the other.
#pragma once

#include "db/connection.h"

#include <limits>

namespace gatehouse::catalog
{

// Invalid: made by a newer program. upTo: not beyond this version.
Result<void> migrateCatalog(db::Connection &db, int upTo = std::numeric_limits<int>::max());

} // namespace gatehouse::catalog
