// What a person can do with the player, by key and by the transport bar's buttons.
#include "player/picture_view.h"
#include "player/player_panel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace gatehouse::player
{

namespace
{
constexpr qint64 kSkipMs = 10'000;
}

const QVector<double> &PlayerPanel::rates()
{
    static const QVector<double> all{0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0};
    return all;
}

QAction *PlayerPanel::makeAction(const QString &text, const QList<QKeySequence> &keys,
                                 void (PlayerPanel::*carryOut)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, carryOut);
    addAction(action);
    m_view->addAction(action); // in full screen it is in another window
    return action;
}

void PlayerPanel::makeActions()
{
    m_actions.playPause =
        makeAction(tr("Play or pause"), {Qt::Key_Space, Qt::Key_K}, &PlayerPanel::togglePlay);
    m_actions.stepBack = makeAction(tr("Previous frame"), {Qt::Key_Comma}, &PlayerPanel::stepBack);
    m_actions.stepForward = makeAction(tr("Next frame"), {Qt::Key_Period}, &PlayerPanel::stepForward);
    m_actions.back = makeAction(tr("10 s back"), {Qt::Key_J}, &PlayerPanel::skipBack);
    m_actions.forward = makeAction(tr("10 s forward"), {Qt::Key_L}, &PlayerPanel::skipForward);
    m_actions.slower = makeAction(tr("Slower"), {Qt::Key_Less}, &PlayerPanel::goSlower);
    m_actions.faster = makeAction(tr("Faster"), {Qt::Key_Greater}, &PlayerPanel::goFaster);
    m_actions.mute = makeAction(tr("Mute or unmute"), {Qt::Key_M}, &PlayerPanel::toggleMute);
    m_actions.fullScreen = makeAction(tr("Toggle full screen"), {Qt::Key_F}, &PlayerPanel::toggleFullScreen);
    m_actions.leaveFullScreen = makeAction(tr("Leave full screen"), {}, &PlayerPanel::leaveFullScreen);

    m_actions.openAnyway = makeAction(tr("Open anyway"), {}, &PlayerPanel::openAnyway);

    m_actions.previousEvent = new QAction(tr("Previous event"), this);
    m_actions.previousEvent->setShortcut(Qt::Key_BracketLeft);
    m_actions.nextEvent = new QAction(tr("Next event"), this);
    m_actions.nextEvent->setShortcut(Qt::Key_BracketRight);
    connect(m_actions.previousEvent, &QAction::triggered, &m_navigator, &models::EventNavigator::toPrevious);
    connect(m_actions.nextEvent, &QAction::triggered, &m_navigator, &models::EventNavigator::toNext);
    for (QAction *action : {m_actions.previousEvent, m_actions.nextEvent}) {
        addAction(action);
        m_view->addAction(action);
    }
    qApp->installEventFilter(this);
    connect(&m_navigator, &models::EventNavigator::nothingThere, this, [this](bool forwards) {
        m_view->setNote(QStringLiteral("info"),
                        forwards ? tr("This is the last event") : tr("This is the first event"), 2'500);
    });
}

// A button or a tick that has the focus keeps its space bar.
bool PlayerPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        const auto *view = qobject_cast<QAbstractItemView *>(watched);
        const bool isTick = view != nullptr && (view->currentIndex().flags() & Qt::ItemIsUserCheckable) != 0;
        if (isTick || qobject_cast<QAbstractButton *>(watched) != nullptr) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PlayerPanel::togglePlay()
{
    if (!m_item || m_item->kind != Kind::Clip)
        return;
    if (m_engine.isPlaying()) {
        m_engine.pause();
        return;
    }
    m_endedPlaying = false;
    m_view->setNote({}, {}, 0);
    m_engine.play();
}

void PlayerPanel::stepBack()
{
    m_reporting = true;
    m_engine.step(-1);
}

void PlayerPanel::stepForward()
{
    m_reporting = true;
    m_engine.step(1);
}

void PlayerPanel::skip(qint64 milliseconds)
{
    const auto picture = m_engine.picture();
    if (!picture || m_engine.info().isStill)
        return;
    m_reporting = true;
    m_engine.seek(picture->time + milliseconds * 1000, media::SeekKind::Exact);
}

void PlayerPanel::skipBack()
{
    skip(-kSkipMs);
}

void PlayerPanel::skipForward()
{
    skip(kSkipMs);
}

void PlayerPanel::changeRate(int direction)
{
    const auto at = rates().indexOf(m_engine.rate());
    const auto next = std::clamp<qsizetype>(at + direction, 0, rates().size() - 1);
    m_engine.setRate(rates()[next]);
}

void PlayerPanel::goSlower()
{
    changeRate(-1);
}

void PlayerPanel::goFaster()
{
    changeRate(1);
}

void PlayerPanel::toggleMute()
{
    if (m_muted && m_volume <= 0) // muted by the slider's lower end
        setVolume(1.0);
    else
        setMuted(!m_muted);
    if (const QString because = silentBecause(); !because.isEmpty())
        m_view->setNote(QStringLiteral("volume-x"), because, 2'500);
}

bool PlayerPanel::fillsScreen() const
{
    return m_screen != nullptr;
}

// The view moves into a window that is made for it and goes with it. It is never a window itself: on X11 the
// window it came from would get no keys any more.
void PlayerPanel::toggleFullScreen()
{
    if (fillsScreen())
        return leaveFullScreen();
    m_focusBefore = QApplication::focusWidget();
    m_screen = new QWidget(nullptr, Qt::Window);
    m_screen->setWindowTitle(tr("Gatehouse"));
    auto *whole = new QVBoxLayout(m_screen);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_view);
    m_view->setBare(true);
    m_actions.leaveFullScreen->setShortcut(Qt::Key_Escape);
    m_screen->showFullScreen();
    m_screen->activateWindow();
    m_view->setFocus();
    m_view->setNote(QStringLiteral("minimize"), tr("Press Escape to leave full screen"), 2'500);
}

void PlayerPanel::leaveFullScreen()
{
    if (!fillsScreen())
        return;
    // Escape belongs to others while there is no full screen to leave.
    m_actions.leaveFullScreen->setShortcut({});
    static_cast<QBoxLayout *>(layout())->addWidget(m_view, 1);
    m_view->setBare(false);
    m_view->setVisible(true);
    m_screen->hide();
    std::exchange(m_screen, nullptr)->deleteLater();
    // The keys go on where they were.
    window()->activateWindow();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

} // namespace gatehouse::player
