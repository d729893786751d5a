// What the window knows of the engine: connected or not, where it receives, until when it is paused,
// how the archive is. Asked at each connect and kept up to date by what the engine tells.
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
    bool m_isKnown = false;
    QTimer m_poll;
    QTimer m_blink;
    bool m_missed = false;
};

} // namespace gatehouse::models
