// Notifications against a real service on a private bus.
#include "shell/desktop_notifications.h"

#include "support/registry.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse::shell;

namespace
{

constexpr int kPatience = 60'000;

// What a desktop offers to programs.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList titles;
    QStringList texts;
    QVector<uint> closed;
    uint last = 0;

public Q_SLOTS:
    QStringList GetCapabilities() { return {QStringLiteral("body"), QStringLiteral("body-markup")}; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &, const QVariantMap &, int)
    {
        titles.append(title);
        texts.append(text);
        return last = replaces != 0 ? replaces : last + 1;
    }
    void CloseNotification(uint id) { closed.append(id); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

} // namespace

class DesktopNotificationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsReplacesOpensAndWithdraws();
};

void DesktopNotificationsTest::showsReplacesOpensAndWithdraws()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("dbus-daemon is needed");
    QProcess daemon;
    daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                                 QStringLiteral("--print-address=1")});
    QTRY_VERIFY_WITH_TIMEOUT(daemon.canReadLine(), kPatience);
    const QString address = QString::fromUtf8(daemon.readLine().trimmed());
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
    daemon.terminate();
    daemon.waitForFinished(kPatience);
}

GATEHOUSE_TEST(DesktopNotificationsTest)
#include "desktop_notifications_test.moc"
