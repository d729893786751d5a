// The window's and the command line's end of the control socket: sends commands, receives replies and
// changes. Keeps trying to connect, and never talks to another user's socket; losing the engine fails pending
// commands with Unavailable and emits disconnected(). Lives on one thread with an event loop.
#pragma once

#include "catalog/changes.h"
#include "control/commands.h"
#include "control/notifications.h"

#include <QObject>
#include <memory>

namespace gatehouse::control
{

class Client : public QObject, public Commands
{
    Q_OBJECT

public:
    explicit Client(QString socketPath, QObject *parent = nullptr);
    ~Client() override;

    void connectToEngine();
    [[nodiscard]] bool isConnected() const;
    // The catalog's; reset() at each connect.
    catalog::Changes &changes();
    // Everything that the engine notifies.
    Notifications &notifications();
    QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) override;

Q_SIGNALS:
    void connected();
    void disconnected();
    // The engine speaks another version of the protocol: connected() will not follow. `text` says what to do.
    void incompatible(const QString &text);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::control
