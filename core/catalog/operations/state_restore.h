// Restores a snapshot into an older catalog: a new one, or one from a backup. First accounts, cameras and
// protection, then after repair the other marks. Both can be repeated.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/state_snapshot.h"

namespace gatehouse::catalog
{

// Accounts, cameras and protection, before repair adds the rows of the files: so files find their owners and
// are protected from the start. Whatever else the catalog protects stays protected.
struct RestoreHome {
    StateSnapshot state;

    Result<void> run(WriteContext &context) const;
};

// Reviewed marks and hidden cameras, once the files have their rows. Marks that a person has revoked
// meanwhile stay revoked, and a camera that has sent something meanwhile is shown.
struct RestoreMarks {
    StateSnapshot state;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
