#include "settings/paths.h"

#include "settings/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace gatehouse::settings
{

namespace
{

constexpr qsizetype kMaxSocketPathLength = 107; // of a Unix socket, without the NUL
constexpr qsizetype kMaxSocketSuffixLength = 8; // the window's socket is next to the engine's

bool fits(const QString &socket)
{
    return QFile::encodeName(socket).size() + kMaxSocketSuffixLength <= kMaxSocketPathLength;
}

// Nobody else can create a socket there or remove ours.
bool isPrivate(const QString &folder)
{
    struct stat found {
    };
    return ::lstat(QFile::encodeName(folder).constData(), &found) == 0 && S_ISDIR(found.st_mode) &&
           found.st_uid == ::geteuid() && (found.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

// FUSE file systems may behave in any way. Creates a socket temporarily: permission errors and other passing
// failures say nothing about the file system.
bool takesASocket(const QString &folder)
{
    const QByteArray path =
        QFile::encodeName(QStringLiteral("%1/.socket-%2").arg(folder, QString::number(::getpid())));
    if (::mknod(path.constData(), S_IFSOCK | S_IRUSR | S_IWUSR, 0) == 0) {
        ::unlink(path.constData());
        return true;
    }
    constexpr std::array never{EPERM, EIO, ENOSYS, EOPNOTSUPP, EINVAL};
    return std::find(never.begin(), never.end(), errno) == never.end();
}

// A memory card or a foreign share may hold the data, but not a socket.
bool takesSockets(const QString &folder)
{
    QString there = folder;
    while (!QFileInfo::exists(there) && there.size() > 1)
        there = QFileInfo(there).path();
    struct statfs found {
    };
    if (::statfs(QFile::encodeName(there).constData(), &found) != 0)
        return true;
    if (quint32(found.f_type) == FUSE_SUPER_MAGIC)
        return takesASocket(there);
    constexpr std::array<quint32, 4> without{MSDOS_SUPER_MAGIC, EXFAT_SUPER_MAGIC, SMB_SUPER_MAGIC,
                                             SMB2_SUPER_MAGIC};
    return std::find(without.begin(), without.end(), quint32(found.f_type)) == without.end();
}

// Next to the data, so that everyone who uses the same data finds the same engine, logged in at the screen or
// not. If it cannot be there: in the user's runtime folder, or in a private folder below /tmp.
QString socketFor(const QString &data)
{
    const QString beside = data + QStringLiteral("/run/control.sock");
    if (fits(beside) && takesSockets(data))
        return beside;
    const QByteArray key = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex();
    const QString name = QStringLiteral("/gatehouse-%1.sock").arg(QString::fromLatin1(key.left(12)));
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (isPrivate(runtime) && fits(runtime + name))
        return runtime + name;
    return QStringLiteral("/tmp/gatehouse-%1").arg(::geteuid()) + name;
}

} // namespace

Paths Paths::of(const QString &dataFolder)
{
    Paths out;
    if (dataFolder.isEmpty()) {
        using Location = QStandardPaths::StandardLocation;
        const auto folder = [](Location location) {
            return QStandardPaths::writableLocation(location) + QStringLiteral("/gatehouse");
        };
        out.data = folder(QStandardPaths::GenericDataLocation);
        out.config = folder(QStandardPaths::GenericConfigLocation);
        out.cache = folder(QStandardPaths::GenericCacheLocation);
    } else {
        out.data = QDir(dataFolder).absolutePath();
        out.config = out.data + QStringLiteral("/config");
        out.cache = out.data + QStringLiteral("/cache");
    }
    out.socket = socketFor(out.data);
    out.archiveFolder = peek(out.settings()).archiveFolder;
    return out;
}

} // namespace gatehouse::settings
