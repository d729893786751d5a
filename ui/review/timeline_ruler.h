// The ruler above the lanes: marks, labels and the playhead's bubble. Pressing or dragging on it moves
// the playhead; the wheel zooms. GUI thread.
#pragma once

#include "review/playhead.h"
#include "review/scrubber.h"
#include "review/timeline_axis.h"

#include <QWidget>
#include <optional>

namespace gatehouse::review
{

class TimelineRuler : public QWidget
{
    Q_OBJECT

public:
    TimelineRuler(TimelineAxis &axis, Playhead &playhead, Scrubber &scrubber, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] std::optional<QRectF> bubble() const;
    [[nodiscard]] QString bubbleText() const;

    TimelineAxis &m_axis;
    Playhead &m_playhead;
    Scrubber &m_scrubber;
};

} // namespace gatehouse::review
