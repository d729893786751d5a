// The room a track paints into: one lane of an RGB32 image whose ground, grid and future are painted already.
// Thousands of boxes go straight into the pixels, texts and lines through the painter; both count in device
// pixels of the whole image. A track stays within its lane and leaves the painter as it was. GUI thread.
#pragma once

#include "timeline/lane_blocks.h"
#include "timeline/time_scale.h"
#include "widgets/theme.h"

#include <QColor>
#include <cmath>

class QPainter;

namespace gatehouse::timeline
{

struct LaneCanvas {
    QPainter &painter;
    const widgets::Theme &theme;
    QRgb *pixels;    // the first row of the image
    qsizetype line;  // pixels from row to row
    int rows;        // of the image: a lane may reach beyond it
    double factor;   // device pixels of a logical one
    TimeScale scale; // logical pixels
    DeviceScale deviceScale;
    int top = 0; // logical pixels in the image, as is the height
    int height = 0;
    QColor ground = {};

    [[nodiscard]] int device(double logical) const { return int(std::lround(logical * factor)); }
    // Without QPainter's overhead; clips to the image.
    void fill(int left, int fromTop, int width, int fillHeight, const QColor &colour) const;
};

} // namespace gatehouse::timeline
