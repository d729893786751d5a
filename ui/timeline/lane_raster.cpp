#include "timeline/lane_raster.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::timeline
{

LaneRaster::LaneRaster(QRgb *pixels, qsizetype line, int width, int rows, const LaneRowHeights &heights)
    : m_pixels(pixels), m_line(line), m_width(width), m_rows(rows), m_heights(heights), m_left(width)
{
    const int below = std::max(heights.top, 0);
    if (below >= std::min(heights.bottom, rows))
        return;
    const QRgb *ground = pixels + below * line;
    m_ground.assign(ground, ground + width);
    m_edge = m_ground;
    m_foot = m_ground;
}

void LaneRaster::add(int left, int right, QRgb ground, QRgb foot, QRgb edge)
{
    const int from = std::max(left, 0);
    const int to = std::min(right, m_width);
    if (from >= to || m_ground.empty())
        return;
    std::fill(m_edge.begin() + from, m_edge.begin() + to, edge);
    std::fill(m_ground.begin() + from, m_ground.begin() + to, ground);
    std::fill(m_foot.begin() + from, m_foot.begin() + to, foot);
    m_left = std::min(m_left, from);
    m_right = std::max(m_right, to);
}

void LaneRaster::write()
{
    if (m_left >= m_right)
        return;
    writeRow(m_edge, m_heights.top, m_heights.top + m_heights.edge);
    writeRow(m_ground, m_heights.top + m_heights.edge, m_heights.bottom - m_heights.foot);
    writeRow(m_foot, m_heights.bottom - m_heights.foot, m_heights.bottom);
}

void LaneRaster::writeRow(const std::vector<QRgb> &row, int from, int to)
{
    for (int y = std::max(from, 0); y < std::min(to, m_rows); ++y)
        std::memcpy(m_pixels + y * m_line + m_left, row.data() + m_left,
                    size_t(m_right - m_left) * sizeof(QRgb));
}

} // namespace gatehouse::timeline
