// Dragging the playhead: each step seeks, and at the edges the timeline pans along, faster the further out
// the pointer is. x: logical pixels of the axis. GUI thread.
#pragma once

#include "models/playhead.h"
#include "timeline/timeline_axis.h"

#include <QTimer>

namespace gatehouse::timeline
{

class Scrubber : public QObject
{
    Q_OBJECT

public:
    Scrubber(TimelineAxis &axis, models::Playhead &playhead, QObject *parent = nullptr);

    void begin(double x);
    void moveTo(double x);
    void end();
    [[nodiscard]] bool isActive() const { return m_active; }

Q_SIGNALS:
    void activeChanged(bool active);

private:
    void step();

    TimelineAxis &m_axis;
    models::Playhead &m_playhead;
    QTimer m_timer;
    double m_x = 0;
    bool m_active = false;
};

} // namespace gatehouse::timeline
