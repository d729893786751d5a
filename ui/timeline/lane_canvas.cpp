#include "timeline/lane_canvas.h"

#include <algorithm>

namespace gatehouse::timeline
{

void LaneCanvas::fill(int left, int fromTop, int width, int fillHeight, const QColor &colour) const
{
    const int from = std::max(left, 0);
    const int to = std::min(left + width, deviceScale.width);
    const int last = std::min(fromTop + fillHeight, rows);
    const QRgb pixel = colour.rgb();
    for (int y = std::max(fromTop, 0); y < last && from < to; ++y)
        std::fill_n(pixels + y * line + from, to - from, pixel);
}

} // namespace gatehouse::timeline
