#include "media/worker/process_state.h"

#include <QDir>
#include <QFile>

namespace gatehouse::media
{

bool isAnyThreadRunnable(pid_t process)
{
    const QDir threads(QStringLiteral("/proc/%1/task").arg(process));
    for (const QString &thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(threads.filePath(thread + QStringLiteral("/stat")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        // "<pid> (<name>) <state> ..."
        const QByteArray stat = file.readLine(1024);
        const QByteArray state = stat.mid(stat.lastIndexOf(')') + 2, 1);
        if (state == "R" || state == "D")
            return true;
    }
    return false;
}

} // namespace gatehouse::media
