#include "shell/system_theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace gatehouse::shell
{

namespace
{

constexpr int kPortalMs = 3000;
constexpr uint kPrefersLight = 2; // 0: no preference, 1: dark
constexpr QLatin1String Portal("org.freedesktop.portal.Desktop");
constexpr QLatin1String PortalPath("/org/freedesktop/portal/desktop");
constexpr QLatin1String PortalSettings("org.freedesktop.portal.Settings");
constexpr QLatin1String Appearance("org.freedesktop.appearance");
constexpr QLatin1String ColorScheme("color-scheme");

} // namespace

SystemTheme::SystemTheme(QObject *parent) : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(Portal, PortalPath, PortalSettings, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read =
        QDBusMessage::createMethodCall(Portal, PortalPath, PortalSettings, QStringLiteral("Read"));
    read << QString(Appearance) << QString(ColorScheme);
    auto *call = new QDBusPendingCallWatcher(bus.asyncCall(read, kPortalMs), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, &SystemTheme::answered);
}

void SystemTheme::answered(QDBusPendingCallWatcher *call)
{
    const QDBusPendingReply<QDBusVariant> reply = *call;
    call->deleteLater();
    if (reply.isError())
        return;
    // Read wraps the value in two variants.
    QVariant value = reply.value().variant();
    if (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    take(value);
}

void SystemTheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == Appearance && key == ColorScheme)
        take(value.variant());
}

void SystemTheme::take(const QVariant &value)
{
    const bool dark = value.toUInt() != kPrefersLight;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace gatehouse::shell
