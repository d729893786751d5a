// An archive folder that holds, or held, files of the catalog. A value.
#pragma once

#include <QString>

namespace gatehouse::catalog
{

struct ArchiveFolder {
    QString id;
    QString root; // last known location; empty: unknown
};

} // namespace gatehouse::catalog
