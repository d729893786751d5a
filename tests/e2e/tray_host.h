// A desktop's tray, as icons see it: org.kde.StatusNotifierWatcher on the given bus, plus user actions on an
// icon and its menu. On the caller's thread; calls wait for their reply.
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusInterface>
#include <QDBusReply>
#include <QObject>

namespace gatehouse::tests
{

class TrayHost : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ isThere)
    Q_PROPERTY(int ProtocolVersion READ version)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)

public:
    explicit TrayHost(const QDBusConnection &bus) : m_bus(bus) {}

    bool start()
    {
        return m_bus.registerObject(QStringLiteral("/StatusNotifierWatcher"), this,
                                    QDBusConnection::ExportAllContents) &&
               m_bus.registerService(service());
    }
    bool stop() { return m_bus.unregisterService(service()); }

    [[nodiscard]] bool isThere() const { return true; }
    [[nodiscard]] int version() const { return 0; }
    [[nodiscard]] QStringList items() const { return m_items; }

    [[nodiscard]] QVariant read(const char *property) const
    {
        const QDBusInterface icon(m_items.value(0), QStringLiteral("/StatusNotifierItem"),
                                  QStringLiteral("org.kde.StatusNotifierItem"), m_bus);
        return icon.property(property);
    }
    void click() const
    {
        QDBusInterface icon(m_items.value(0), QStringLiteral("/StatusNotifierItem"),
                            QStringLiteral("org.kde.StatusNotifierItem"), m_bus);
        icon.call(QStringLiteral("Activate"), 0, 0);
    }
    // False: the menu has no such entry.
    [[nodiscard]] bool choose(const QString &line) const
    {
        QDBusInterface menu(m_items.value(0), read("Menu").value<QDBusObjectPath>().path(),
                            QStringLiteral("com.canonical.dbusmenu"), m_bus);
        const QDBusMessage answer = menu.call(QStringLiteral("GetLayout"), 0, -1, QStringList());
        const int id = idOf(line, answer.arguments().value(1).value<QDBusArgument>());
        if (id > 0)
            menu.call(QStringLiteral("Event"), id, QStringLiteral("clicked"),
                      QVariant::fromValue(QDBusVariant(QString())), 0U);
        return id > 0;
    }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &) { m_items = QStringList{message().service()}; }

private:
    static QString service() { return QStringLiteral("org.kde.StatusNotifierWatcher"); }

    // (id, properties, children)
    static int idOf(const QString &line, const QDBusArgument &layout)
    {
        int found = 0;
        int id = 0;
        QVariantMap properties;
        layout.beginStructure();
        layout >> id >> properties;
        if (properties.value(QStringLiteral("label")).toString() == line)
            found = id;
        layout.beginArray();
        while (!layout.atEnd()) {
            QDBusVariant child;
            layout >> child;
            if (const int below = idOf(line, child.variant().value<QDBusArgument>()); below > 0)
                found = below;
        }
        layout.endArray();
        layout.endStructure();
        return found;
    }

    QDBusConnection m_bus;
    QStringList m_items;
};

} // namespace gatehouse::tests
