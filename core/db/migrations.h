// Brings a database to the newest schema: the files of a resource folder, "0001_first.sql" and on, each
// carried out once in its own transaction; PRAGMA user_version says which were.
// Invalid: the database was made by a newer program. `upTo`: not beyond this version, for what is copied from
// an older database.
#pragma once

#include "db/connection.h"

#include <limits>

namespace gatehouse::db
{

Result<void> migrate(Connection &connection, const QString &folder,
                     int upTo = std::numeric_limits<int>::max());

} // namespace gatehouse::db
