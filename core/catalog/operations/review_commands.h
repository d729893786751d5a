// What a person does with what was kept, and what retention asks for. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"

namespace gatehouse::catalog
{

Result<void> setReviewed(WriteContext &context, EventId event, bool reviewed);
Result<void> setProtected(WriteContext &context, ItemId item, bool isProtected);
QVector<Item> oldestItems(WriteContext &context, const QString &archive, int limit);
Volume volumeOf(WriteContext &context, const QString &archive);

} // namespace gatehouse::catalog
