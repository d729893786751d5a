#include "player/player_panel.h"

#include "player/full_screen_controls.h"
#include "player/picture_view.h"
#include "player/player_messages.h"
#include "player/player_title.h"
#include "widgets/format.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace gatehouse::player
{

namespace
{

constexpr int kNoteMs = 2'500;
constexpr int kMargin = 12;

} // namespace

PlayerPanel::PlayerPanel(const models::Services &services, models::Playhead &playhead,
                         models::Selection &selection, QWidget *parent)
    : QWidget(parent), m_controller(services, playhead, selection), m_view(new PictureView(this))
{
    makeActions();
    m_title = new PlayerTitle(m_actions.fullScreen, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 0, kMargin, kMargin);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    m_view->showReason(QStringLiteral("film"), tr("Choose an event or a time on the timeline"));
    connectController();
    connect(m_view, &PictureView::clicked, &m_controller, &PlayerController::togglePlay);
    connect(m_view, &PictureView::doubleClicked, this, &PlayerPanel::toggleFullScreen);
    connect(m_view, &PictureView::lowChosen, &m_controller, &PlayerController::setLow);
    connect(m_view, &PictureView::tileResized, this, [this](QSize size) {
        m_controller.engine().setTile({size.width(), size.height()});
    });
}

PlayerPanel::~PlayerPanel()
{
    // In full screen the view is in a window without a parent.
    delete m_view;
    delete m_screen;
}

// --- display

void PlayerPanel::connectController()
{
    const auto clearNote = [this] { m_view->setNote({}, {}, 0); };
    connect(&m_controller, &PlayerController::opening, this, clearNote);
    connect(&m_controller.engine(), &media::PlayerEngine::playingChanged, this, [clearNote](bool on) {
        if (on)
            clearNote();
    });
    connect(&m_controller, &PlayerController::openingSlowly, this,
            [this] { m_view->setNote(QStringLiteral("clock"), tr("Opening the clip"), 0); });
    connect(&m_controller, &PlayerController::opened, this, [this] {
        const media::ClipInfo &info = m_controller.engine().info();
        m_view->setQuality(qualityText(info.width, info.height));
    });
    connect(&m_controller, &PlayerController::qualityChanged, this, [this] {
        m_view->setQualitySwitch(m_controller.hasQualities(), m_controller.isLow(),
                                 m_controller.lowResPercent(), m_controller.whyNotLow());
    });
    connect(&m_controller, &PlayerController::lowResFailed, this, [this](const QString &why) {
        m_view->setNote(QStringLiteral("triangle-alert"), tr("There is no low-res copy: %1").arg(why),
                        kNoteMs, true);
    });
    connect(&m_controller, &PlayerController::pictureShown, this, &PlayerPanel::showPicture);
    connect(&m_controller, &PlayerController::cameraRenamed, this, &PlayerPanel::showName);
    connect(&m_controller, &PlayerController::nextClipStarted, this, [this](qint64 gap) {
        m_view->setNote(QStringLiteral("skip-forward"), nextClipText(gap), kNoteMs);
    });
    connect(&m_controller, &PlayerController::clipEnded, this, &PlayerPanel::showEnd);
    connect(&m_controller, &PlayerController::nothingRecorded, this, &PlayerPanel::showNothing);
    connect(&m_controller, &PlayerController::itemGone, this, [this] {
        showCannot(QStringLiteral("trash-2"), tr("This recording was deleted"), m_actions.nextEvent);
    });
    connect(&m_controller, &PlayerController::lookupFailed, this,
            [this](const QString &why) { m_view->showReason(QStringLiteral("triangle-alert"), why); });
    connect(&m_controller, &PlayerController::cannotPlay, this, [this](const Error &error) {
        showCannot(QStringLiteral("triangle-alert"), cannotPlayText(*m_controller.item(), error),
                   m_actions.nextEvent);
    });
    connect(&m_controller, &PlayerController::withheld, this, [this] {
        showCannot(QStringLiteral("info"), withheldText(*m_controller.item()), m_actions.openAnyway);
    });
    connect(&m_controller, &PlayerController::nothingThere, this, &PlayerPanel::sayNothingThere);
}

void PlayerPanel::sayNothingThere(bool forwards, bool hasOther)
{
    const QString icon = QStringLiteral("info");
    QAction *way = forwards ? m_actions.previousEvent : m_actions.nextEvent;
    if (!hasOther && m_view->picture() == nullptr) {
        const QString &name = m_controller.cameraName();
        m_view->showReason(icon, name.isEmpty() ? tr("There are no events yet")
                                                : tr("There are no events of %1 yet").arg(name));
    } else if (m_view->picture() == nullptr) {
        m_view->showReason(icon, forwards ? tr("No event follows") : tr("No event comes before"), way);
    } else {
        const QString keys = way->shortcut().toString(QKeySequence::NativeText);
        const QString what = forwards ? tr("This is the last event") : tr("This is the first event");
        m_view->setNote(icon,
                        !hasOther  ? tr("This is the only event")
                        : forwards ? tr("%1. %2 goes to the previous one").arg(what, keys)
                                   : tr("%1. %2 goes to the next one").arg(what, keys),
                        kNoteMs);
    }
}

void PlayerPanel::showPicture(const media::PicturePtr &picture)
{
    if (m_controller.engine().isSettled() && m_view->note() == tr("Opening the clip"))
        m_view->setNote({}, {}, 0);
    m_view->show(picture);
    // A camera may change resolution within a clip.
    m_view->setQuality(qualityText(picture->fullWidth, picture->fullHeight));
    showName();
}

void PlayerPanel::showName()
{
    m_view->setCaption(m_controller.cameraName(), widgets::clockText(m_controller.time()));
    m_title->show(m_controller.cameraName(), m_controller.time());
}

void PlayerPanel::showEnd(bool isDamaged, bool isNextKnown)
{
    const QString text = endText(*m_controller.item(), isDamaged);
    if (!text.isEmpty())
        m_view->setNote(QStringLiteral("triangle-alert"), text, isNextKnown ? kNoteMs : 0, true);
}

void PlayerPanel::showNothing(qint64 time, const QString &deletedFor)
{
    const QString &camera = m_controller.cameraName();
    if (deletedFor.isEmpty())
        m_view->showReason(QStringLiteral("video-off"), nothingRecordedText(time, camera),
                           m_actions.nextEvent);
    else
        m_view->showReason(QStringLiteral("trash-2"), goneText(time, camera, deletedFor),
                           m_actions.nextEvent);
    m_title->show(camera, time);
}

void PlayerPanel::showCannot(const QString &icon, const QString &sentence, QAction *way)
{
    m_view->showReason(icon, sentence, way);
    m_view->setQuality({});
    m_title->show(m_controller.cameraName(), m_controller.time());
}

// --- user actions

template<typename Object>
QAction *PlayerPanel::makeAction(const QString &text, const QList<QKeySequence> &keys, Object *object,
                                 void (Object::*carryOut)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, object, carryOut);
    addAction(action);
    m_view->addAction(action); // in full screen it is in another window
    return action;
}

