// Marks set by a person.
#pragma once

#include "base/ids.h"
#include "catalog/operations/operation.h"

namespace gatehouse::catalog
{

// NotFound: the event, or the item, no longer exists.
struct SetReviewed {
    EventId event;
    bool reviewed = true;

    Result<void> run(WriteContext &context) const;
};

struct SetProtected {
    ItemId item;
    bool isProtected = true;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
