#include "shell/main_window.h"

#include "cameras/camera_actions.h"
#include "events/event_actions.h"
#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "preferences/settings_page.h"
#include "review/review_page.h"
#include "review/review_screen.h"
#include "setup/connect_page.h"
#include "shell/deletions_dialog.h"
#include "shell/desktop_notifications.h"
#include "shell/notices.h"
#include "shell/quit_dialog.h"
#include "shell/rail.h"
#include "shell/shortcuts_help.h"
#include "shell/status_bar.h"
#include "shell/system_theme.h"
#include "shell/tray.h"
#include "shell/trouble_notifications.h"
#include "shell/window_fit.h"
#include "shell/window_state.h"
#include "widgets/theme.h"
#include "widgets/toasts.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QCursor>
#include <QHBoxLayout>
#include <QScreen>
#include <QStackedWidget>
#include <QWindow>

namespace gatehouse::shell
{

namespace
{
constexpr int kNarrowRailBelow = 1120;
constexpr int kTrayWaitMs = 15'000; // a desktop that starts beside this window has its tray by then

QString closedKey()
{
    return QStringLiteral("closed");
}
} // namespace

MainWindow::MainWindow(const models::Services &services, control::Client &client,
                       const WindowOptions &options, QWidget *parent)
    : QWidget(parent), m_client(client), m_state(new WindowState(options.stateFile, this)),
      m_systemTheme(new SystemTheme(this)), m_engine(new models::EngineStatusModel(client, this))
{
    setWindowTitle(tr("Gatehouse"));
    m_theme = m_state->value(QStringLiteral("theme")).toString();
    useTheme();
    build(services, options);
    connectParts();
    makeShortcuts();
    restoreState();
    // Closing hides to the tray: only Quit ends the program.
    QApplication::setQuitOnLastWindowClosed(false);
}

MainWindow::~MainWindow() = default;

void MainWindow::build(const models::Services &services, const WindowOptions &options)
{
    m_rail = new Rail(this);
    m_review = new review::ReviewScreen(services, m_clock, this);
    m_waiting = new setup::ConnectPage(m_client, *m_engine, m_review->cameras(), m_clock, m_review);
    m_review->setEmptyState(m_waiting);
    m_settings = new preferences::SettingsPage(services.commands, options.autostart, this);
    connect(m_settings, &preferences::SettingsPage::deletionsRequested, this,
            [this, &reader = services.reader] {
                auto *dialog = new DeletionsDialog(reader, this);
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->open();
            });
    m_notices = new Notices(*m_engine, this);
    m_status = new StatusBar(*m_engine, m_review->cameras(), this);
    m_cameraActions = new cameras::CameraActions(services.commands, *m_engine, m_review->cameras(), this);
    m_toasts = new widgets::Toasts(this, widgets::metrics::kStatusHeight);
    m_tray = new Tray(*m_engine, this);
    m_desktop = new DesktopNotifications(this);
    m_troubles = new TroubleNotifications(*m_engine, m_review->cameras(), *m_desktop, m_clock, this);
    m_help = new ShortcutsHelp(this);
    connect(m_engine, &models::EngineStatusModel::changed, this,
            [this] { m_review->cameras().setFaults(m_engine->status().faults, m_engine->status().tests); });

    m_screens = new QStackedWidget(this);
    m_screens->addWidget(m_review);
    m_screens->addWidget(m_settings);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_notices);
    right->addWidget(m_screens, 1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(right, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
}

void MainWindow::connectParts()
{
    connect(m_rail, &Rail::chosen, this, &MainWindow::showScreen);
    connect(m_review, &review::ReviewScreen::cameraActionRequested, m_cameraActions,
            &cameras::CameraActions::carryOut);
    connect(&m_review->cameras(), &models::CameraModel::updated, this, [this] {
        m_rail->setNeedsYou(Rail::Review, !m_review->cameras().firstTrouble().user.isEmpty());
    });
    connect(m_review, &review::ReviewScreen::stateChanged, this, &MainWindow::saveState);
    // Unprompted shutdown: a signal, or the engine was told to quit.
    connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::saveState);
    m_client.notifications().on<protocol::AddressesChanged>(
        m_notices, [this](const auto &change) { m_notices->showNewAddress(change); });
    connect(&m_client, &control::Client::connected, m_settings, &preferences::SettingsPage::read);
    connect(m_notices, &Notices::settingRequested, this, &MainWindow::showSetting);
    connect(m_notices, &Notices::settingsDoubted, m_settings, &preferences::SettingsPage::setDoubted);

    connect(m_waiting, &setup::ConnectPage::keptChanged, m_review, &review::ReviewScreen::keepEmptyState);
    connect(m_waiting, &setup::ConnectPage::connected, m_notices, &Notices::offerPassword);
    connect(m_waiting, &setup::ConnectPage::dismissed, m_notices, [this] { m_notices->offerPassword({}); });
    connect(m_notices, &Notices::passwordRequested, m_waiting, [this] {
        showScreen(Rail::Review);
        m_waiting->reopen();
    });
    connect(m_notices, &Notices::passwordDismissed, m_waiting, &setup::ConnectPage::dismiss);

    const auto done = [this](const QString &sentence) { m_toasts->show(QStringLiteral("check"), sentence); };
    const auto failed = [this](const QString &sentence) {
        m_toasts->show(QStringLiteral("triangle-alert"), sentence);
    };
    connect(m_cameraActions, &cameras::CameraActions::done, this, done);
    connect(m_cameraActions, &cameras::CameraActions::failed, this, failed);
    connect(m_engine, &models::EngineStatusModel::failed, this, failed);
    connect(&m_review->cameras(), &models::CameraModel::renameFailed, this, failed);
    const auto &events = m_review->actionsOnEvents();
    connect(&events, &events::EventActions::failed, this, failed);
    connect(&events, &events::EventActions::deleting, this,
            [this](const QString &sentence, const std::function<void()> &undo, int ms) {
                m_toasts->show(QStringLiteral("trash-2"), sentence, tr("Undo"), undo, ms);
            });
    connect(&events, &events::EventActions::done, this,
            [this](const QString &sentence, const std::function<void()> &undo) {
                m_toasts->show(QStringLiteral("check"), sentence, undo ? tr("Undo") : QString(), undo);
            });

    connect(m_review, &review::ReviewScreen::cameraToggled, this,
            [this](const QString &sentence, const std::function<void()> &undo) {
                m_toasts->show(undo ? QStringLiteral("eye-off") : QStringLiteral("eye"), sentence,
                               undo ? tr("Undo") : QString(), undo);
            });

    connect(m_status, &StatusBar::resumeRequested, m_engine, &models::EngineStatusModel::resume);
    connect(m_status, &StatusBar::cameraRequested, this, [this](CameraId camera) {
        showScreen(Rail::Review);
        m_review->showCamera(camera);
        m_cameraActions->carryOut(gatehouse::cameras::CameraAction::Trouble, camera);
    });
    connect(m_cameraActions, &cameras::CameraActions::settingRequested, this, &MainWindow::showSetting);
    connectDesktop();
    connect(m_systemTheme, &SystemTheme::changed, this, &MainWindow::useTheme);
    connect(m_settings, &preferences::SettingsPage::themeChanged, this, [this](const QString &theme) {
        m_theme = theme;
        m_state->setValue(QStringLiteral("theme"), theme);
        useTheme();
    });
    connect(
        m_settings, &preferences::SettingsPage::settingsRead, m_review,
        [this](const settings::Settings &settings) { m_review->setReviewsWatched(settings.reviewWatched); });
    connect(m_settings, &preferences::SettingsPage::applied, this, [done] { done(tr("Settings applied")); });
}

void MainWindow::connectDesktop()
{
    connect(m_tray, &Tray::openRequested, this, &MainWindow::bringUp);
    connect(m_tray, &Tray::quitRequested, this, &MainWindow::askToQuit);
    connect(m_tray, &Tray::gone, this, [this] {
        if (!isVisible())
            showMinimized(); // the person was told to look for the icon
    });
    connect(m_tray, &Tray::settled, this, [this] {
        if (!m_tray->isThere() && !isVisible())
            show();
    });
    connect(m_desktop, &DesktopNotifications::opened, this, &MainWindow::bringUp);
    connect(&m_client, &control::Client::versionChecked, m_notices, &Notices::showVersion);
    m_notices->showVersion(m_client.advice());
    connect(m_notices, &Notices::engineRestartRequested, this, &MainWindow::engineRestartRequested);
    connect(&m_client, &control::Client::connected, m_troubles, [this] { m_troubles->setEngineFailure({}); });
}

void MainWindow::makeShortcuts()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, auto &&carryOut) {
        auto *action = new QAction(text, this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, carryOut);
        addAction(action);
    };
    add(tr("Keyboard shortcuts"), {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)},
        [this] { m_help->open(); });
    add(tr("Add a camera"), {QKeySequence(Qt::CTRL | Qt::Key_N)},
        [this] { m_cameraActions->carryOut(gatehouse::cameras::CameraAction::Add, {}); });
    add(tr("Review"), {QKeySequence(Qt::CTRL | Qt::Key_1)}, [this] { showScreen(Rail::Review); });
    add(tr("Settings"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)}, [this] { showScreen(Rail::Settings); });
    add(tr("Close the window"), {QKeySequence(QKeySequence::Close)}, [this] { close(); });
    add(tr("Quit"), {QKeySequence(QKeySequence::Quit)}, [this] { askToQuit(); });
    const std::pair<QString, QString> timeline[] = {
        {QStringLiteral("\u2190  \u2192"), tr("Timeline: previous, next event")},
        {QStringLiteral("\u2191  \u2193"), tr("Timeline: camera above, below")},
        {QStringLiteral("+  \u2212"), tr("Timeline: zoom in, out")},
        {tr("PgUp  PgDown"), tr("Timeline: earlier, later")},
        {QStringLiteral("T"), tr("Timeline: go to a time")},
        {tr("Home  End"), tr("Timeline: oldest, now")}};
    for (const auto &[keys, text] : timeline)
        m_help->addLine(keys, text);
}

