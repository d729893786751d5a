#include "app/engine/engine_lock.h"

#include "base/mount_points.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace gatehouse::app
{

namespace
{

constexpr int kLockAgainMs = 50;

bool isFull(int number)
{
    return number == ENOSPC || number == EDQUOT;
}

tl::unexpected<Error> cannotWrite(const QString &folder, int number)
{
    if (isFull(number))
        return fail(ErrorKind::Full,
                    QCoreApplication::translate("EngineLock", "The disk that holds %1 is full").arg(folder));
    return fail(ErrorKind::Denied,
                QCoreApplication::translate("EngineLock", "Can't write to the folder %1").arg(folder),
                QString::fromLocal8Bit(std::strerror(number)));
}

int openLock(const QString &path, int flags)
{
    return ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600);
}

} // namespace

EngineLock::EngineLock(const settings::Paths &paths) : m_data(paths.data), m_path(paths.engineLock()) {}

EngineLock::~EngineLock()
{
    release();
}

Result<void> EngineLock::take(int waitMs)
{
    // A catalog created there would not be the one on the disk.
    if (const QString point = unmountedAbove(m_data); !point.isEmpty() && !QDir(m_data).exists())
        return fail(
            ErrorKind::Denied,
            QCoreApplication::translate("EngineLock", "Nothing is mounted at %1. Mount its disk").arg(point));
    errno = 0;
    if (!QDir().mkpath(m_data)) {
        if (isFull(errno))
            return cannotWrite(m_data, errno);
        return fail(ErrorKind::Denied,
                    QCoreApplication::translate("EngineLock", "Can't create the folder %1").arg(m_data));
    }
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        auto taken = tryOnce();
        if (!taken)
            release();
        if (taken || taken.error().kind != ErrorKind::Unavailable || waited.elapsed() >= waitMs)
            return taken;
        QThread::msleep(kLockAgainMs);
    }
}

// Locking the folder needs no file, and works if the file was removed or cannot be created. NFS cannot lock
// folders.
Result<void> EngineLock::tryOnce()
{
    m_folder = openLock(m_data, O_RDONLY | O_DIRECTORY);
    if (m_folder >= 0) {
        if (auto held = hold(m_folder); !held)
            return held;
    }
    m_file = openLock(m_path, O_RDWR | O_CREAT);
    if (m_file < 0 && errno == EISDIR)
        return fail(
            ErrorKind::Denied,
            QCoreApplication::translate("EngineLock", "%1 is a folder, but should be a file. Move it away.")
                .arg(m_path));
    if (m_file < 0)
        return isFull(errno) && m_folder >= 0 ? Result<void>() : cannotWrite(m_data, errno);
    return hold(m_file);
}

Result<void> EngineLock::hold(int &descriptor)
{
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return {};
    if (errno == EWOULDBLOCK)
        return fail(
            ErrorKind::Unavailable,
            QCoreApplication::translate("EngineLock", "Gatehouse is already running with the data in %1")
                .arg(m_data));
    const int number = errno;
    ::close(std::exchange(descriptor, -1));
    return &descriptor == &m_folder ? Result<void>() : cannotWrite(m_data, number);
}

void EngineLock::release()
{
    for (int *descriptor : {&m_file, &m_folder}) {
        if (*descriptor >= 0)
            ::close(std::exchange(*descriptor, -1));
    }
}

bool EngineLock::isTaken(const settings::Paths &paths)
{
    const int file = openLock(paths.engineLock(), O_RDONLY);
    const int looked = file >= 0 ? file : openLock(paths.data, O_RDONLY | O_DIRECTORY);
    const bool taken = looked >= 0 && ::flock(looked, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (looked >= 0)
        ::close(looked);
    return taken;
}

} // namespace gatehouse::app
