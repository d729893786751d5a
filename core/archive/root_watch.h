// Whether an archive's root is the disk it should be, and has room. Looked at before anything is
// written, every few seconds, and after any error.
// ready() and isDue(): any thread, without touching the disk; the others: storage threads.
#pragma once

#include "archive/identity.h"

#include <mutex>
#include <optional>

namespace gatehouse::archive
{

class RootWatch
{
public:
    RootWatch(Files &files, const Clock &clock, QString root, Identity identity);

    // Whether the identity's file is the very one that was read last, and if not, what it says: an upload
    // asks more than once. Unavailable: gone, or another disk.
    Result<void> verify();
    // The identity as it is on disk now, the device and the free space: what ready() answers from then on.
    void look();
    [[nodiscard]] bool isDue() const; // the last look is some seconds old
    [[nodiscard]] Result<void> ready() const;

    // The error to tell for a failed call below the root: looks first, because a vanished disk shows
    // as a missing file. Full stays Full; what the disk refuses is Unavailable.
    Error explain(const Error &error);

private:
    Result<void> readAnew(const QString &path, const Result<FileStat> &there);
    void remember(const Result<void> &state);

    Files &m_files;
    const Clock &m_clock;
    const QString m_root;
    const Identity m_identity;
    mutable std::mutex m_mutex;
    Result<void> m_ready;
    qint64 m_lastLook = 0; // elapsed ms
    quint64 m_device = 0;
    std::optional<FileStat> m_read; // the identity's file when it was read and right
};

} // namespace gatehouse::archive
