// The archive folders of the catalog.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/archive_folder.h"

namespace gatehouse::catalog
{

// All archives that ever held files of this catalog, the current one last.
struct ReadArchives {
    Result<QVector<ArchiveFolder>> run(WriteContext &context) const;
};

// One to be used later: known from now on, while the current one stays. The root of a known one stays, too.
struct AddArchive {
    QString id;
    QString root;

    Result<void> run(WriteContext &context) const;
};

// It is the current archive, and available.
struct SetArchive {
    QString id;
    QString root;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
