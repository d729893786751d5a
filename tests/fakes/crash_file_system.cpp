#include "fakes/crash_file_system.h"

namespace gatehouse::tests
{

namespace
{

tl::unexpected<Error> refuse(ErrorKind kind, const QString &path)
{
    return fail(kind, path, QStringLiteral("CrashFiles"));
}

QByteArray survivingBytes(const QByteArray &bytes, const QByteArray &synced,
                          CrashFileSystem::Survives survives, QRandomGenerator &chance)
{
    switch (survives) {
    case CrashFileSystem::Survives::OnlySynced:
    case CrashFileSystem::Survives::Names:
        return synced;
    case CrashFileSystem::Survives::Contents:
    case CrashFileSystem::Survives::Everything:
        return bytes;
    case CrashFileSystem::Survives::AnyMixture:
        break;
    }
    if (bytes == synced || chance.bounded(3) == 0)
        return synced;
    // Appended bytes reach the disk up to any point; a shorter file was truncated.
    if (!bytes.startsWith(synced))
        return bytes;
    return bytes.left(synced.size() + chance.bounded(int(bytes.size() - synced.size()) + 1));
}

} // namespace

CrashFileSystem::CrashFileSystem(std::shared_ptr<Power> power)
    : m_power(std::move(power)), m_root(std::make_shared<Node>())
{
    m_root->isFolder = true;
}

std::unique_ptr<CrashFileSystem> CrashFileSystem::afterCrash(Survives survives, quint32 seed,
                                                             std::shared_ptr<Power> power) const
{
    const QMutexLocker lock(&m_mutex);
    QRandomGenerator chance(seed);
    QHash<const Node *, NodePointer> done;
    auto out = std::make_unique<CrashFileSystem>(std::move(power));
    out->m_root = survivor(*m_root, survives, chance, done);
    return out;
}

CrashFileSystem::NodePointer CrashFileSystem::survivor(const Node &node, Survives survives,
                                                       QRandomGenerator &chance,
                                                       QHash<const Node *, NodePointer> &done)
{
    // A renamed file may appear under both names, but is one file.
    if (const NodePointer known = done.value(&node))
        return known;
    const auto out = std::make_shared<Node>();
    done.insert(&node, out);
    out->isFolder = node.isFolder;
    out->bytes = survivingBytes(node.bytes, node.synced, survives, chance);
    out->synced = out->bytes;
    QMap<QString, NodePointer> names = node.syncedNames;
    if (survives == Survives::Names || survives == Survives::Everything) {
        names = node.names;
    } else if (survives == Survives::AnyMixture) {
        const QStringList both = node.names.keys() + node.syncedNames.keys();
        for (const QString &name : both) {
            if (chance.bounded(2) == 0)
                continue;
            if (node.names.contains(name))
                names.insert(name, node.names.value(name));
            else
                names.remove(name);
        }
    }
    for (auto it = names.constBegin(); it != names.constEnd(); ++it)
        out->names.insert(it.key(), survivor(**it, survives, chance, done));
    out->syncedNames = out->names;
    return out;
}

CrashFileSystem::NodePointer CrashFileSystem::find(const QString &path) const
{
    NodePointer node = m_root;
    for (const QString &part : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        node = node->names.value(part);
        if (!node)
            return {};
    }
    return node;
}

CrashFileSystem::Place CrashFileSystem::placeOf(const QString &path) const
{
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    const NodePointer folder = find(path.left(slash));
    return {folder && folder->isFolder ? folder : NodePointer(), path.mid(slash + 1)};
}

Result<void> CrashFileSystem::step()
{
    if (!m_power->step())
        return refuse(ErrorKind::Unavailable, QStringLiteral("no power"));
    return {};
}

Result<int> CrashFileSystem::openedAs(const NodePointer &node, const QString &path)
{
    m_open.insert(++m_lastFd, node);
    m_openPaths.insert(m_lastFd, path);
    return m_lastFd;
}

void CrashFileSystem::forget(const QString &operation, const QString &part)
{
    const QMutexLocker lock(&m_mutex);
    m_forgottenOperation = operation;
    m_forgottenPart = part;
}

bool CrashFileSystem::isForgotten(QLatin1String operation, const QString &path) const
{
    return operation == m_forgottenOperation && path.contains(m_forgottenPart);
}

Result<int> CrashFileSystem::create(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return tl::unexpected(go.error());
    const Place place = placeOf(path);
    if (!place.folder)
        return refuse(ErrorKind::NotFound, path);
    if (place.folder->names.contains(place.name))
        return refuse(ErrorKind::Invalid, path);
    return openedAs(*place.folder->names.insert(place.name, std::make_shared<Node>()), path);
}

Result<int> CrashFileSystem::openAppend(const QString &path)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (const NodePointer node = find(path))
            return openedAs(node, path);
    }
    return create(path);
}

Result<void> CrashFileSystem::write(int fd, QByteArrayView bytes)
{
    const QMutexLocker lock(&m_mutex);
    // Half of it may be written when the power fails.
    if (auto go = step(); !go)
        return go;
    m_open.value(fd)->bytes.append(bytes.first(bytes.size() / 2));
    if (auto go = step(); !go)
        return go;
    m_open.value(fd)->bytes.append(bytes.sliced(bytes.size() / 2));
    return {};
}

