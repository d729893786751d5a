// Lines that a part of the engine keeps over restarts, and the one that says that a rebuild is under way.
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

// A rebuild is under way or due: since when (UTC ms; 0: all) arrivals may have no row.
inline constexpr const char *kRebuildKey = "rebuild";

// Every file that was looked at has its row: the key goes, and with it what is certain to wait for no row
// any more (see salvage.h).
struct FinishRebuild {
    bool ofAll = false; // all files were looked at

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
