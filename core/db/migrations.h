// Brings a database to the newest schema: the files of a resource folder, "0001_first.sql" and on, each
// carried out once in its own transaction; PRAGMA user_version says which were.
// Invalid: the database was made by a newer program.
#pragma once

#include "db/connection.h"

namespace gatehouse::db
{

Result<void> migrate(Connection &connection, const QString &folder);

} // namespace gatehouse::db
