// The engine's end of the control socket: JSON lines, same user only (see peer_credentials.h), at most 1 MiB
// per line. Runs commands through `Commands` and notifies every client of changes. Lives on the engine's main
// thread.
#pragma once

#include "catalog/changes.h"
#include "control/commands.h"
#include "control/notifications.h"
#include "protocol/greeting.h"

#include <QObject>
#include <memory>

namespace gatehouse::control
{

class Server : public QObject
{
    Q_OBJECT

public:
    Server(QString socketPath, Commands &commands, catalog::Changes &changes, QObject *parent = nullptr);
    ~Server() override;

    // For clients that connect from now on.
    void setGreeting(const protocol::Greeting &greeting);
    // Unavailable: no socket can be created there; Denied: its folder is not private to this user.
    Result<void> listen();
    // Notifications sent here go to every client.
    Notifications &notifications();
    template<protocol::Notification N>
    void notify(const N &notification)
    {
        notifications().notify(notification);
    }

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::control
