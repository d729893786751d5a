#include "app/engine_lock.h"

#include <QCoreApplication>
#include <QDir>

namespace gatehouse::app
{

EngineLock::EngineLock(const settings::Paths &paths) : m_data(paths.data), m_lock(paths.engineLock())
{
    m_lock.setStaleLockTime(0); // a lock is stale when its process is gone, however long it took
}

Result<void> EngineLock::take(int waitMs)
{
    if (!QDir().mkpath(m_data))
        return fail(ErrorKind::Denied,
                    QCoreApplication::translate("EngineLock", "The folder %1 cannot be made").arg(m_data));
    if (m_lock.tryLock(waitMs))
        return {};
    if (m_lock.error() == QLockFile::LockFailedError)
        return fail(
            ErrorKind::Unavailable,
            QCoreApplication::translate("EngineLock", "Gatehouse receives into %1 already").arg(m_data));
    return fail(
        ErrorKind::Denied,
        QCoreApplication::translate("EngineLock", "Nothing can be written into the folder %1").arg(m_data));
}

} // namespace gatehouse::app