void MainWindow::showScreen(int screen)
{
    m_rail->setScreen(Rail::Screen(screen));
    m_screens->setCurrentIndex(screen);
    // Not after a key on the rail: keyboard users there want to move to the next button.
    if (!m_rail->isAncestorOf(QApplication::focusWidget()))
        m_screens->currentWidget()->setFocus();
}

void MainWindow::showSetting(const QString &field)
{
    showScreen(Rail::Settings);
    m_settings->reveal(field);
}

void MainWindow::useTheme()
{
    const bool dark = m_theme.isEmpty() ? m_systemTheme->prefersDark() : m_theme == QLatin1String("dark");
    widgets::applyTheme(*qApp, dark ? widgets::darkTheme() : widgets::lightTheme());
}

void MainWindow::restoreState()
{
    m_review->setState(m_state->value(QStringLiteral("review")).toObject());
    const QString geometry = m_state->value(QStringLiteral("geometry")).toString();
    const bool isKnown = !geometry.isEmpty() && restoreGeometry(QByteArray::fromBase64(geometry.toLatin1()));
    if (!isKnown) {
        const QScreen *there = QGuiApplication::screenAt(QCursor::pos());
        const QScreen &on = there ? *there : *QGuiApplication::primaryScreen();
        setGeometry(firstWindow(on.availableGeometry()));
    }
    fitScreen();
    m_restored = true;
}

