// From items to what is painted, at any density: at most two blocks for each `least` device pixels of
// a lane. Every item lies under a block and every block over an item. Device pixels. Any thread.
#pragma once

#include "review/lane_series.h"

#include <QVector>

namespace gatehouse::review
{

// Device pixels: x = (time - start) / msPerPixel.
struct DeviceScale {
    double start = 0;
    double msPerPixel = 1;
    int width = 0;

    [[nodiscard]] int xOf(qint64 t) const;
    [[nodiscard]] qint64 timeAt(double x) const { return qint64(start + x * msPerPixel); }
};

struct Block {
    int left = 0;
    int right = 0; // exclusive
    Look look = Look::Motion;
    bool troubled = false; // one of its items is incomplete or damaged
    int item = -1;         // index in the series where the block is one item, else -1

    friend bool operator==(const Block &, const Block &) = default;
};

// least: the least width of a block.
QVector<Block> blocksOf(const LaneSeries &series, const DeviceScale &scale, int least);

} // namespace gatehouse::review
