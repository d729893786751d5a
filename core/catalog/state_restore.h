// Puts a snapshot into a catalog that is older than it: a new one, or a copy from before. Each may be run
// again. Inside a writer's command.
#pragma once

#include "catalog/state_snapshot.h"
#include "catalog/store.h"

namespace gatehouse::catalog
{

// Accounts and cameras, before repair adds the rows of the files: so they find whose they are.
Result<void> restoreHome(Store &store, const StateSnapshot &state);
// What is protected and reviewed and which cameras are hidden, once the rows of the files are there. What
// the catalog protects besides stays protected.
Result<void> restoreMarks(Store &store, const StateSnapshot &state);

} // namespace gatehouse::catalog
