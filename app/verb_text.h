// What the command-line verbs say, in the user's language: Verbs::tr("…"), and of things that are counted
// Verbs::counted(n, tr("1 file"), tr("%1 files")). Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::app
{

struct Verbs {
    Q_DECLARE_TR_FUNCTIONS(Verbs)

public:
    static QString counted(qint64 count, const QString &one, const QString &many)
    {
        return count == 1 ? one : many.arg(count);
    }
};

} // namespace gatehouse::app
