#include "base/version.h"

namespace gatehouse
{

QString buildVersion()
{
    const QString commits = QStringLiteral(GATEHOUSE_COMMITS);
    const QString version = QStringLiteral(GATEHOUSE_VERSION);
    return commits.isEmpty() ? version : version + QLatin1Char('.') + commits;
}

} // namespace gatehouse
