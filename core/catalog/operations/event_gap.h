// The gap that ends an event.
#pragma once

#include "catalog/operations/operation.h"

namespace gatehouse::catalog
{

// Applies to new items, and wherever events are regrouped.
struct SetEventGap {
    qint64 gap = 0; // ms, 0 to 3,600,000

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
