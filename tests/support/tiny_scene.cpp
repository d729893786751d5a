#include "support/tiny_scene.h"

#include <QtGlobal>
#include <algorithm>
#include <cstring>
#include <vector>

namespace gatehouse::tests
{

void drawScene(AVFrame &frame, int step)
{
    std::vector<uint8_t> across(static_cast<size_t>(frame.width));
    for (int x = 0; x < frame.width; ++x)
        across[size_t(x)] = uint8_t(40 + 120 * x / frame.width);
    for (int y = 0; y < frame.height; ++y) {
        uint8_t *row = frame.data[0] + qint64(y) * frame.linesize[0];
        const int down = 40 * y / frame.height;
        std::transform(across.begin(), across.end(), row,
                       [down](uint8_t light) { return uint8_t(light + down); });
    }
    for (int plane = 1; plane < 3; ++plane) {
        for (int y = 0; y < (frame.height + 1) / 2; ++y)
            std::memset(frame.data[plane] + qint64(y) * frame.linesize[plane],
                        plane == 1 ? 110 : 130 + 40 * y / frame.height, size_t(frame.width + 1) / 2);
    }
    const int side = std::max(4, std::min(frame.width, frame.height) / 4);
    const int left = (step * std::max(1, side / 4)) % std::max(1, frame.width - side);
    const int top = frame.height / 3;
    for (int y = top; y < std::min(frame.height, top + side); ++y)
        std::memset(frame.data[0] + qint64(y) * frame.linesize[0] + left, 235, size_t(side));
}

void drawBlack(AVFrame &frame)
{
    for (int plane = 0; plane < 3; ++plane) {
        const int rows = plane == 0 ? frame.height : (frame.height + 1) / 2;
        std::memset(frame.data[plane], plane == 0 ? 16 : 128, size_t(frame.linesize[plane]) * size_t(rows));
    }
}

} // namespace gatehouse::tests
