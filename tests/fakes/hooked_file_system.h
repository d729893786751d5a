// Forwards every call to another file system after asking a hook, which may refuse: a full, broken or slow
// disk. Thread-safe if the hook is.
#pragma once

#include "base/file_system.h"

#include <QHash>
#include <QMutex>
#include <functional>

namespace gatehouse::tests
{

class HookedFileSystem : public FileSystem
{
public:
    // operation: the method's name; path: of the file concerned (also for calls by descriptor).
    using Hook = std::function<Result<void>(const QString &operation, const QString &path)>;

    explicit HookedFileSystem(FileSystem &inner) : m_inner(inner) {}
    void setHook(Hook hook);
    // What space() returns from then on.
    void setSpace(std::function<Space()> space);

    Result<int> create(const QString &path) override;
    Result<int> openAppend(const QString &path) override;
    Result<void> write(int fd, QByteArrayView bytes) override;
    Result<void> copyInto(int fd, const QString &from, qint64 bytes) override;
    Result<void> truncate(int fd, qint64 bytes) override;
    void startWriteback(int fd) override { m_inner.startWriteback(fd); }
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
    Result<void> ask(const char *operation, const QString &path);
    Result<void> ask(const char *operation, int fd);
    Result<int> opened(Result<int> fd, const QString &path);

    FileSystem &m_inner;
    QMutex m_mutex;
    Hook m_hook;
    std::function<Space()> m_space;
    QHash<int, QString> m_open;
};

} // namespace gatehouse::tests
