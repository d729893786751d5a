// The window's and the command line's end of the control socket: sends commands, receives replies and
// changes. Keeps trying to connect, and never talks to another user's socket; losing the engine fails pending
// commands with Unavailable and emits disconnected(). Lives on one thread with an event loop.
#pragma once

#include "catalog/changes.h"
#include "control/commands.h"
#include "control/notifications.h"
#include "control/version_advice.h"
#include "protocol/greeting.h"

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
    [[nodiscard]] bool isConnected() const override;
    // The catalog's; reset() at each connect.
    catalog::Changes &changes();
    // Everything that the engine notifies.
    Notifications &notifications();
    // The engine's, from its last greeting.
    [[nodiscard]] const protocol::Greeting &engine() const;
    // The same as versionChecked() said last.
    [[nodiscard]] const VersionAdvice &advice() const;
    // Fails with Unavailable while no engine is connected; Quit reaches one of any version.
    QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) override;

Q_SIGNALS:
    void connected();
    // Also where connected() did not come because the engine is incompatible.
    void disconnected();
    // At each greeting, before connected().
    void versionChecked(const gatehouse::control::VersionAdvice &advice);
    // The engine speaks another version of the protocol: connected() will not follow. `text` says what to do.
    void incompatible(const QString &text);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::control
