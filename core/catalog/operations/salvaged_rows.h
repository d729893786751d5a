// Copies the readable rows of a damaged catalog into a new one, table by table, verbatim: checks only whether
// a row fits its table. Builds indexes at the end.
#pragma once

#include "catalog/operations/salvage.h"
#include "db/connection.h"
#include "db/damaged.h"

namespace gatehouse::catalog
{

// `to` has the schema of the same version, and is empty.
Result<QVector<SalvagedTable>> copyReadable(db::DamagedDatabase &from, db::Connection &to);

} // namespace gatehouse::catalog
