#include "models/engine_status_model.h"

#include "base/when_done.h"
#include "protocol/receiver.h"
#include "widgets/format.h"

namespace gatehouse::models
{

namespace
{
constexpr int kPollMs = 30'000; // free space changes without notifications
constexpr int kBlinkMs = 1'500; // a restarted engine is back by then
} // namespace

EngineStatusModel::EngineStatusModel(control::Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    m_blink.setSingleShot(true);
    m_blink.setInterval(kBlinkMs);
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_missed = !isConnected();
        Q_EMIT changed();
    });
    connect(&m_client, &control::Client::connected, this, [this] {
        m_blink.stop();
        m_missed = false;
        ask();
        Q_EMIT changed();
    });
    connect(&m_client, &control::Client::disconnected, this, [this] {
        m_isKnown = false;
        if (!m_missed)
            m_blink.start();
        Q_EMIT changed();
    });
    m_client.notifications().on<protocol::Status>(this, [this](const protocol::Status &status) {
        ++m_notified;
        take(status);
    });
    connect(&m_poll, &QTimer::timeout, this, &EngineStatusModel::ask);
    m_poll.start(kPollMs);
    if (isConnected())
        ask();
    else
        m_blink.start();
}

bool EngineStatusModel::isConnected() const
{
    return m_client.isConnected();
}

void EngineStatusModel::ask()
{
    if (!isConnected())
        return;
    whenDone(m_client.send(protocol::GetStatus()), this,
             [this, notified = m_notified](const Result<protocol::Status> &status) {
                 // The reply may be older than a notification that overtook it.
                 if (notified != m_notified)
                     ask();
                 else if (status)
                     take(*status);
             });
}

void EngineStatusModel::take(const protocol::Status &status)
{
    m_status = status;
    m_isKnown = true;
    Q_EMIT changed();
}

QString EngineStatusModel::sentence() const
{
    if (!isConnected() || !m_isKnown)
        return m_missed ? tr("The receiver is not running") : tr("Connecting to the receiver");
    if (m_status.pausedUntil > 0)
        return tr("Receiving is paused until %1").arg(widgets::minuteText(m_status.pausedUntil));
    if (!m_status.archive.isReady) {
        return m_status.archive.reason.isEmpty()
                   ? tr("Nothing can be stored")
                   : tr("Nothing can be stored: %1").arg(m_status.archive.reason);
    }
    if (!m_status.receiver.isEmpty())
        return tr("Nothing can be received: %1").arg(m_status.receiver);
    if (m_status.addresses.isEmpty())
        return tr("This PC is not connected to a network that cameras can reach");
    return tr("Ready to receive on %1, port %2")
        .arg(m_status.addresses.first(), QString::number(m_status.port));
}

EngineStatusModel::Health EngineStatusModel::health() const
{
    if (!isConnected() || !m_isKnown)
        return m_missed ? Health::Trouble : Health::Ok;
    if (m_status.pausedUntil > 0)
        return Health::Paused;
    return m_status.archive.isReady && !m_status.addresses.isEmpty() ? Health::Ok : Health::Trouble;
}

void EngineStatusModel::pause(int minutes)
{
    report(m_client.send(protocol::PauseReceiver{minutes}));
}

void EngineStatusModel::resume()
{
    report(m_client.send(protocol::ResumeReceiver()));
}

void EngineStatusModel::runAction(const QString &command)
{
    report(m_client.sendAction(command));
}

void EngineStatusModel::report(const QFuture<Result<protocol::Nothing>> &done)
{
    whenDone(done, this, [this](const Result<protocol::Nothing> &result) {
        if (result)
            ask();
        else
            Q_EMIT failed(result.error().text);
    });
}

} // namespace gatehouse::models
