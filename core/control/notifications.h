// Notifications by type: what one end notifies reaches the listeners of that type, in this process or over
// the control socket. Lives on one thread.
#pragma once

#include "protocol/codec.h"

#include <QJsonObject>
#include <QObject>

namespace gatehouse::control
{

class Notifications : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    template<protocol::Notification N>
    void notify(const N &notification)
    {
        Q_EMIT arrived(N::kName, protocol::toJson(notification));
    }

    // listener: void(const N &), called while `context` lives.
    template<protocol::Notification N, typename Listener>
    void on(QObject *context, Listener listener)
    {
        connect(this, &Notifications::arrived, context,
                [listener = std::move(listener)](const QString &name, const QJsonObject &values) mutable {
                    if (name != N::kName)
                        return;
                    if (const Result<N> notification = protocol::fromJson<N>(values))
                        listener(*notification);
                    else
                        warn(name, notification.error());
                });
    }

Q_SIGNALS:
    // In JSON: for transports.
    void arrived(const QString &name, const QJsonObject &values);

private:
    static void warn(const QString &name, const Error &error);
};

} // namespace gatehouse::control
