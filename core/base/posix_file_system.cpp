#include "base/posix_file_system.h"

#include "base/messages.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace gatehouse
{

namespace
{

ErrorKind kindOf(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ErrorKind::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
        return ErrorKind::Denied;
    case ENOSPC:
    case EDQUOT:
        return ErrorKind::Full;
    case EEXIST:
    case ENOTEMPTY:
    case EISDIR:
    case ENAMETOOLONG:
    case EINVAL:
    case EFBIG:
        return ErrorKind::Invalid;
    case EIO:
    case ENODEV:
    case ENXIO:
    case EMFILE:
    case ENFILE:
        return ErrorKind::Unavailable;
    default:
        return ErrorKind::Internal;
    }
}

tl::unexpected<Error> systemError(const char *call, const QString &path = {})
{
    const int number = errno;
    const QString reason = QString::fromLocal8Bit(std::strerror(number));
    const QString text = path.isEmpty() ? reason : QStringLiteral("%1: %2").arg(path, reason);
    return fail(kindOf(number), text, QString::fromLatin1(call));
}

// Closes a descriptor at the end of the scope, early returns included.
class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

Result<int> openAs(const QString &path, int flags, const char *call)
{
    const int fd = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return systemError(call, path);
    return fd;
}

Result<void> done(int answer, const char *call, const QString &path = {})
{
    if (answer != 0)
        return systemError(call, path);
    return {};
}

} // namespace

Result<int> PosixFileSystem::create(const QString &path)
{
    return openAs(path, O_WRONLY | O_CREAT | O_EXCL, "create");
}

Result<int> PosixFileSystem::openAppend(const QString &path)
{
    return openAs(path, O_WRONLY | O_CREAT | O_APPEND, "openAppend");
}

Result<void> PosixFileSystem::write(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write");
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<void> PosixFileSystem::copyInto(int fd, const QString &from, qint64 bytes)
{
    auto opened = openAs(from, O_RDONLY, "copyInto");
    if (!opened)
        return tl::unexpected(opened.error());
    const Descriptor source(*opened);
    std::array<char, 1 << 16> buffer{};
    while (bytes > 0) {
        const auto want = static_cast<size_t>(std::min<qint64>(bytes, buffer.size()));
        const ssize_t got = ::read(source.get(), buffer.data(), want);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("copyInto", from);
        if (got == 0)
            return fail(ErrorKind::Corrupt, Messages::tr("%1 is shorter than expected").arg(from));
        if (auto written = write(fd, QByteArrayView(buffer.data(), got)); !written)
            return written;
        bytes -= got;
    }
    return {};
}

Result<void> PosixFileSystem::truncate(int fd, qint64 bytes)
{
    return done(::ftruncate(fd, bytes), "truncate");
}

void PosixFileSystem::startWriteback(int fd)
{
#ifdef SYNC_FILE_RANGE_WRITE
    ::sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    Q_UNUSED(fd)
#endif
}

Result<void> PosixFileSystem::sync(int fd)
{
    return done(::fsync(fd), "sync");
}

void PosixFileSystem::close(int fd)
{
    ::close(fd);
}

Result<void> PosixFileSystem::rename(const QString &from, const QString &to)
{
    if (::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD,
                    QFile::encodeName(to).constData(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return systemError("rename", to);
    // NTFS, NFS, exFAT and others cannot rename without replacing. A hard link never replaces either.
    auto linked = link(from, to);
    if (!linked && linked.error().kind != ErrorKind::Invalid && linked.error().kind != ErrorKind::NotFound)
        return renameOntoReserved(from, to);
    if (!linked)
        return linked;
    auto gone = remove(from);
    if (!gone)
        static_cast<void>(remove(to));
    return gone;
}

// For file systems without hard links: whoever creates the empty file owns the name.
Result<void> PosixFileSystem::renameOntoReserved(const QString &from, const QString &to)
{
    const auto reserved = create(to);
    if (!reserved)
        return tl::unexpected(reserved.error());
    close(*reserved);
    auto moved = replace(from, to);
    if (!moved)
        static_cast<void>(remove(to));
    return moved;
}

Result<void> PosixFileSystem::replace(const QString &from, const QString &to)
{
    return done(::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()), "replace",
                to);
}

Result<void> PosixFileSystem::link(const QString &from, const QString &to)
{
    return done(::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()), "link", to);
}

Result<void> PosixFileSystem::remove(const QString &path)
{
    return done(::unlink(QFile::encodeName(path).constData()), "remove", path);
}

Result<void> PosixFileSystem::makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0700) == 0)
        return {};
    const int number = errno;
    struct stat found {
    };
    // Also through a symbolic link: an archive may be on another disk.
    if (number == EEXIST && ::stat(QFile::encodeName(path).constData(), &found) == 0 &&
        S_ISDIR(found.st_mode))
        return {};
    errno = number;
    return systemError("makeFolder", path);
}

Result<void> PosixFileSystem::removeFolder(const QString &path)
{
    return done(::rmdir(QFile::encodeName(path).constData()), "removeFolder", path);
}

Result<void> PosixFileSystem::syncFolder(const QString &path)
{
    const Descriptor folder(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0)
        return systemError("syncFolder", path);
    // EINVAL: this file system (CIFS, some FUSE) cannot sync folders and writes directory entries by itself.
    if (::fsync(folder.get()) != 0 && errno != EINVAL)
        return systemError("syncFolder", path);
    return {};
}

Result<QByteArray> PosixFileSystem::read(const QString &path, qint64 offset, qint64 bytes)
{
    auto opened = openAs(path, O_RDONLY, "read");
    if (!opened)
        return tl::unexpected(opened.error());
    const Descriptor file(*opened);
    QByteArray out(bytes, Qt::Uninitialized);
    qint64 filled = 0;
    while (filled < bytes) {
        const ssize_t got =
            ::pread(file.get(), out.data() + filled, static_cast<size_t>(bytes - filled), offset + filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("read", path);
        if (got == 0)
            break;
        filled += got;
    }
    out.truncate(filled);
    return out;
}

Result<FileStat> PosixFileSystem::stat(const QString &path)
{
    struct stat found {
    };
    if (::lstat(QFile::encodeName(path).constData(), &found) != 0)
        return systemError("stat", path);
    FileStat out;
    out.isFolder = S_ISDIR(found.st_mode);
    out.bytes = found.st_size;
    out.modified = qint64(found.st_mtim.tv_sec) * 1000 + found.st_mtim.tv_nsec / 1000000;
    out.device = found.st_dev;
    out.number = found.st_ino;
    return out;
}

Result<QStringList> PosixFileSystem::list(const QString &folder)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(QFile::encodeName(folder).constData()),
                                                    ::closedir);
    if (!open)
        return systemError("list", folder);
    QStringList names;
    errno = 0;
    while (const dirent *entry = ::readdir(open.get())) {
        const QString name = QFile::decodeName(entry->d_name);
        if (name != QLatin1String(".") && name != QLatin1String(".."))
            names.append(name);
    }
    return names;
}

Result<Space> PosixFileSystem::space(const QString &path)
{
    struct statvfs found {
    };
    if (::statvfs(QFile::encodeName(path).constData(), &found) != 0)
        return systemError("space", path);
    return Space{qint64(found.f_bavail) * qint64(found.f_frsize),
                 qint64(found.f_blocks) * qint64(found.f_frsize)};
}

Result<void> PosixFileSystem::writable(const QString &folder)
{
    if (::faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK | X_OK, AT_EACCESS) != 0)
        return systemError("access", folder);
    return {};
}

} // namespace gatehouse
