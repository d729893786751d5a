// The blocks of one lane, composed as pixel rows and written to the image once: within a lane, each row has
// the same background, and each part of a block the same rows. So painting costs pixels, however many blocks
// there are. Device pixels. Any thread.
#pragma once

#include <QRgb>
#include <vector>

namespace gatehouse::timeline
{

// The parts of a block from the top: an edge that may warn, its background, its foot in full colour.
struct LaneRowHeights {
    int top = 0;
    int edge = 0;
    int foot = 0;
    int bottom = 0; // exclusive
};

class LaneRaster
{
public:
    // pixels: the first row of an RGB32 image whose ground is painted; line: pixels from row to row.
    // Rows above 0 or from `rows` on are left out.
    LaneRaster(QRgb *pixels, qsizetype line, int width, int rows, const LaneRowHeights &heights);

    // From left to right (exclusive); both may be outside the image.
    void add(int left, int right, QRgb ground, QRgb foot, QRgb edge);
    void write();

private:
    void writeRow(const std::vector<QRgb> &row, int from, int to);

    QRgb *m_pixels;
    qsizetype m_line;
    int m_width;
    int m_rows;
    LaneRowHeights m_heights;
    std::vector<QRgb> m_edge, m_ground, m_foot; // empty: the lane is outside the image
    int m_left;                                 // of all that was added
    int m_right = 0;
};

} // namespace gatehouse::timeline
