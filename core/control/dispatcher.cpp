#include "control/dispatcher.h"

#include <QCoreApplication>

namespace gatehouse::control
{

QFuture<Result<QJsonObject>> Dispatcher::call(QString name, QJsonObject arguments)
{
    const auto handler = m_handlers.find(name);
    if (handler == m_handlers.end())
        return answered<Answer>(fail(ErrorKind::NotFound,
                                     QCoreApplication::translate("Control", "Unknown command: %1").arg(name),
                                     QStringLiteral("control")));
    return handler->second(arguments);
}

} // namespace gatehouse::control
