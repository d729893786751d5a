// The column left of the timeline: the day's events over all cameras, the visible range, and each lane's
// track with its description. A click selects a track. GUI thread.
#pragma once

#include "timeline/lane_painter.h"
#include "timeline/timeline_axis.h"
#include "timeline/timeline_model.h"

#include <QWidget>

namespace gatehouse::timeline
{

class LaneHeaders : public QWidget
{
    Q_OBJECT

public:
    LaneHeaders(const TimelineModel &model, TimelineAxis &axis, QWidget *parent = nullptr);

    // overview, ruler: heights of the rows next to them.
    void setLanes(const QVector<LanePlace> &lanes, int scroll, int overview, int ruler);
    // Before the first upload there is no day to count.
    void setWaiting(bool on);
    // What the lanes recorded on the axis's day.
    [[nodiscard]] QString dayText() const;

Q_SIGNALS:
    void chosen(const gatehouse::timeline::TrackPtr &track);
    void scrolled(int pixels);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int laneAt(int y) const;
    void paintLane(QPainter &painter, const LanePlace &lane, const QRect &row, bool hovered);
    void paintDay(QPainter &painter);
    void paintPair(QPainter &painter, const QRect &row, const QString &name, const QString &count);

    TimelineAxis &m_axis;
    QVector<LanePlace> m_lanes;
    bool m_isWaiting = false;
    int m_scroll = 0;
    int m_overview = 0;
    int m_ruler = 0;
    int m_hovered = -1;
    QDate m_day; // the day of the painted counts
};

} // namespace gatehouse::timeline
