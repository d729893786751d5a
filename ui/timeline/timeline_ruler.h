// The ruler above the lanes: marks, labels and the playhead's bubble. Pressing or dragging moves the
// playhead; the wheel zooms. GUI thread.
#pragma once

#include "models/playhead.h"
#include "timeline/scrubber.h"
#include "timeline/time_grid.h"
#include "timeline/timeline_axis.h"

#include <QWidget>
#include <optional>

namespace gatehouse::timeline
{

class TimelineRuler : public QWidget
{
    Q_OBJECT

public:
    TimelineRuler(TimelineAxis &axis, const models::Playhead &playhead, Scrubber &scrubber,
                  QWidget *parent = nullptr);

    [[nodiscard]] QVector<QRectF> wordPlaces() const; // of the labels and the bubble, from left to right

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    struct Label {
        QRectF place;
        Tick tick;
    };
    [[nodiscard]] QVector<Tick> ticks() const;
    [[nodiscard]] QVector<Label> labelsOf(const QVector<Tick> &ticks) const;
    [[nodiscard]] std::optional<QRectF> bubble() const;
    [[nodiscard]] QString bubbleText() const;

    TimelineAxis &m_axis;
    const models::Playhead &m_playhead;
    Scrubber &m_scrubber;
};

} // namespace gatehouse::timeline