void PlayerPanel::makeActions()
{
    using Controller = PlayerController;
    auto *player = &m_controller;
    m_actions.playPause =
        makeAction(tr("Play or pause"), {Qt::Key_Space, Qt::Key_K}, player, &Controller::togglePlay);
    m_actions.stepBack = makeAction(tr("Previous frame"), {Qt::Key_Comma}, player, &Controller::stepBack);
    m_actions.stepForward = makeAction(tr("Next frame"), {Qt::Key_Period}, player, &Controller::stepForward);
    m_actions.back = makeAction(tr("10 s back"), {Qt::Key_J}, player, &Controller::skipBack);
    m_actions.forward = makeAction(tr("10 s forward"), {Qt::Key_L}, player, &Controller::skipForward);
    m_actions.slower = makeAction(tr("Slower"), {Qt::Key_Less}, player, &Controller::goSlower);
    m_actions.faster = makeAction(tr("Faster"), {Qt::Key_Greater}, player, &Controller::goFaster);
    m_actions.mute = makeAction(tr("Mute or unmute"), {Qt::Key_M}, this, &PlayerPanel::toggleMute);
    m_actions.quality = makeAction(tr("High or low quality"), {Qt::Key_Q}, player, &Controller::toggleLow);
    m_actions.fullScreen =
        makeAction(tr("Toggle full screen"), {Qt::Key_F}, this, &PlayerPanel::toggleFullScreen);
    m_actions.leaveFullScreen = makeAction(tr("Leave full screen"), {}, this, &PlayerPanel::leaveFullScreen);
    m_actions.openAnyway = makeAction(tr("Open anyway"), {}, player, &Controller::openAnyway);
    m_actions.previousEvent =
        makeAction(tr("Previous event"), {Qt::Key_BracketLeft}, player, &Controller::toPreviousEvent);
    m_actions.nextEvent =
        makeAction(tr("Next event"), {Qt::Key_BracketRight}, player, &Controller::toNextEvent);
    qApp->installEventFilter(this);
}

// Space plays and pauses wherever no text is typed. Only a button that was reached by the keyboard keeps it:
// one that was clicked has done its work, and the eye is back on the picture.
bool PlayerPanel::eventFilter(QObject *watched, QEvent *event)
{
    auto *button = qobject_cast<QAbstractButton *>(watched);
    if (button == nullptr)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusIn) {
        const bool byMouse = static_cast<QFocusEvent *>(event)->reason() == Qt::MouseFocusReason;
        m_clicked = byMouse ? button : nullptr;
    } else if (event->type() == QEvent::ShortcutOverride &&
               static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space &&
               (m_clicked != button || button->window() != window())) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PlayerPanel::toggleMute()
{
    m_controller.toggleMute();
    if (const QString because = m_controller.silentBecause(); !because.isEmpty())
        m_view->setNote(QStringLiteral("volume-x"), because, kNoteMs);
}

bool PlayerPanel::fillsScreen() const
{
    return m_screen != nullptr;
}

// Moves the view into a temporary window. The view is never a window itself: on X11, the window it came from
// would no longer receive keys.
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
    m_view->setMouseTracking(true);
    new FullScreenControls(*this, m_screen);
    m_actions.leaveFullScreen->setShortcut(Qt::Key_Escape);
    m_screen->showFullScreen();
    m_screen->activateWindow();
    m_view->setFocus();
    m_view->setNote(QStringLiteral("minimize"), tr("Press Escape to leave full screen"), kNoteMs);
}

void PlayerPanel::leaveFullScreen()
{
    if (!fillsScreen())
        return;
    // Other widgets need Escape while there is no full screen to leave.
    m_actions.leaveFullScreen->setShortcut({});
    static_cast<QBoxLayout *>(layout())->addWidget(m_view, 1);
    m_view->setBare(false);
    m_view->setVisible(true);
    m_screen->hide();
    std::exchange(m_screen, nullptr)->deleteLater();
    // The keyboard focus stays where it was.
    window()->activateWindow();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

} // namespace gatehouse::player
