// A placed file whose bytes the catalog says are kept already: given up only when the kept file was read and
// found sound, or restored from this one. A row alone proves nothing.
// Any thread; a file is read on the archive's own.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"

namespace gatehouse::ingest
{

struct PlacedUpload {
    catalog::Writer &writer;
    archive::Archive &archive;
    catalog::NewItem item; // as it was placed
    archive::Placement placement;
    // Goes on there; outlives the answer. None: the caller waits, and so holds writer and archive.
    QObject *thread = nullptr;
};

// Whether the duplicate's kept file is sound now; true: it was not, and has this one's bytes.
QFuture<Result<bool>> makeSure(const PlacedUpload &placed, const catalog::Added &added);

// Adds the row, or gives the file up as above. Where the kept one can neither be read nor be made sound, both
// stay: the new file gets a row of its own.
QFuture<Result<catalog::Added>> addPlaced(const PlacedUpload &placed);

} // namespace gatehouse::ingest
