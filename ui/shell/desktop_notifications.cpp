#include "shell/desktop_notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QLoggingCategory>
#include <utility>

namespace gatehouse::shell
{

namespace
{

Q_LOGGING_CATEGORY(lcDesktop, "gatehouse.desktop")

constexpr int kExpiresAsTheServiceLikes = -1;

QString service()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(service(), QStringLiteral("/org/freedesktop/Notifications"),
                                          service(), method);
}

QString defaultAction()
{
    return QStringLiteral("default");
}

} // namespace

DesktopNotifications::DesktopNotifications(QObject *parent, const QDBusConnection &bus)
    : QObject(parent), m_bus(bus)
{
    if (!m_bus.isConnected())
        return;
    const QString path = QStringLiteral("/org/freedesktop/Notifications");
    m_bus.connect(service(), path, service(), QStringLiteral("ActionInvoked"), this,
                  SLOT(takeAction(uint, QString)));
    m_bus.connect(service(), path, service(), QStringLiteral("NotificationClosed"), this,
                  SLOT(takeClosed(uint, uint)));
    auto *watcher = new QDBusServiceWatcher(service(), m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &DesktopNotifications::ask);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        m_isThere = false;
        m_shown.clear(); // its ids ended with it
    });
    ask();
}

// Starts a service that the bus knows how to start.
void DesktopNotifications::ask()
{
    auto *call =
        new QDBusPendingCallWatcher(m_bus.asyncCall(callOf(QStringLiteral("GetCapabilities"))), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusPendingReply<QStringList> reply = *call;
        if (reply.isError())
            return;
        m_readsMarkup = reply.value().contains(QStringLiteral("body-markup"));
        if (!std::exchange(m_isThere, true))
            Q_EMIT found();
    });
}

void DesktopNotifications::show(const QString &key, const QString &title, const QString &text,
                                Urgency urgency)
{
    if (!m_bus.isConnected())
        return;
    Shown &shown = m_shown[key];
    shown.isWithdrawn = false;
    if (shown.isPending)
        shown.next = Message{title, text, urgency};
    else
        send(key, {title, text, urgency});
}

void DesktopNotifications::send(const QString &key, const Message &message)
{
    Shown &shown = m_shown[key];
    shown.isPending = true;
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(message.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("gatehouse")}};
    QDBusMessage call = callOf(QStringLiteral("Notify"));
    call << QStringLiteral("Gatehouse") << shown.id << QStringLiteral("gatehouse") << message.title
         << (m_readsMarkup ? message.text.toHtmlEscaped() : message.text)
         << QStringList{defaultAction(), tr("Open Gatehouse")} << hints << kExpiresAsTheServiceLikes;
    auto *pending = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this, pending, key] {
        pending->deleteLater();
        const QDBusPendingReply<uint> reply = *pending;
        if (reply.isError())
            qCInfo(lcDesktop).noquote() << "no notification:" << reply.error().message();
        takeId(key, reply.isError() ? 0 : reply.value());
    });
}

void DesktopNotifications::takeId(const QString &key, uint id)
{
    Shown &shown = m_shown[key];
    shown.id = id;
    shown.isPending = false;
    if (shown.isWithdrawn) {
        close(id);
        m_shown.remove(key);
    } else if (shown.next) {
        send(key, *std::exchange(shown.next, std::nullopt));
    }
}

void DesktopNotifications::withdraw(const QString &key)
{
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return;
    found->isWithdrawn = true;
    found->next.reset();
    if (found->isPending)
        return;
    close(found->id);
    m_shown.erase(found);
}

void DesktopNotifications::close(uint id)
{
    if (id == 0)
        return;
    QDBusMessage call = callOf(QStringLiteral("CloseNotification"));
    call << id;
    m_bus.asyncCall(call);
}

void DesktopNotifications::takeAction(uint id, const QString &action)
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it) {
        if (it->id == id && id != 0 && action == defaultAction()) {
            Q_EMIT opened(it.key());
            return;
        }
    }
}

// The id may be another program's from now on.
void DesktopNotifications::takeClosed(uint id, uint)
{
    for (Shown &shown : m_shown) {
        if (shown.id == id)
            shown.id = 0;
    }
}

} // namespace gatehouse::shell
