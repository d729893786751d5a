// The archive folders of the catalog.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/archive_folder.h"

namespace gatehouse::catalog
{

// All that ever held files of this catalog, the one in use last first.
struct ReadArchives {
    Result<QVector<ArchiveFolder>> run(WriteContext &context) const;
};

// It is in use now, and there.
struct SetArchive {
    QString id;
    QString root;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
