// The middle of the toolbar under the player: previous event, step, play, step, next event, the time of
// the picture to the millisecond, speed, sound. Made for a row of metrics::ToolbarHeight. GUI thread.
#pragma once

#include "widgets/icon_button.h"

#include <QPushButton>
#include <QWidget>

class QAction;

namespace gatehouse::widgets
{
class Slider;
}

namespace gatehouse::review
{

class PlayerPanel;
class TimeReadout;

class TransportBar : public QWidget
{
    Q_OBJECT

public:
    explicit TransportBar(PlayerPanel &player, QWidget *parent = nullptr);

    // A narrow window leaves the slider out: the wheel over the speaker and its key stay.
    void setVolumeShown(bool on);
    [[nodiscard]] QString readout() const; // "13:52:18.480"

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    widgets::IconButton *makeButton(const QString &icon, QAction *action);
    QPushButton *makeSpeed();
    widgets::Slider *makeVolume();
    void refreshPlay();
    void refreshSound();
    void refreshSpeed();
    void refreshEnabled();

    PlayerPanel &m_player;
    widgets::IconButton *m_stepBack = nullptr;
    widgets::IconButton *m_stepForward = nullptr;
    widgets::IconButton *m_sound = nullptr;
    QPushButton *m_play = nullptr;
    QPushButton *m_speed = nullptr;
    widgets::Slider *m_volume = nullptr;
    TimeReadout *m_readout = nullptr;
};

} // namespace gatehouse::review
