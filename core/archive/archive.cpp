#include "archive/archive.h"

#include "archive/disk_archive.h"
#include "archive/layout.h"

#include <algorithm>

namespace gatehouse::archive
{

qint64 minFree(qint64 totalBytes)
{
    return std::min(qint64(64) << 20, totalBytes / 20);
}

Result<std::unique_ptr<Archive>> Archive::open(const ArchiveOptions &options, FileSystem &files,
                                               const Clock &clock, bool create)
{
    auto identity = readArchiveId(files, options.root);
    const QString identityPath = options.root + QLatin1Char('/') + kIdFileName;
    if (!identity && create && !files.stat(identityPath))
        identity = makeArchiveId(files, clock, options.root);
    const bool isExpected = identity && (options.expectedId.isEmpty() || identity->id == options.expectedId);
    if (!isExpected && !options.expectedId.isEmpty())
        return std::make_unique<DiskArchive>(options, files, clock, ArchiveId{options.expectedId, 0, {}});
    if (!identity)
        return tl::unexpected(identity.error());
    // The identity proves that this is not a bare mount point: only now may anything be created below it.
    for (const QString &name : {kIncomingName, kJournalName}) {
        if (auto made = files.makeFolder(options.root + QLatin1Char('/') + name); !made)
            return tl::unexpected(made.error());
    }
    if (auto synced = files.syncFolder(options.root); !synced)
        return tl::unexpected(synced.error());
    return std::make_unique<DiskArchive>(options, files, clock, *identity);
}

} // namespace gatehouse::archive
