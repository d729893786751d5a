// Gives free functions of any module a tr() that the translation tools find: Messages::tr("…"). Classes use
// their own. Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse
{

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace gatehouse
