// What comes in and what is found out about it: add, examine, revise. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"

namespace gatehouse::catalog
{

Result<Added> addItem(WriteContext &context, const NewItem &item);
Result<void> setExamined(WriteContext &context, const Examined &found);
// See Writer::reviseItem().
Result<Added> reviseItem(WriteContext &context, ItemId item, const NewItem &update, ItemId same);
Result<void> fileRestored(WriteContext &context, ItemId item, const QString &archive);

} // namespace gatehouse::catalog
