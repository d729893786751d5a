// What a person does with what was kept, and what retention asks for. Inside a writer's command.
#pragma once

#include "catalog/store.h"

namespace gatehouse::catalog
{

Result<void> setReviewed(Store &store, EventId event, bool reviewed);
Result<void> setProtected(Store &store, ItemId item, bool isProtected);
QVector<Item> oldestItems(Store &store, const QString &archive, int limit);
Volume volumeOf(Store &store, const QString &archive);

} // namespace gatehouse::catalog
