// A new or restored catalog does not know what was deleted since: the journal records which files, when and
// why. A row whose file is missing is deleted with that reason; a deletion without a row is recorded. A row
// whose file exists stays.
// Blocks: on a dedicated thread. Memory: some fifty bytes per deletion without a row.
#pragma once

#include "archive/archive.h"
#include "base/file_system.h"
#include "catalog/types/file_list.h"
#include "catalog/writer.h"
#include "vendors/matcher.h"

#include <functional>

namespace gatehouse::ingest
{

struct RemovalReplay {
    FileSystem &files;
    archive::Archive &archive;
    catalog::FileList &list;
    catalog::Writer &writer;
    const vendors::Matcher &matcher;

    std::function<bool()> mayGoOn; // called often; false: stop (Cancelled)

    // Replays the whole journal: a file may have arrived long before it was deleted. Returns how many
    // deletions the catalog learned of. Skips journal files that cannot be read. Unavailable: the archive's
    // disk disappeared meanwhile.
    Result<qint64> run();
};

} // namespace gatehouse::ingest
