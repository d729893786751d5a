// What comes in and what is found out about it: add, examine, revise. Inside a writer's command.
#pragma once

#include "catalog/store.h"

namespace gatehouse::catalog
{

Result<Added> addItem(Store &store, const NewItem &item);
Result<void> setExamined(Store &store, const Examined &found);
Result<void> reviseItem(Store &store, ItemId item, const NewItem &meaning);

} // namespace gatehouse::catalog
