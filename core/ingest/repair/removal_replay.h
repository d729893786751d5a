// A catalog that is new or was copied back from before does not know what was removed since: the journal
// says which files, when and why. A row whose file is gone goes with that reason; a removal without a row is
// written down. A row whose file is there stays.
// Blocks: on a thread of its own. Memory: some fifty bytes for each removal without a row.
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

    std::function<bool()> mayGoOn; // asked often; false: stop (Cancelled)

    // Of the whole journal: a file may have come long before it went. Answers how many removals the catalog
    // has learned of. Files of it that cannot be read are passed over. Unavailable: the archive's disk went
    // meanwhile.
    Result<qint64> run();
};

} // namespace gatehouse::ingest
