// The catalog's schema: applies the steps of resources/schema/catalog in order.
#pragma once

#include "db/connection.h"

#include <limits>

namespace gatehouse::catalog
{

// Invalid: created by a newer program. upTo: not beyond this version.
Result<void> migrateCatalog(db::Connection &db, int upTo = std::numeric_limits<int>::max());

} // namespace gatehouse::catalog
