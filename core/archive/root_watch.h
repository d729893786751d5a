// Whether an archive's root is the disk it should be, has room and can be written. Looked at before anything
// is written, every few seconds, and after any error: once a write has failed, little is written for a try
// until one works again. ready() and untilDue(): any thread, without touching the disk; the others: storage
// threads.
#pragma once

#include "archive/archive_id.h"

#include <chrono>
#include <mutex>
#include <optional>

namespace gatehouse::archive
{

class RootWatch
{
public:
    RootWatch(FileSystem &files, const Clock &clock, QString root, ArchiveId identity);

    // Whether the identity's file is the very one that was read last, and if not, what it says: an upload
    // asks more than once. Unavailable: gone, or another disk.
    Result<void> verify();
    // The identity as it is on disk now, the device and the free space: what ready() answers from then on.
    void look();
    // Until the next look, at most two seconds; none left: it is due.
    [[nodiscard]] std::chrono::milliseconds untilDue() const;
    [[nodiscard]] Result<void> ready() const;

    // The error to tell for a failed call below the root: looks first, because a vanished disk shows
    // as a missing file. Full stays Full; what the disk refuses is Unavailable.
    Error explain(const Error &error);

private:
    Result<void> readAnew(const QString &path, const Result<FileStat> &there);
    void remember(const Result<void> &state);
    [[nodiscard]] Result<void> canWrite();
    [[nodiscard]] bool hasFailed() const;
    void setFailed(bool hasFailed);
    [[nodiscard]] Result<void> tryToWrite(const QString &folder);
    [[nodiscard]] Error unwritable(const Error &error) const;

    FileSystem &m_files;
    const Clock &m_clock;
    const QString m_root;
    const ArchiveId m_identity;
    mutable std::mutex m_mutex;
    std::mutex m_tries; // one at a time: they have one name
    Result<void> m_ready;
    qint64 m_lastLook = 0; // elapsed ms
    quint64 m_device = 0;
    bool m_hasFailed = false;       // the last write
    std::optional<FileStat> m_read; // the identity's file when it was read and right
};

} // namespace gatehouse::archive
