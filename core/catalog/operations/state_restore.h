// Puts a snapshot into a catalog that is older than it: a new one, or a copy from before. First the home with
// what is protected, the other marks after repair. Each may be run again.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/state_snapshot.h"

namespace gatehouse::catalog
{

// Accounts, cameras and what is protected, before repair adds the rows of the files: so they find whose they
// are, and are protected from the first. What the catalog protects besides stays protected.
struct RestoreHome {
    StateSnapshot state;

    Result<void> run(WriteContext &context) const;
};

// What is reviewed and which cameras are hidden, once the rows of the files are there. What a person has
// taken back meanwhile stays so, and a camera that has sent meanwhile is shown.
struct RestoreMarks {
    StateSnapshot state;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
