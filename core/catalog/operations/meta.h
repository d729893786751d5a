// Values that parts of the engine keep across restarts, and the mark of a pending rebuild.
#pragma once

#include "catalog/operations/operation.h"

namespace gatehouse::catalog
{

// Empty: none yet.
struct ReadMeta {
    QString key;

    Result<QString> run(WriteContext &context) const;
};

struct SetMeta {
    QString key;
    QString value;

    Result<void> run(WriteContext &context) const;
};

// A rebuild is running or due: since when (UTC ms; 0: all) arrivals may lack a row.
inline constexpr const char *kRebuildKey = "rebuild";

// Every scanned file has its row: deletes the key, and salvaged facts that no row can be waiting for any more
// (see salvage.h).
struct FinishRebuild {
    bool ofAll = false; // all files were scanned

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
