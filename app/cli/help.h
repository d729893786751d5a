// `gatehouse help`, `--help` and `gatehouse help COMMAND`: at most 80 columns, for a terminal. Any thread.
#pragma once

#include <QString>

namespace gatehouse::app
{

// Empty: the overview. Otherwise the name of a subcommand.
QString helpText(const QString &subcommand);

} // namespace gatehouse::app
