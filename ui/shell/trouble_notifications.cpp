#include "shell/trouble_notifications.h"

#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "shell/desktop_notifications.h"

namespace gatehouse::shell
{

namespace
{

constexpr qint64 kSettledMs = 3'000; // a disk that comes back, a camera that tries again
constexpr int kLookAgainMs = 1'000;
constexpr qint64 kAgainAfterMs = 3'600'000; // what comes and goes does not call each time

} // namespace

TroubleNotifications::TroubleNotifications(const models::EngineStatusModel &engine,
                                           const models::CameraModel &cameras, DesktopNotifications &desktop,
                                           const Clock &clock, QObject *parent)
    : QObject(parent), m_engine(engine), m_cameras(cameras), m_desktop(desktop), m_clock(clock)
{
    m_look.setSingleShot(true);
    m_look.setInterval(kLookAgainMs);
    connect(&m_look, &QTimer::timeout, this, &TroubleNotifications::refresh);
    connect(&m_engine, &models::EngineStatusModel::changed, this, &TroubleNotifications::refresh);
    connect(&m_cameras, &models::CameraModel::updated, this, &TroubleNotifications::refresh);
    connect(&m_cameras, &QAbstractItemModel::dataChanged, this, &TroubleNotifications::refresh);
    refresh();
}

void TroubleNotifications::setWatched(bool isWatched)
{
    m_isWatched = isWatched;
    refresh();
}

void TroubleNotifications::setEngineFailure(const QString &sentence)
{
    m_failure = sentence;
    refresh();
}

QMap<QString, TroubleNotifications::Trouble> TroubleNotifications::now() const
{
    QMap<QString, Trouble> out;
    if (!m_engine.isKnown()) {
        if (!m_failure.isEmpty())
            out.insert(QStringLiteral("engine"), {tr("Gatehouse receives nothing"), m_failure});
        return out;
    }
    const protocol::Status &status = m_engine.status();
    if (!status.archive.isReady)
        out.insert(QStringLiteral("archive"), {tr("Nothing can be stored"), status.archive.reason});
    if (!status.receiver.isEmpty())
        out.insert(QStringLiteral("receiver"), {tr("Nothing can be received"), status.receiver});
    for (const protocol::Problem &problem : status.problems)
        out.insert(QStringLiteral("problem/") + problem.key, {tr("Gatehouse needs you"), problem.text});
    for (const models::CameraModel::Trouble &camera : m_cameras.troubles())
        out.insert(QStringLiteral("camera/") + camera.user,
                   {camera.name, QStringLiteral("%1. %2").arg(camera.reason, camera.details)});
    return out;
}

void TroubleNotifications::refresh()
{
    const QMap<QString, Trouble> troubles = now();
    for (auto it = m_known.begin(); it != m_known.end();) {
        if (troubles.contains(it.key())) {
            ++it;
            continue;
        }
        if (it->toldAt != 0) {
            m_last.insert(it.key(), it->toldAt);
            m_desktop.withdraw(it.key());
        }
        it = m_known.erase(it);
    }
    bool isWaiting = false;
    for (auto it = troubles.cbegin(); it != troubles.cend(); ++it) {
        Known &known = m_known[it.key()];
        if (known.since == 0)
            known.since = m_clock.now();
        const bool isSettled = m_clock.now() - known.since >= kSettledMs;
        isWaiting = isWaiting || !isSettled;
        if (isSettled && !m_isWatched)
            tell(it.key(), it.value(), known);
    }
    if (isWaiting && !m_look.isActive())
        m_look.start();
}

void TroubleNotifications::tell(const QString &key, const Trouble &trouble, Known &known)
{
    const qint64 last = known.toldAt != 0 ? known.toldAt : m_last.value(key);
    const bool isNews = known.told != trouble.title;
    if (known.toldAt != 0 && !isNews)
        return; // its text counts up
    if (last != 0 && m_clock.now() - last < kAgainAfterMs)
        return;
    known.toldAt = m_clock.now();
    known.told = trouble.title;
    m_desktop.show(key, trouble.title, trouble.text, DesktopNotifications::Urgency::Critical);
}

} // namespace gatehouse::shell
