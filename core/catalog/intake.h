// What comes in and what is found out about it: add, examine, revise. Inside a writer's command.
#pragma once

#include "catalog/store.h"

namespace gatehouse::catalog
{

Result<Added> addItem(Store &store, const NewItem &item);
Result<void> setExamined(Store &store, const Examined &found);
// See Writer::reviseItem().
Result<Added> reviseItem(Store &store, ItemId item, const NewItem &meaning, ItemId same);
Result<void> fileRestored(Store &store, ItemId item, const QString &archive);

} // namespace gatehouse::catalog
