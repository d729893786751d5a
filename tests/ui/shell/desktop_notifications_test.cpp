// Notifications against a real service on a private bus.
#include "shell/desktop_notifications.h"

#include "notification_service.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse::shell;
using namespace gatehouse::tests;

namespace
{

} // namespace

class DesktopNotificationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsReplacesOpensAndWithdraws();
};

void DesktopNotificationsTest::showsReplacesOpensAndWithdraws()
{
    if (!PrivateBus::isPossible())
        QSKIP("dbus-daemon is needed");
    const PrivateBus bus;
    const QString address = bus.address();
    {
        QDBusConnection desktop = QDBusConnection::connectToBus(address, QStringLiteral("desktop"));
        DesktopNotifications notifications(nullptr,
                                           QDBusConnection::connectToBus(address, QStringLiteral("program")));
        QVERIFY(!notifications.isThere());
        NotificationService service;
        QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.Notifications")));
        QTRY_VERIFY_WITH_TIMEOUT(notifications.isThere(), kPatience);

        const QString key = QStringLiteral("archive");
        notifications.show(key, QStringLiteral("Gone"), QStringLiteral("<b>disk</b>"));
        notifications.show(key, QStringLiteral("Full"),
                           QStringLiteral("disk")); // before the first id is known
        QTRY_COMPARE_WITH_TIMEOUT(service.titles.size(), 2, kPatience);
        QCOMPARE(service.titles.last(), QStringLiteral("Full"));
        QCOMPARE(service.texts.first(), QStringLiteral("&lt;b&gt;disk&lt;/b&gt;"));
        QCOMPARE(service.last, 1U); // replaced, not stacked

        QSignalSpy opened(&notifications, &DesktopNotifications::opened);
        Q_EMIT service.ActionInvoked(77, QStringLiteral("default")); // another program's
        Q_EMIT service.ActionInvoked(1, QStringLiteral("default"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, kPatience);
        QCOMPARE(opened.at(0).at(0).toString(), key);
        notifications.withdraw(key);
        QTRY_COMPARE_WITH_TIMEOUT(service.closed, QVector<uint>{1}, kPatience);
    }
    QDBusConnection::disconnectFromBus(QStringLiteral("program"));
    QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
}

GATEHOUSE_TEST(DesktopNotificationsTest)
#include "desktop_notifications_test.moc"
