#include "media/copy/part_file.h"

#include "media/copy/copy_path.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

tl::unexpected<Error> lastError(const QString &file)
{
    const ErrorKind kind = errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? ErrorKind::Full
                           : errno == EACCES                                    ? ErrorKind::Denied
                                                                                : ErrorKind::Unavailable;
    return fail(kind, QString::fromLocal8Bit(std::strerror(errno)), file);
}

// Returns the size in bytes.
Result<qint64> synced(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return lastError(path);
    struct stat status = {};
    const bool isSynced = ::fstat(descriptor, &status) == 0 && ::fsync(descriptor) == 0;
    const auto out = isSynced ? Result<qint64>(status.st_size) : lastError(path);
    ::close(descriptor);
    return out;
}

} // namespace

PartFile::PartFile(const QString &file) : m_file(file), m_path(file + kPartSuffix)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile::remove(m_path);
}

PartFile::~PartFile()
{
    QFile::remove(m_path);
}

Result<qint64> PartFile::publish()
{
    const auto bytes = synced(m_path, O_RDONLY);
    if (!bytes)
        return bytes;
    if (std::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(m_file).constData()) != 0)
        return lastError(m_file);
    if (const auto folder = synced(QFileInfo(m_file).path(), O_RDONLY | O_DIRECTORY); !folder)
        return folder;
    return bytes;
}

} // namespace gatehouse::media
