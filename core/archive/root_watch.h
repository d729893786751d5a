// Checks whether an archive's root is on the right disk, has space and is writable. Runs before anything is
// written, every few seconds, and after any error: once a write has failed, small test writes are made until
// one succeeds. ready() and untilDue(): any thread, without touching the disk; the others: storage threads.
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

    // Checks whether the identity file is the one read last and, if not, reads it: an upload calls this
    // repeatedly. Unavailable: missing, or another disk.
    Result<void> verify();
    // Reads the identity, device and free space from disk: ready() returns the result from then on.
    void look();
    // Time until the next check, at most two seconds; zero: it is due.
    [[nodiscard]] std::chrono::milliseconds untilDue() const;
    [[nodiscard]] Result<void> ready() const;

    // The error to report for a failed call below the root: checks first, because a vanished disk looks like
    // a missing file. Full stays Full; whatever the disk refuses is Unavailable.
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
    std::mutex m_tries; // one at a time: they share a file name
    Result<void> m_ready;
    qint64 m_lastLook = 0; // elapsed ms
    quint64 m_device = 0;
    bool m_hasFailed = false;       // result of the last write
    std::optional<FileStat> m_read; // the identity file when last read and correct
};

} // namespace gatehouse::archive
