// Retention's queries before it deletes anything.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/item.h"

namespace gatehouse::catalog
{

// The archive's unprotected items that arrived first, up to `limit`.
struct ReadOldestItems {
    QString archive;
    int limit = 0;

    Result<QVector<Item>> run(WriteContext &context) const;
};

struct ReadVolume {
    QString archive;

    Result<Volume> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
