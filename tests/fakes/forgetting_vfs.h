// An in-memory SQLite VFS that tracks what has reached the disk: contents are safe after their sync, names
// after the sync of their folder, which SQLite's own Unix VFS does with a new journal's first sync and in a
// delete that requests it. saveTo() writes what a rebooted machine may find.
// Thread-safe; after the power cut, every call fails with SQLITE_IOERR. One process, no locks.
#pragma once

#include "fakes/power.h"

#include <QString>
#include <memory>

namespace gatehouse::tests
{

class ForgettingVfs
{
public:
    explicit ForgettingVfs(std::shared_ptr<Power> power);
    ~ForgettingVfs();
    Q_DISABLE_COPY_MOVE(ForgettingVfs)

    // For sqlite3_open_v2; valid as long as this object.
    [[nodiscard]] const char *name() const;

    enum class Survives {
        OnlySynced, // everything that was not synced is lost
        Everything, // the disk wrote everything early
        AnyMixture  // each write at random (from the seed), torn at sectors, and likewise for names
    };
    // Writes the files into a real folder, under the last component of their names.
    bool saveTo(const QString &folder, Survives survives, quint32 seed = 0) const;

    // Proves that a test can fail: from now on, a sync succeeds without effect.
    void forgetSyncs();

    struct Disk;

private:
    std::unique_ptr<Disk> d;
};

} // namespace gatehouse::tests
