// What the command-line verbs say, in the user's language: Verbs::tr("…"). Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::app
{

struct Verbs {
    Q_DECLARE_TR_FUNCTIONS(Verbs)
};

} // namespace gatehouse::app
