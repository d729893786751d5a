#include "review/lane_blocks.h"

#include <cmath>

namespace gatehouse::review
{

int DeviceScale::xOf(qint64 t) const
{
    // Far outside is as good as infinitely far: keeps the integer in range.
    constexpr double far = 1 << 24;
    return int(std::floor(std::clamp((double(t) - start) / msPerPixel, -far, far)));
}

QVector<Block> blocksOf(const LaneSeries &series, const DeviceScale &scale, int least)
{
    QVector<Block> out;
    const auto &items = series.items();
    int i = series.firstEndingAfter(scale.timeAt(-least - 1) - 1);
    const qint64 end = scale.timeAt(scale.width + 1) + 1; // less than a ms per pixel: rounded up
    while (i < series.size() && items[i].captured < end) {
        const int left = scale.xOf(items[i].captured);
        const int next = std::max(i + 1, series.firstStartingAt(scale.timeAt(left + least), i + 1));
        if (next == i + 1) {
            const int right = std::max(left + least, scale.xOf(endOf(items[i]) - 1) + 1);
            if (right > 0)
                out.append({left, right, lookOf(items[i]), isTroubled(items[i]), i});
        } else {
            // Several start within the least width: one block for their heads, and the longest of
            // them goes on in its own colour.
            const LaneSeries::Run run = series.run(i, next);
            const auto &longest = items[run.longest];
            const int head = left + least;
            const int tail = scale.xOf(endOf(longest) - 1) + 1;
            if (tail > head && tail > 0)
                out.append({head, tail, lookOf(longest), isTroubled(longest), -1});
            if (head > 0)
                out.append({left, head, run.look, run.troubled, -1});
        }
        i = next;
    }
    return out;
}

} // namespace gatehouse::review
