// The tray icon: ok, paused or trouble, with a menu to open the window, pause receiving for a limited time,
// resume and quit. If the desktop has no tray, isThere() is false and the window must never be hidden. GUI
// thread.
#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

namespace gatehouse::models
{
class EngineStatusModel;
}

namespace gatehouse::shell
{

class Tray : public QObject
{
    Q_OBJECT

public:
    explicit Tray(models::EngineStatusModel &engine, QObject *parent = nullptr);

    [[nodiscard]] bool isThere() const;
    [[nodiscard]] QMenu *menu() { return &m_menu; }
    [[nodiscard]] QString tip() const { return m_icon.toolTip(); }
    void say(const QString &title, const QString &sentence);

Q_SIGNALS:
    void openRequested();
    void quitRequested();
    void gone(); // the desktop's tray ended; the icon returns with it

private:
    void buildMenu();
    void refresh();
    void watchHost();

    models::EngineStatusModel &m_engine;
    QMenu m_menu;
    QMenu *m_pause = nullptr;
    QAction *m_state = nullptr;
    QAction *m_resume = nullptr;
    QSystemTrayIcon m_icon;
    bool m_hostIsGone = false;
};

} // namespace gatehouse::shell
