// The row above the timeline: the day with its calendar and Now on the left, the player's controls in the
// middle, zoom on the right. GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace gatehouse::models
{
class Playhead;
}

namespace gatehouse::widgets
{
class IconButton;
class Slider;
} // namespace gatehouse::widgets

namespace gatehouse::timeline
{

class CalendarPopup;
class TimelinePanel;

class TimelineToolbar : public QWidget
{
    Q_OBJECT

public:
    // centre: takes ownership; may be null.
    TimelineToolbar(TimelinePanel &panel, const models::Playhead &playhead, QWidget *centre,
                    QWidget *parent = nullptr);

    void openCalendar();

Q_SIGNALS:
    void roomChanged(bool isWide); // whether the centre has room for optional controls

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeDay();
    QWidget *makeZoom();
    void followAxis();
    void dress(); // sets icons and states in the theme's colours

    TimelinePanel &m_panel;
    const models::Playhead &m_playhead;
    CalendarPopup *m_calendar;
    QPushButton *m_day;
    QPushButton *m_now;
    widgets::IconButton *m_dayAfter;
    widgets::Slider *m_zoom;
    QLabel *m_span;
};

} // namespace gatehouse::timeline
