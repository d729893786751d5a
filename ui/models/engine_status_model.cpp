#include "models/engine_status_model.h"

#include "base/when_done.h"
#include "widgets/format.h"

#include <QJsonArray>

namespace gatehouse::models
{

namespace
{
constexpr int kPollMs = 30'000; // free space moves without anyone telling
constexpr int kBlinkMs = 1'500; // a restarted engine is back by then
} // namespace

EngineStatus EngineStatus::fromJson(const QJsonObject &json)
{
    EngineStatus out;
    out.known = true;
    for (const QJsonValue &address : json.value(QLatin1String("address")).toArray())
        out.addresses.append(address.toString());
    out.port = json.value(QLatin1String("port")).toInt();
    out.receiver = json.value(QLatin1String("receiver")).toString();
    out.pausedUntil = json.value(QLatin1String("paused_until")).toInteger();
    const QJsonObject archive = json.value(QLatin1String("archive")).toObject();
    out.archiveReady = archive.value(QLatin1String("ready")).toBool();
    out.archiveReason = archive.value(QLatin1String("reason")).toString();
    out.free = archive.value(QLatin1String("free")).toInteger();
    out.total = archive.value(QLatin1String("total")).toInteger();
    out.clock = json.value(QLatin1String("clock")).toString();
    if (const QJsonValue looked = json.value(QLatin1String("rebuilding")); looked.isDouble())
        out.rebuilding = looked.toInteger();
    out.problems = control::problemsFromJson(json.value(QLatin1String("problems")).toArray());
    return out;
}

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
        m_status.known = false;
        if (!m_missed)
            m_blink.start();
        Q_EMIT changed();
    });
    connect(&m_client, &control::Client::notified, this,
            [this](const QString &notification, const QJsonObject &values) {
                if (notification != QLatin1String("status"))
                    return;
                m_status = EngineStatus::fromJson(values);
                Q_EMIT changed();
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
    whenDone(m_client.run(QStringLiteral("status"), {}), this, [this](const Result<QJsonObject> &answer) {
        if (!answer)
            return;
        m_status = EngineStatus::fromJson(*answer);
        Q_EMIT changed();
    });
}

QString EngineStatusModel::sentence() const
{
    if (!isConnected() || !m_status.known)
        return m_missed ? tr("The receiver is not running") : tr("Connecting to the receiver");
    if (m_status.pausedUntil > 0)
        return tr("Receiving is paused until %1").arg(widgets::minuteText(m_status.pausedUntil));
    if (!m_status.archiveReady) {
        return m_status.archiveReason.isEmpty() ? tr("Nothing can be stored")
                                                : tr("Nothing can be stored: %1").arg(m_status.archiveReason);
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
    if (!isConnected() || !m_status.known)
        return m_missed ? Health::Trouble : Health::Ok;
    if (m_status.pausedUntil > 0)
        return Health::Paused;
    return m_status.archiveReady && !m_status.addresses.isEmpty() ? Health::Ok : Health::Trouble;
}

void EngineStatusModel::pause(int minutes)
{
    run(QStringLiteral("receiver.pause"), {{QStringLiteral("minutes"), minutes}});
}

void EngineStatusModel::resume()
{
    run(QStringLiteral("receiver.resume"), {});
}

void EngineStatusModel::run(const QString &command, const QJsonObject &arguments)
{
    whenDone(m_client.run(command, arguments), this, [this](const Result<QJsonObject> &answer) {
        if (answer)
            ask();
        else
            Q_EMIT failed(answer.error().text);
    });
}

} // namespace gatehouse::models
