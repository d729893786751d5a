#include "shell/tray.h"

#include "base/limits.h"
#include "models/engine_status_model.h"
#include "widgets/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QPainter>

namespace gatehouse::shell
{

namespace
{

// The symbol, with a dot in the colour of the state; the dot has a shape too, so that it is never
// colour alone: a bar pair when paused, a full dot when something is wrong.
QIcon trayIcon(models::EngineStatusModel::Health health)
{
    const widgets::Theme &theme = widgets::darkTheme();
    QIcon out;
    for (const int side : {16, 22, 24, 32, 48, 64}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accentWeak);
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22);
        const int icon = side * 3 / 4;
        widgets::drawIcon(painter, QRect((side - icon) / 2, (side - icon) / 2, icon, icon),
                          QStringLiteral("cctv"),
                          health == models::EngineStatusModel::Health::Paused ? theme.ink3 : theme.ink);
        const QRectF mark(side * 0.56, side * 0.56, side * 0.44, side * 0.44);
        painter.setPen(Qt::NoPen);
        if (health == models::EngineStatusModel::Health::Trouble) {
            painter.setBrush(theme.warn);
            painter.drawEllipse(mark);
        } else if (health == models::EngineStatusModel::Health::Paused) {
            painter.setBrush(theme.warn);
            const qreal bar = mark.width() * 0.32;
            painter.drawRect(QRectF(mark.left(), mark.top(), bar, mark.height()));
            painter.drawRect(QRectF(mark.right() - bar, mark.top(), bar, mark.height()));
        }
        painter.end();
        out.addPixmap(pixmap);
    }
    return out;
}

QString watcherService()
{
    return QStringLiteral("org.kde.StatusNotifierWatcher");
}

QString watcherPath()
{
    return QStringLiteral("/StatusNotifierWatcher");
}

} // namespace

Tray::Tray(models::EngineStatusModel &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    buildMenu();
    m_waiting.setSingleShot(true);
    connect(&m_waiting, &QTimer::timeout, this, &Tray::settle);
    connect(&m_engine, &models::EngineStatusModel::changed, this, &Tray::refresh);
    refresh();
    watchHost();
}

void Tray::appear()
{
    if (m_icon)
        return;
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    Q_EMIT openRequested();
            });
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &Tray::openRequested);
    refresh();
    m_icon->show();
}

void Tray::await(int ms)
{
    // At once where the desktop has no bus, and so no host that could still come.
    m_waiting.start(QDBusConnection::sessionBus().isConnected() ? ms : 0);
    askForHost();
}

void Tray::settle()
{
    m_waiting.stop();
    appear();
    Q_EMIT settled();
}

// The watcher of icons comes before the host that shows them.
void Tray::askForHost()
{
    if (!m_waiting.isActive())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(watcherService(), watcherPath(),
                                                       QStringLiteral("org.freedesktop.DBus.Properties"),
                                                       QStringLiteral("Get"));
    call << watcherService() << QStringLiteral("IsStatusNotifierHostRegistered");
    call.setAutoStartService(false);
    auto *pending = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this, pending] {
        pending->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *pending;
        if (!reply.isError() && reply.value().variant().toBool() && m_waiting.isActive())
            settle();
    });
}

void Tray::watchHost()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    auto *watcher =
        new QDBusServiceWatcher(watcherService(), bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, [this] {
        m_hostIsGone = false;
        askForHost();
    });
    bus.connect(watcherService(), watcherPath(), watcherService(),
                QStringLiteral("StatusNotifierHostRegistered"), this, SLOT(askForHost()));
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        m_hostIsGone = true;
        Q_EMIT gone();
    });
}

bool Tray::isThere() const
{
    return !m_hostIsGone && m_icon && m_icon->isVisible() && QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::say(const QString &title, const QString &sentence)
{
    if (m_icon)
        m_icon->showMessage(title, sentence, m_icon->icon());
}

void Tray::buildMenu()
{
    m_state = m_menu.addAction(QString());
    m_state->setEnabled(false); // informational only
    m_menu.addSeparator();
    m_menu.addAction(tr("Open Gatehouse"), this, &Tray::openRequested);
    m_menu.addSeparator();
    m_pause = m_menu.addMenu(tr("Pause receiving"));
    const std::pair<QString, int> spans[] = {
        {tr("For 15 min"), 15},
        {tr("For 1 h"), 60},
        {tr("Until resumed, at most %1 h").arg(limits::kMaxPauseMinutes / 60), limits::kMaxPauseMinutes}};
    for (const auto &[text, minutes] : spans)
        m_pause->addAction(text, this, [this, minutes = minutes] { m_engine.pause(minutes); });
    m_resume = m_menu.addAction(tr("Resume receiving"), this, [this] { m_engine.resume(); });
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit…"), this, &Tray::quitRequested);
}

void Tray::refresh()
{
    const auto health = m_engine.health();
    const bool paused = health == models::EngineStatusModel::Health::Paused;
    m_pause->setEnabled(m_engine.isConnected() && !paused);
    m_resume->setVisible(paused);
    m_state->setText(m_engine.sentence());
    m_tip = tr("Gatehouse: %1").arg(m_engine.sentence());
    if (!m_icon)
        return;
    m_icon->setToolTip(m_tip);
    m_icon->setIcon(trayIcon(health));
}

} // namespace gatehouse::shell
