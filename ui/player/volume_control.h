// The speaker and its slider: next to it in a wide row, otherwise in a pop-up that the speaker opens. If
// there is no sound, says why and is disabled. Independent of the player. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{
class IconButton;
class PopUp;
class Slider;
} // namespace gatehouse::widgets

namespace gatehouse::player
{

class VolumeControl : public QWidget
{
    Q_OBJECT

public:
    explicit VolumeControl(QWidget *parent = nullptr);

    void setCompact(bool on);
    // volume: 0 to 1. silentBecause: empty if there is sound.
    void setState(double volume, bool isMuted, const QString &silentBecause);

Q_SIGNALS:
    void volumeChosen(double volume);
    void muteRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void click();
    void refresh();

    widgets::IconButton *m_speaker;
    widgets::Slider *m_slider;
    widgets::PopUp *m_popUp;
    widgets::IconButton *m_mute; // in the pop-up
    bool m_isCompact = false;
    double m_volume = 1.0;
    bool m_isMuted = false;
    QString m_silentBecause;
};

} // namespace gatehouse::player
