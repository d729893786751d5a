#include "support/test_data.h"

#include <QFileInfo>

namespace gatehouse::tests
{

QString sharedData(const QString &name)
{
    const QString folder = qEnvironmentVariable("GATEHOUSE_DATA", QStringLiteral(GATEHOUSE_SHARED_DATA));
    if (!QFileInfo(folder).isDir())
        return {};
    return name.isEmpty() ? folder : folder + QLatin1Char('/') + name;
}

QString program()
{
    return QStringLiteral(GATEHOUSE_BINARY_DIR "/app/gatehouse");
}

bool isLongRun()
{
    return qEnvironmentVariableIntValue("GATEHOUSE_LONG") != 0;
}

} // namespace gatehouse::tests
