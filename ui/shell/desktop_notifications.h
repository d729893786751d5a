// Notifications of the desktop (org.freedesktop.Notifications, version 1.2 of the specification), one per
// key: a newer one replaces the older. Nothing here waits for the service. GUI thread.
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <optional>

namespace gatehouse::shell
{

class DesktopNotifications : public QObject
{
    Q_OBJECT

public:
    enum class Urgency { Low, Normal, Critical }; // with the specification's numbers

    explicit DesktopNotifications(QObject *parent = nullptr,
                                  const QDBusConnection &bus = QDBusConnection::sessionBus());

    // True once a service answered, until it ends.
    [[nodiscard]] bool isThere() const { return m_isThere; }
    // Plain text. A click on it leads to opened().
    void show(const QString &key, const QString &title, const QString &text,
              Urgency urgency = Urgency::Normal);
    // Closes it if it is still open.
    void withdraw(const QString &key);

Q_SIGNALS:
    void found(); // isThere() is true now
    void opened(const QString &key);

private Q_SLOTS:
    // Signals of the service, about notifications of any program.
    void takeAction(uint id, const QString &action);
    void takeClosed(uint id, uint reason);

private:
    struct Message {
        QString title;
        QString text;
        Urgency urgency = Urgency::Normal;
    };
    struct Shown {
        uint id = 0;            // 0: not shown, or closed
        bool isPending = false; // sent; its id is not known yet
        std::optional<Message> next;
        bool isWithdrawn = false;
    };

    void ask();
    void send(const QString &key, const Message &message);
    void takeId(const QString &key, uint id);
    void close(uint id);

    QDBusConnection m_bus;
    bool m_isThere = false;
    bool m_readsMarkup = false;
    QHash<QString, Shown> m_shown;
};

} // namespace gatehouse::shell
