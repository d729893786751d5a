// A placed file whose bytes are already stored, according to the catalog: it is discarded only once the
// stored file has been read and found intact, or restored from this one. A row alone proves nothing.
// Any thread; files are read on the archive's own.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"

namespace gatehouse::ingest
{

struct PlacedUpload {
    catalog::Writer &writer;
    archive::Archive &archive;
    catalog::NewItem item; // as placed
    archive::Placement placement;
    // Continuations run there; outlives the reply. Null: the caller blocks, which keeps writer and archive
    // alive.
    QObject *thread = nullptr;
};

// Ensures that the duplicate's stored file is intact; true: it was not, and has been restored from this one.
QFuture<Result<bool>> makeSure(const PlacedUpload &placed, const catalog::Added &added);

// Adds the row, or discards the file as above. If the stored one can be neither read nor restored, both are
// kept: the new file gets its own row.
QFuture<Result<catalog::Added>> addPlaced(const PlacedUpload &placed);

} // namespace gatehouse::ingest
