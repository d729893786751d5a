// The window: rail, screens, notices above them, status bar below, tray icon. Closing it hides it to the
// tray; without a tray, a notification says how it comes back, and where there are none either, a dialog does
// before. Quitting stops an engine that this window started, and warns first. GUI thread; services and client
// outlive it.
#pragma once

#include "base/clock.h"
#include "control/client.h"
#include "models/services.h"
#include "preferences/autostart.h"

#include <QWidget>

class QStackedWidget;

namespace gatehouse::review
{
class ReviewScreen;
}

namespace gatehouse::cameras
{
class CameraActions;
}

namespace gatehouse::models
{
class EngineStatusModel;
}

namespace gatehouse::preferences
{
class SettingsPage;
}

namespace gatehouse::setup
{
class ConnectPage;
}

namespace gatehouse::widgets
{
class Toasts;
}

namespace gatehouse::shell
{

class DesktopNotifications;
class Notices;
class Rail;
class ShortcutsHelp;
class StatusBar;
class SystemTheme;
class Tray;
class TroubleNotifications;
class WindowState;

struct WindowOptions {
    QString stateFile; // saved window state; empty: nothing is saved
    preferences::Autostart autostart;
};

class MainWindow : public QWidget
{
    Q_OBJECT

public:
    MainWindow(const models::Services &services, control::Client &client, const WindowOptions &options = {},
               QWidget *parent = nullptr);
    ~MainWindow() override;

    // Hidden: waits for the desktop's tray, and shows the window if none comes.
    void start(bool hidden);
    // Whether this window started the engine that is connected.
    void setOwnEngine(bool isOwn) { m_isOwnEngine = isOwn; }
    void bringUp();
    void askToQuit();
    // Shows a lasting problem above the page until it is closed.
    void warn(const QString &sentence);

    [[nodiscard]] review::ReviewScreen &review() const { return *m_review; }
    [[nodiscard]] preferences::SettingsPage &settings() const { return *m_settings; }
    [[nodiscard]] StatusBar &statusBar() const { return *m_status; }
    [[nodiscard]] Notices &notices() const { return *m_notices; }
    [[nodiscard]] cameras::CameraActions &cameraActions() const { return *m_cameraActions; }
    [[nodiscard]] Tray &tray() const { return *m_tray; }
    [[nodiscard]] ShortcutsHelp &shortcutsHelp() const { return *m_help; }

Q_SIGNALS:
    // The user confirmed: quit, and stop the engine, too, or leave it.
    void quitConfirmed(bool stopsReceiving);
    void engineRestartRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build(const models::Services &services, const WindowOptions &options);
    void connectParts();
    void makeShortcuts();
    void restoreState();
    void fitScreen();
    void saveState();
    void useTheme();
    void showScreen(int screen); // Rail::Screen
    void showSetting(const QString &field);
    void connectDesktop();
    void closeWithoutTray();

    SystemClock m_clock;
    control::Client &m_client;
    WindowState *m_state;
    SystemTheme *m_systemTheme;
    models::EngineStatusModel *m_engine;
    Rail *m_rail = nullptr;
    QStackedWidget *m_screens = nullptr;
    review::ReviewScreen *m_review = nullptr;
    preferences::SettingsPage *m_settings = nullptr;
    setup::ConnectPage *m_waiting = nullptr;
    Notices *m_notices = nullptr;
    StatusBar *m_status = nullptr;
    cameras::CameraActions *m_cameraActions = nullptr;
    widgets::Toasts *m_toasts = nullptr;
    Tray *m_tray = nullptr;
    DesktopNotifications *m_desktop = nullptr;
    TroubleNotifications *m_troubles = nullptr;
    ShortcutsHelp *m_help = nullptr;
    QString m_theme; // "dark", "light", empty: follow the system
    bool m_restored = false;
    bool m_isOwnEngine = true;
};

} // namespace gatehouse::shell
