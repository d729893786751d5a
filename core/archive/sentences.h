// Gives this module's free functions a tr() that the translation tools find. Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::archive
{

struct Sentences {
    Q_DECLARE_TR_FUNCTIONS(Archive)
};

} // namespace gatehouse::archive
