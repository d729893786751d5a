// Gives this module's free functions a tr() that the translation tools find. Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::db
{

struct Sentences {
    Q_DECLARE_TR_FUNCTIONS(Database)
};

} // namespace gatehouse::db
