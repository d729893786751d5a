// Whose a file of the archive is that has no row: by its line in the journal, else by the folder it lies in.
// Makes the account where the catalog lost it. Blocks: on the mender's thread.
#pragma once

#include "archive/repair.h"
#include "catalog/file_list.h"
#include "catalog/writer.h"
#include "vendors/meaning.h"

namespace gatehouse::ingest
{

struct FileOwner {
    AccountId account;
    QString cameraKey;  // as resolving a camera takes them
    QString cameraName; // for one made now
};

// `meaning`: of the file's source path, as far as that is known.
Result<FileOwner> ownerOf(const archive::Orphan &file, const vendors::Meaning &meaning,
                          catalog::FileList &list, catalog::Writer &writer);

} // namespace gatehouse::ingest
