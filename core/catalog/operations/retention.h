// What retention asks before it removes anything.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/item.h"

namespace gatehouse::catalog
{

// The unprotected items of the archive that came first, up to `limit`.
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
