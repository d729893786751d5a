// What the window knows of the engine: connected or not, where it receives, until when it is paused,
// how the archive is. Asked at each connect and kept up to date by what the engine tells.
// GUI thread.
#pragma once

#include "control/client.h"
#include "control/problem.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

namespace gatehouse::models
{

struct EngineStatus {
    bool known = false; // false until the first answer after a connect
    QStringList addresses;
    int port = 0;
    QString receiver;       // why nothing is received; empty: it is
    qint64 pausedUntil = 0; // UTC ms; 0: it receives
    bool archiveReady = false;
    QString archiveReason; // why it is not ready
    qint64 free = 0;       // bytes
    qint64 total = 0;
    QString clock; // why the PC's clock is not believed; empty: it is
    std::optional<qint64>
        rebuilding; // files that a rebuild of the catalog has looked at; none: there is none
    QVector<control::Problem> problems;

    static EngineStatus fromJson(const QJsonObject &json);
};

class EngineStatusModel : public QObject
{
    Q_OBJECT

public:
    explicit EngineStatusModel(control::Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] const EngineStatus &status() const { return m_status; }
    // True when the connection was there once and is gone for longer than a blink.
    [[nodiscard]] bool isMissed() const { return m_missed; }
    // "Ready to receive on 192.168.1.20, port 2121", or why not.
    [[nodiscard]] QString sentence() const;
    enum class Health { Ok, Paused, Trouble };
    [[nodiscard]] Health health() const;

    void pause(int minutes);
    void resume();
    // The action of a problem.
    void run(const QString &command, const QJsonObject &arguments = {});

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);

private:
    void ask();

    control::Client &m_client;
    EngineStatus m_status;
    QTimer m_poll;
    QTimer m_blink;
    bool m_missed = false;
};

} // namespace gatehouse::models