Result<void> CrashFileSystem::copyInto(int fd, const QString &from, qint64 bytes)
{
    const auto prefix = read(from, 0, bytes);
    if (!prefix)
        return tl::unexpected(prefix.error());
    if (prefix->size() < bytes)
        return refuse(ErrorKind::Corrupt, from);
    return write(fd, *prefix);
}

Result<void> CrashFileSystem::truncate(int fd, qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    return step().map([&] { m_open.value(fd)->bytes.resize(bytes); });
}

Result<void> CrashFileSystem::sync(int fd)
{
    const QMutexLocker lock(&m_mutex);
    return step().map([&] {
        const NodePointer node = m_open.value(fd);
        if (!isForgotten(QLatin1String("sync"), m_openPaths.value(fd)))
            node->synced = node->bytes;
    });
}

void CrashFileSystem::close(int fd)
{
    const QMutexLocker lock(&m_mutex);
    m_open.remove(fd);
    m_openPaths.remove(fd);
}

Result<void> CrashFileSystem::name(const QString &from, const QString &to, Naming naming)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return go;
    const Place source = placeOf(from);
    const Place target = placeOf(to);
    if (!source.folder || !target.folder || !source.folder->names.contains(source.name))
        return refuse(ErrorKind::NotFound, to);
    const NodePointer there = target.folder->names.value(target.name);
    if (there && (naming != Naming::Replace || there->isFolder))
        return refuse(ErrorKind::Invalid, to);
    target.folder->names.insert(target.name, source.folder->names.value(source.name));
    if (naming != Naming::Link)
        source.folder->names.remove(source.name);
    return {};
}

Result<void> CrashFileSystem::rename(const QString &from, const QString &to)
{
    return name(from, to, Naming::Rename);
}

Result<void> CrashFileSystem::replace(const QString &from, const QString &to)
{
    return name(from, to, Naming::Replace);
}

Result<void> CrashFileSystem::link(const QString &from, const QString &to)
{
    return name(from, to, Naming::Link);
}

Result<void> CrashFileSystem::remove(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return go;
    const Place place = placeOf(path);
    if (!place.folder || !place.folder->names.contains(place.name))
        return refuse(ErrorKind::NotFound, path);
    if (place.folder->names.value(place.name)->isFolder)
        return refuse(ErrorKind::Invalid, path);
    place.folder->names.remove(place.name);
    return {};
}

Result<void> CrashFileSystem::makeFolder(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return go;
    const Place place = placeOf(path);
    if (!place.folder)
        return refuse(ErrorKind::NotFound, path);
    if (const NodePointer known = place.folder->names.value(place.name))
        return known->isFolder ? Result<void>() : refuse(ErrorKind::Invalid, path);
    const auto made = std::make_shared<Node>();
    made->isFolder = true;
    place.folder->names.insert(place.name, made);
    return {};
}

Result<void> CrashFileSystem::removeFolder(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return go;
    const Place place = placeOf(path);
    const NodePointer folder = place.folder ? place.folder->names.value(place.name) : NodePointer();
    if (!folder || !folder->isFolder)
        return refuse(ErrorKind::NotFound, path);
    if (!folder->names.isEmpty())
        return refuse(ErrorKind::Invalid, path);
    place.folder->names.remove(place.name);
    return {};
}

Result<void> CrashFileSystem::syncFolder(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (auto go = step(); !go)
        return go;
    const NodePointer folder = find(path);
    if (!folder || !folder->isFolder)
        return refuse(ErrorKind::NotFound, path);
    if (!isForgotten(QLatin1String("syncFolder"), path))
        folder->syncedNames = folder->names;
    return {};
}

Result<QByteArray> CrashFileSystem::read(const QString &path, qint64 offset, qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    if (m_power->isCut())
        return refuse(ErrorKind::Unavailable, QStringLiteral("no power"));
    const NodePointer node = find(path);
    if (!node || node->isFolder)
        return refuse(ErrorKind::NotFound, path);
    return node->bytes.mid(offset, bytes);
}

Result<FileStat> CrashFileSystem::stat(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (m_power->isCut())
        return refuse(ErrorKind::Unavailable, QStringLiteral("no power"));
    const NodePointer node = find(path);
    if (!node)
        return refuse(ErrorKind::NotFound, path);
    return FileStat{node->isFolder, node->bytes.size(), 0, 1, 0};
}

Result<QStringList> CrashFileSystem::list(const QString &folder)
{
    const QMutexLocker lock(&m_mutex);
    if (m_power->isCut())
        return refuse(ErrorKind::Unavailable, QStringLiteral("no power"));
    const NodePointer node = find(folder);
    if (!node || !node->isFolder)
        return refuse(ErrorKind::NotFound, folder);
    return QStringList(node->names.keys());
}

Result<Space> CrashFileSystem::space(const QString &)
{
    return Space{qint64(1) << 40, qint64(1) << 40};
}

Result<void> CrashFileSystem::writable(const QString &folder)
{
    return stat(folder).map([](const FileStat &) {});
}

} // namespace gatehouse::tests
