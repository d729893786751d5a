// The transport bar over the bottom of the picture in full screen: appears when the pointer moves, and leaves
// with the pointer's arrow once it has rested elsewhere for a while. GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>

namespace gatehouse::player
{

class PlayerPanel;

class FullScreenControls : public QWidget
{
    Q_OBJECT

public:
    // screen: the window that fills the screen; its child from now on.
    FullScreenControls(PlayerPanel &player, QWidget *screen);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void appear();
    void leave();

    QTimer m_rest;
    QPoint m_pointer; // global; the desktop repeats moves that are none
};

} // namespace gatehouse::player