// The screen may be smaller than the last time, or another one.
void MainWindow::fitScreen()
{
    const QScreen *there = QGuiApplication::screenAt(geometry().center());
    const QRect available = (there ? there : QGuiApplication::primaryScreen())->availableGeometry();
    setMinimumSize(leastWindowSize(available.size()));
    if (!isMaximized() && !isFullScreen())
        setGeometry(fittedWindow(geometry(), available));
}

void MainWindow::saveState()
{
    if (!m_restored)
        return;
    m_state->setValue(QStringLiteral("geometry"), QString::fromLatin1(saveGeometry().toBase64()));
    m_state->setValue(QStringLiteral("review"), m_review->state());
}

void MainWindow::start(bool hidden)
{
    m_review->setFocus();
    if (hidden) {
        m_tray->await(kTrayWaitMs);
        return;
    }
    m_tray->appear();
    show();
}

void MainWindow::bringUp()
{
    m_desktop->withdraw(closedKey());
    setWindowState(windowState() & ~Qt::WindowMinimized);
    if (!isVisible())
        fitScreen();
    if (!isVisible() && windowHandle())
        windowHandle()->setPosition(geometry().topLeft()); // the desktop would choose another position
    show();
    raise();
    activateWindow();
}

void MainWindow::askToQuit()
{
    bringUp();
    if (auto *dialog = findChild<QuitDialog *>()) {
        dialog->activateWindow();
        return;
    }
    auto *dialog = new QuitDialog({m_tray->isThere(), m_isOwnEngine}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QuitDialog::confirmed, this, &MainWindow::quitConfirmed);
    connect(dialog, &QuitDialog::closeRequested, this, &QWidget::hide);
    dialog->open();
}

void MainWindow::warn(const QString &sentence)
{
    m_notices->warn(sentence);
    m_troubles->setEngineFailure(sentence);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    if (qApp->isSavingSession()) {
        event->accept();
        return;
    }
    event->ignore();
    if (!m_tray->isThere()) {
        closeWithoutTray();
        return;
    }
    hide();
    if (!m_state->value(QStringLiteral("toldTray")).toBool()) {
        m_state->setValue(QStringLiteral("toldTray"), true);
        m_tray->say(tr("Gatehouse is still receiving"),
                    tr("Use this icon to open the window, pause or quit."));
    }
}

void MainWindow::closeWithoutTray()
{
    if (!m_desktop->isThere()) {
        askToQuit();
        return;
    }
    hide();
    // Each time: nothing else on the screen says that it is still running.
    m_desktop->show(closedKey(), tr("Gatehouse is still receiving"),
                    tr("Start Gatehouse again to get its window back, and choose Quit there to stop."));
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && m_troubles)
        m_troubles->setWatched(isActiveWindow());
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_troubles->setWatched(false);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_rail->setNarrow(width() < kNarrowRailBelow);
    saveState();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    saveState();
}

} // namespace gatehouse::shell
