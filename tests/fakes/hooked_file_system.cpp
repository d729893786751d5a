#include "fakes/hooked_file_system.h"

namespace gatehouse::tests
{

void HookedFileSystem::setHook(Hook hook)
{
    const QMutexLocker lock(&m_mutex);
    m_hook = std::move(hook);
}

void HookedFileSystem::setSpace(std::function<Space()> space)
{
    const QMutexLocker lock(&m_mutex);
    m_space = std::move(space);
}

Result<void> HookedFileSystem::ask(const char *operation, const QString &path)
{
    Hook hook;
    {
        const QMutexLocker lock(&m_mutex);
        hook = m_hook;
    }
    return hook ? hook(QString::fromLatin1(operation), path) : Result<void>();
}

Result<void> HookedFileSystem::ask(const char *operation, int fd)
{
    QString path;
    {
        const QMutexLocker lock(&m_mutex);
        path = m_open.value(fd);
    }
    return ask(operation, path);
}

Result<int> HookedFileSystem::opened(Result<int> fd, const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (fd)
        m_open.insert(*fd, path);
    return fd;
}

Result<int> HookedFileSystem::create(const QString &path)
{
    return ask("create", path).and_then([&] { return opened(m_inner.create(path), path); });
}

Result<int> HookedFileSystem::openAppend(const QString &path)
{
    return ask("openAppend", path).and_then([&] { return opened(m_inner.openAppend(path), path); });
}

Result<void> HookedFileSystem::write(int fd, QByteArrayView bytes)
{
    return ask("write", fd).and_then([&] { return m_inner.write(fd, bytes); });
}

Result<void> HookedFileSystem::copyInto(int fd, const QString &from, qint64 bytes)
{
    return ask("copyInto", fd).and_then([&] { return m_inner.copyInto(fd, from, bytes); });
}

Result<void> HookedFileSystem::truncate(int fd, qint64 bytes)
{
    return ask("truncate", fd).and_then([&] { return m_inner.truncate(fd, bytes); });
}

Result<void> HookedFileSystem::sync(int fd)
{
    return ask("sync", fd).and_then([&] { return m_inner.sync(fd); });
}

void HookedFileSystem::close(int fd)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_open.remove(fd);
    }
    m_inner.close(fd);
}

Result<void> HookedFileSystem::rename(const QString &from, const QString &to)
{
    return ask("rename", to).and_then([&] { return m_inner.rename(from, to); });
}

Result<void> HookedFileSystem::replace(const QString &from, const QString &to)
{
    return ask("replace", to).and_then([&] { return m_inner.replace(from, to); });
}

Result<void> HookedFileSystem::link(const QString &from, const QString &to)
{
    return ask("link", to).and_then([&] { return m_inner.link(from, to); });
}

Result<void> HookedFileSystem::remove(const QString &path)
{
    return ask("remove", path).and_then([&] { return m_inner.remove(path); });
}

Result<void> HookedFileSystem::makeFolder(const QString &path)
{
    return ask("makeFolder", path).and_then([&] { return m_inner.makeFolder(path); });
}

Result<void> HookedFileSystem::removeFolder(const QString &path)
{
    return ask("removeFolder", path).and_then([&] { return m_inner.removeFolder(path); });
}

Result<void> HookedFileSystem::syncFolder(const QString &path)
{
    return ask("syncFolder", path).and_then([&] { return m_inner.syncFolder(path); });
}

Result<QByteArray> HookedFileSystem::read(const QString &path, qint64 offset, qint64 bytes)
{
    return ask("read", path).and_then([&] { return m_inner.read(path, offset, bytes); });
}

Result<FileStat> HookedFileSystem::stat(const QString &path)
{
    return ask("stat", path).and_then([&] { return m_inner.stat(path); });
}

Result<QStringList> HookedFileSystem::list(const QString &folder)
{
    return ask("list", folder).and_then([&] { return m_inner.list(folder); });
}

Result<Space> HookedFileSystem::space(const QString &path)
{
    std::function<Space()> space;
    {
        const QMutexLocker lock(&m_mutex);
        space = m_space;
    }
    return ask("space", path).and_then([&] { return space ? Result<Space>(space()) : m_inner.space(path); });
}

Result<void> HookedFileSystem::writable(const QString &folder)
{
    return ask("writable", folder).and_then([&] { return m_inner.writable(folder); });
}

} // namespace gatehouse::tests
