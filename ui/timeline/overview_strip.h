// The whole day above the ruler: activity over time, over all visible tracks, and the part that the lanes
// show. Drag the window or its edges, click to jump. GUI thread.
#pragma once

#include "models/playhead.h"
#include "timeline/day_strip.h"
#include "timeline/timeline_axis.h"
#include "timeline/timeline_model.h"

#include <QPixmap>
#include <QWidget>

namespace gatehouse::timeline
{

class OverviewStrip : public QWidget
{
    Q_OBJECT

public:
    OverviewStrip(const TimelineModel &model, TimelineAxis &axis, const models::Playhead &playhead,
                  QWidget *parent = nullptr);

    void setTracks(const QVector<TrackPtr> &shown);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Part { None, Window, LeftEdge, RightEdge };

    void recount();
    void renderDay();
    [[nodiscard]] int nowX() const;
    [[nodiscard]] TimeScale dayScale() const; // x of this widget
    [[nodiscard]] QRectF window() const;
    [[nodiscard]] Part partAt(QPointF at) const;
    [[nodiscard]] int barsHeight() const;
    void paintBars(QPainter &painter);
    void paintHours(QPainter &painter);
    void paintWindow(QPainter &painter);

    TimelineAxis &m_axis;
    const models::Playhead &m_playhead;
    QVector<TrackPtr> m_tracks;
    DayStrip m_strip;
    bool m_isCounted = false;
    QPixmap m_picture;
    int m_pictureNow = 0;
    Part m_drag = Part::None;
    double m_lastX = 0;
};

} // namespace gatehouse::timeline
