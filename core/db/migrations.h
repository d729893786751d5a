// Migrates a database to the newest schema: runs the files of a resource folder, "0001_first.sql" and on,
// once each in its own transaction; PRAGMA user_version records which. Invalid: the database was created by a
// newer program. `upTo`: not beyond this version, for copying from an older database.
// an older database.
#pragma once

#include "db/connection.h"

#include <limits>

namespace gatehouse::db
{

Result<void> migrate(Connection &connection, const QString &folder,
                     int upTo = std::numeric_limits<int>::max());

} // namespace gatehouse::db
