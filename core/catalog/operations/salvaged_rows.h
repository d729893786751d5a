// Copies what can be read of a damaged catalog into a new one, table by table, as it stands: no row is
// understood here but for whether it can be one of its table. Indexes are made at the end.
#pragma once

#include "catalog/operations/salvage.h"
#include "db/connection.h"
#include "db/damaged.h"

namespace gatehouse::catalog
{

// `to` has the schema of the same version, and is empty.
Result<QVector<SalvagedTable>> copyReadable(db::DamagedDatabase &from, db::Connection &to);

} // namespace gatehouse::catalog
