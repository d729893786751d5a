// The engine's status as known to the window: connected or not, receiving addresses, end of a pause, state of
// the archive. Queried at each connect and updated by the engine's notifications.
// GUI thread.
#pragma once

#include "control/client.h"
#include "protocol/engine.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::models
{

class EngineStatusModel : public QObject
{
    Q_OBJECT

public:
    explicit EngineStatusModel(control::Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool isConnected() const;
    // False until the first answer after a connect.
    [[nodiscard]] bool isKnown() const { return m_isKnown; }
    // The last one that was known.
    [[nodiscard]] const protocol::Status &status() const { return m_status; }
    // True when the connection was there once and is gone for longer than a blink.
    [[nodiscard]] bool isMissed() const { return m_missed; }
    // "Ready to receive on 192.168.1.20, port 2121", or why not.
    [[nodiscard]] QString sentence() const;
    enum class Health { Ok, Paused, Trouble };
    [[nodiscard]] Health health() const;

    void pause(int minutes);
    void resume();
    // The action of a problem: its command.
    void runAction(const QString &command);

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);

private:
    void ask();
    void take(const protocol::Status &status);
    void report(const QFuture<Result<protocol::Nothing>> &done);

    control::Client &m_client;
    protocol::Status m_status;
    int m_notified = 0; // notifications so far
    bool m_isKnown = false;
    QTimer m_poll;
    QTimer m_blink;
    bool m_missed = false;
};

} // namespace gatehouse::models
