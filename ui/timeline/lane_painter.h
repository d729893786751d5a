// Paints the lanes of the timeline into an RGB32 image, in device pixels: backgrounds, grid, the future's
// shading, and each track into its lane. Not playhead, hover and selection. GUI thread; no I/O.
#pragma once

#include "timeline/time_grid.h"
#include "timeline/track.h"
#include "widgets/theme.h"

#include <QImage>
#include <QVector>

namespace gatehouse::timeline
{

struct LanePlace {
    TrackPtr track;
    int top = 0; // logical pixels in the image
    int height = 32;
    bool isChosen = false;
};

class LanePainter
{
public:
    LanePainter(const widgets::Theme &theme, const TimeScale &scale, qint64 now);

    void paint(QImage &image, const QVector<LanePlace> &lanes, const QVector<Tick> &ticks);

private:
    const widgets::Theme &m_theme;
    TimeScale m_scale;
    qint64 m_now;
};

} // namespace gatehouse::timeline
