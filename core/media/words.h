// The sentences of this module in the user's language: Words::tr("…"). Any thread.
#pragma once

#include <QCoreApplication>

namespace gatehouse::media
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(gatehouse::media)
};

} // namespace gatehouse::media
