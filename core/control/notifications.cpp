#include "control/notifications.h"

#include <QLoggingCategory>

namespace gatehouse::control
{

namespace
{
Q_LOGGING_CATEGORY(lcNotifications, "gatehouse.control")
} // namespace

void Notifications::warn(const QString &name, const Error &error)
{
    qCWarning(lcNotifications).noquote() << "notification" << name << "ignored:" << error.text;
}

} // namespace gatehouse::control
