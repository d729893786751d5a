// A file whose row has been deleted and whose bytes are to be unlinked. A value.
#pragma once

#include "base/ids.h"

#include <QString>
#include <optional>

namespace gatehouse::catalog
{

struct Garbage {
    ItemId item;
    QString archive; // id of the archive folder
    QString relativePath;
    QString reason;
    std::optional<qint64> duration = {}; // ms; none: unknown
};

} // namespace gatehouse::catalog
