// The file system operations that Gatehouse needs, as an interface: tests pass in one that fails or loses
// whatever was not synced, benchmarks one that does not sync.
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
    quint64 number = 0;  // inode number on its device

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

    // Creates a file; Invalid if the name is taken. Close the descriptor with close().
    virtual Result<int> create(const QString &path) = 0;
    // Opens or creates a file for appending.
    virtual Result<int> openAppend(const QString &path) = 0;
    virtual Result<void> write(int fd, QByteArrayView bytes) = 0;
    // Appends the first `bytes` of another file (on the same disk; shares blocks where the file system can).
    virtual Result<void> copyInto(int fd, const QString &from, qint64 bytes) = 0;
    virtual Result<void> truncate(int fd, qint64 bytes) = 0;
    // Starts writeback without waiting, so that the syncs of a batch share one commit of the file system's
    // journal.
    virtual void startWriteback(int fd) = 0;
    virtual Result<void> sync(int fd) = 0;
    virtual void close(int fd) = 0;

    // Never replaces: Invalid if `to` exists.
    virtual Result<void> rename(const QString &from, const QString &to) = 0;
    // Replaces the file `to` atomically. Invalid: `to` is a folder.
    virtual Result<void> replace(const QString &from, const QString &to) = 0;
    // Creates a hard link; Invalid if the name is taken. Not every file system supports them.
    virtual Result<void> link(const QString &from, const QString &to) = 0;
    virtual Result<void> remove(const QString &path) = 0;
    // One level; an existing folder is not an error.
    virtual Result<void> makeFolder(const QString &path) = 0;
    virtual Result<void> removeFolder(const QString &path) = 0;
    virtual Result<void> syncFolder(const QString &path) = 0;

    virtual Result<QByteArray> read(const QString &path, qint64 offset, qint64 bytes) = 0;
    virtual Result<FileStat> stat(const QString &path) = 0;
    virtual Result<QStringList> list(const QString &folder) = 0; // names, without . and ..
    virtual Result<Space> space(const QString &path) = 0;
    // Denied, Unavailable: permissions or the mount prevent creating files in the folder. Writes nothing, so
    // it misses what only a write would reveal.
    virtual Result<void> writable(const QString &folder) = 0;
};

} // namespace gatehouse
