// Puts a snapshot into a catalog that is older than it: a new one, or a copy from before. Each may be run
// again. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"
#include "catalog/types/state_snapshot.h"

namespace gatehouse::catalog
{

// Accounts, cameras and what is protected, before repair adds the rows of the files: so they find whose they
// are, and are protected from the first. What the catalog protects besides stays protected.
Result<void> restoreHome(WriteContext &context, const StateSnapshot &state);
// What is reviewed and which cameras are hidden, once the rows of the files are there. What a person has
// taken back meanwhile stays so, and a camera that has sent meanwhile is shown.
Result<void> restoreMarks(WriteContext &context, const StateSnapshot &state);

} // namespace gatehouse::catalog
