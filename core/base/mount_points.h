// Disks that should be mounted and are not: nothing may be written where they belong.
// Blocks on disk. Any thread.
#pragma once

#include <QString>

namespace gatehouse
{

// The mount point at or above `path` that the system's table names and that has nothing mounted on it;
// empty: none. `table` and `mounted` as /etc/fstab and /proc/self/mounts.
QString unmountedAbove(const QString &path, const QString &table = QStringLiteral("/etc/fstab"),
                       const QString &mounted = QStringLiteral("/proc/self/mounts"));

} // namespace gatehouse
