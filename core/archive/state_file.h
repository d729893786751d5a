// The backup of what only the catalog knows (catalog/state_snapshot.h), next to the journal. Two files
// alternate, <root>/journal/state.1.json and state.2.json: if a power cut or damage destroys one, the other
// remains. Each starts with a line "<SHA-256 of the rest> <sequence>". Blocks on disk: an archive's own
// threads, or startup.
#pragma once

#include "base/file_system.h"

namespace gatehouse::archive
{

// Durable on return. Unavailable: the archive at `root` is another one.
Result<void> writeStateFile(FileSystem &files, const QString &root, const QString &archiveId,
                            const QByteArray &state);
// The newest intact one. NotFound: none exists yet. Corrupt: all are damaged.
Result<QByteArray> readStateFile(FileSystem &files, const QString &root);

} // namespace gatehouse::archive
