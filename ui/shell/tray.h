// The tray icon: ok, paused or trouble, with a menu to open the window, pause receiving for a limited time,
// resume and quit. If the desktop has no tray, isThere() is false and the window must never be hidden. GUI
// thread.
#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>
#include <memory>

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

    // Puts the icon into the desktop's tray, if there is one now: Qt looks for one only once.
    void appear();
    // The same once the desktop's tray is there, or when it is not after this time; settled() follows.
    void await(int ms);
    [[nodiscard]] bool isThere() const;
    [[nodiscard]] QMenu *menu() { return &m_menu; }
    [[nodiscard]] QString tip() const { return m_tip; }
    void say(const QString &title, const QString &sentence);

Q_SIGNALS:
    void openRequested();
    void quitRequested();
    void settled(); // isThere() says whether there is a tray
    void gone();    // the desktop's tray ended; the icon returns with it

private Q_SLOTS:
    void askForHost();

private:
    void buildMenu();
    void refresh();
    void watchHost();
    void settle();

    models::EngineStatusModel &m_engine;
    QMenu m_menu;
    QMenu *m_pause = nullptr;
    QAction *m_state = nullptr;
    QAction *m_resume = nullptr;
    std::unique_ptr<QSystemTrayIcon> m_icon; // none before appear()
    QString m_tip;
    QTimer m_waiting;
    bool m_hostIsGone = false;
};

} // namespace gatehouse::shell
