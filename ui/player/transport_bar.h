// The middle of the toolbar under the player: previous event, step, play, step, next event, the frame's time
// in milliseconds, speed, sound. For a row of metrics::ToolbarHeight. GUI thread.
#pragma once

#include "widgets/icon_button.h"

#include <QPushButton>
#include <QWidget>

class QAction;

namespace gatehouse::player
{

class PlayerController;
class PlayerPanel;
class TimeReadout;
class VolumeControl;

class TransportBar : public QWidget
{
    Q_OBJECT

public:
    explicit TransportBar(PlayerPanel &player, QWidget *parent = nullptr);

    // In a narrow window, the speaker button opens the volume slider.
    void setWide(bool on);
    [[nodiscard]] QString readout() const; // "13:52:18.480"

protected:
    void changeEvent(QEvent *event) override;

private:
    widgets::IconButton *makeButton(const QString &icon, QAction *action);
    QPushButton *makeSpeed();
    void refreshPlay();
    void refreshSound();
    void refreshSpeed();
    void refreshEnabled();

    PlayerController &m_player;
    widgets::IconButton *m_stepBack = nullptr;
    widgets::IconButton *m_stepForward = nullptr;
    QPushButton *m_play = nullptr;
    QPushButton *m_speed = nullptr;
    VolumeControl *m_volume = nullptr;
    TimeReadout *m_readout = nullptr;
};

} // namespace gatehouse::player
