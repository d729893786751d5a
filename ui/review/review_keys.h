// The timeline's keys (arrows, T, N, +, -, Page Up, …) work wherever the focus is on the review screen,
// unless the focused control uses them itself: a text, a slider, a list that moves with the arrows. GUI
// thread.
#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;

namespace gatehouse::timeline
{
class TimelinePanel;
}

namespace gatehouse::review
{

class ReviewKeys : public QObject
{
    Q_OBJECT

public:
    // screen: keys count while it is shown.
    ReviewKeys(QWidget &screen, timeline::TimelinePanel &timeline);

    void setEnabled(bool on) { m_enabled = on; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool isOurs(const QWidget &focused) const;

    QWidget &m_screen;
    timeline::TimelinePanel &m_timeline;
    bool m_enabled = true;
};

} // namespace gatehouse::review
