// A file system for SQLite, in memory, that remembers what of it is on the disk: contents are safe after
// their sync, names after the sync of a folder, as SQLite's own Unix VFS does it (with a new journal's
// first sync, and in a delete that asks for it). saveTo() is what a machine started anew may find.
// Thread-safe; when the power is cut every call fails with SQLITE_IOERR. One process, no locks.
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
    ForgettingVfs(const ForgettingVfs &) = delete;
    ForgettingVfs &operator=(const ForgettingVfs &) = delete;

    // For sqlite3_open_v2; valid as long as this object.
    [[nodiscard]] const char *name() const;

    enum class Survives {
        OnlySynced, // all that was not synced is gone
        Everything, // the disk was quicker than it had to be
        AnyMixture  // each write by chance (from the seed), torn at sectors, and the same for names
    };
    // Writes the files into a folder of this machine, under the last part of their names.
    bool saveTo(const QString &folder, Survives survives, quint32 seed = 0) const;

    // To show that a proof can fail: from now on a sync says yes and does nothing.
    void forgetSyncs();

    struct Disk;

private:
    std::unique_ptr<Disk> d;
};

} // namespace gatehouse::tests
