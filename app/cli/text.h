// The command line's texts, in the user's language: Cli::tr("…"), with counts Cli::counted(n, tr("1 file"),
// tr("%1 files")). Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::app
{

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)

public:
    static QString counted(qint64 count, const QString &one, const QString &many)
    {
        return count == 1 ? one : many.arg(count);
    }
};

} // namespace gatehouse::app
