// A month view to select a day, with each day's activity: a bar under the number, and the number of events as
// a tooltip. Counts come from the cache, which loads the displayed month. GUI thread, no I/O.
#pragma once

#include "timeline/recording_cache.h"
#include "widgets/pop_up.h"

#include <QDate>

namespace gatehouse::timeline
{

class CalendarPopup : public widgets::PopUp
{
    Q_OBJECT

public:
    explicit CalendarPopup(RecordingCache &recordings, QWidget *parent = nullptr);

    // today: later days cannot be selected.
    void open(QDate chosen, QDate today, const QWidget &beside);
    [[nodiscard]] int eventsOn(QDate day) const; // over all cameras, as far as loaded
    [[nodiscard]] static QStringList weekdays(); // above the columns
    [[nodiscard]] QRect cellOf(QDate day) const; // empty: not in the displayed month

Q_SIGNALS:
    void chosen(QDate day);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool event(QEvent *event) override;

private:
    void showMonth(QDate anyDay);
    void choose(QDate day);
    [[nodiscard]] QDate firstCell() const;
    [[nodiscard]] QDate dayAt(QPoint at) const;
    void paintDay(QPainter &painter, QDate day, int most);

    RecordingCache &m_recordings;
    QDate m_month; // its first day
    QDate m_chosen;
    QDate m_today;
    QDate m_hovered;
};

} // namespace gatehouse::timeline
