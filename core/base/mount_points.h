// Detects disks that should be mounted but are not, so that nothing is written under their mount points.
// Blocks on disk. Any thread.
#pragma once

#include <QString>

namespace gatehouse
{

// A mount point at or above `path` that is in `table` but not mounted; empty: none. `table` and
// `mounted` have the formats of /etc/fstab and /proc/self/mounts.
QString unmountedAbove(const QString &path, const QString &table = QStringLiteral("/etc/fstab"),
                       const QString &mounted = QStringLiteral("/proc/self/mounts"));

} // namespace gatehouse
