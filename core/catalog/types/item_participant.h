// Writes another module's rows in the transaction that adds an item: both are committed, or neither. Called
// on the writer thread, once the item's rows are written; an error rejects the item. Must not begin or end a
// transaction.
#pragma once

#include "base/result.h"
#include "catalog/types/item.h"

#include <functional>

namespace gatehouse::db
{
class Connection;
}

namespace gatehouse::catalog
{

using ItemParticipant = std::function<Result<void>(db::Connection &db, const Item &item)>;

} // namespace gatehouse::catalog
