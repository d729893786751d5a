// The few things Gatehouse asks of a file system, as an interface: tests pass in one that fails or
// that forgets everything that was not synced, benchmarks one that does not sync.
// All calls block: storage threads only. Thread-safe. Errors: NotFound, Denied, Full (no space),
// Unavailable (the disk is gone or fails), Invalid, Internal. Paths are absolute.
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace gatehouse
{

struct FileStat {
    bool isFolder = false;
    qint64 bytes = 0;
    qint64 modified = 0; // UTC ms
    quint64 device = 0;  // changes when another disk is mounted there
    quint64 number = 0;  // of the file on its device (inode)

    friend bool operator==(const FileStat &, const FileStat &) = default;
};

struct Space {
    qint64 free = 0; // bytes this user may still write
    qint64 total = 0;
};

class FileSystem
{
public:
    FileSystem() = default;
    Q_DISABLE_COPY_MOVE(FileSystem)
    virtual ~FileSystem() = default;

    // A new file, Invalid if the name is taken. The descriptor is closed with close().
    virtual Result<int> create(const QString &path) = 0;
    // An existing or new file, written at its end.
    virtual Result<int> openAppend(const QString &path) = 0;
    virtual Result<void> write(int fd, QByteArrayView bytes) = 0;
    // Appends the first `bytes` of another file (a copy on the same disk, shared where the disk can).
    virtual Result<void> copyInto(int fd, const QString &from, qint64 bytes) = 0;
    virtual Result<void> truncate(int fd, qint64 bytes) = 0;
    // Starts writing out without waiting, so that the syncs of a batch cost one journal commit.
    virtual void startWriteback(int fd) = 0;
    virtual Result<void> sync(int fd) = 0;
    virtual void close(int fd) = 0;

    // Never replaces: Invalid if `to` exists.
    virtual Result<void> rename(const QString &from, const QString &to) = 0;
    // Takes the place of the file `to` at once: there is always the one or the other. Invalid: a folder.
    virtual Result<void> replace(const QString &from, const QString &to) = 0;
    // A second name for the file, Invalid if it is taken. Not every file system has them.
    virtual Result<void> link(const QString &from, const QString &to) = 0;
    virtual Result<void> remove(const QString &path) = 0;
    // One level; an existing folder is fine.
    virtual Result<void> makeFolder(const QString &path) = 0;
    virtual Result<void> removeFolder(const QString &path) = 0;
    virtual Result<void> syncFolder(const QString &path) = 0;

    virtual Result<QByteArray> read(const QString &path, qint64 offset, qint64 bytes) = 0;
    virtual Result<FileStat> stat(const QString &path) = 0;
    virtual Result<QStringList> list(const QString &folder) = 0; // names without . and ..
    virtual Result<Space> space(const QString &path) = 0;
    // Denied, Unavailable: nothing can be made in the folder now, for its rights or its mount. Writes
    // nothing, so it does not know what only a write finds.
    virtual Result<void> writable(const QString &folder) = 0;
};

} // namespace gatehouse
