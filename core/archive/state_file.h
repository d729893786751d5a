// The copy of what only the catalog knows (catalog/state_snapshot.h), beside the journal. Two files take
// turns, <root>/journal/state.1.json and state.2.json: a power cut, or a damaged one, leaves the other. Each
// begins with a line "<SHA-256 of the rest> <sequence>". Blocks on disk: an archive's own threads, or a
// start.
#pragma once

#include "base/file_system.h"

namespace gatehouse::archive
{

// Durable when it returns. Unavailable: the archive at `root` is not this one.
Result<void> writeStateFile(FileSystem &files, const QString &root, const QString &archiveId,
                            const QByteArray &state);
// The newest that is whole. NotFound: there was none yet. Corrupt: none of them is.
Result<QByteArray> readStateFile(FileSystem &files, const QString &root);

} // namespace gatehouse::archive
