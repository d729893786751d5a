// The speaker and its slider: beside it in a wide row, else in a pop-up that the speaker opens. Says why
// nothing is heard, and can then not be used. Knows no player. GUI thread.
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
    // volume: 0 to 1. silentBecause: empty where sound is heard.
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
