// Turns items into painted blocks, at any density: at most two blocks per `least` device pixels of a lane.
// Every item is covered by a block, and every block covers an item. Device pixels. Any thread.
#pragma once

#include "timeline/lane_series.h"

#include <QVector>
#include <algorithm>

namespace gatehouse::timeline
{

// Device pixels: x = (time - start) / msPerPixel.
struct DeviceScale {
    double start = 0;
    double msPerPixel = 1;
    int width = 0;

    // Called some 100,000 times per frame, so it avoids floor(). Clamped, so that the integer stays in range.
    [[nodiscard]] int xOf(qint64 t) const
    {
        constexpr double far = 1 << 24;
        const double x = std::clamp((double(t) - start) / msPerPixel, -far, far);
        const int towardsZero = int(x);
        return towardsZero - (x < towardsZero ? 1 : 0);
    }
    [[nodiscard]] qint64 timeAt(double x) const { return qint64(start + x * msPerPixel); }
};

struct Block {
    int left = 0;
    int right = 0; // exclusive
    ClipCategory category = ClipCategory::Motion;
    bool troubled = false; // one of its items is incomplete or damaged
    int item = -1;         // index in the series where the block is one item, else -1

    friend bool operator==(const Block &, const Block &) = default;
};

// least: minimum width of a block.
QVector<Block> blocksOf(const LaneSeries &series, const DeviceScale &scale, int least);

} // namespace gatehouse::timeline
