// Files on a POSIX system. Does not follow a symbolic link in the last path component.
#pragma once

#include "base/file_system.h"

namespace gatehouse
{

class PosixFileSystem : public FileSystem
{
public:
    Result<int> create(const QString &path) override;
    Result<int> openAppend(const QString &path) override;
    Result<void> write(int fd, QByteArrayView bytes) override;
    Result<void> copyInto(int fd, const QString &from, qint64 bytes) override;
    Result<void> truncate(int fd, qint64 bytes) override;
    void startWriteback(int fd) override;
    Result<void> sync(int fd) override;
    void close(int fd) override;

    Result<void> rename(const QString &from, const QString &to) override;
    Result<void> replace(const QString &from, const QString &to) override;
    Result<void> link(const QString &from, const QString &to) override;
    Result<void> remove(const QString &path) override;
    Result<void> makeFolder(const QString &path) override;
    Result<void> removeFolder(const QString &path) override;
    Result<void> syncFolder(const QString &path) override;

    Result<QByteArray> read(const QString &path, qint64 offset, qint64 bytes) override;
    Result<FileStat> stat(const QString &path) override;
    Result<QStringList> list(const QString &folder) override;
    Result<Space> space(const QString &path) override;
    Result<void> writable(const QString &folder) override;

private:
    Result<void> renameOntoReserved(const QString &from, const QString &to);
};

} // namespace gatehouse
