// Gives the free functions of any module a tr() that lupdate finds: Messages::tr("…"). Classes use their own.
// Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse
{

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace gatehouse
