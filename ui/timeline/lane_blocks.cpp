#include "timeline/lane_blocks.h"

namespace gatehouse::timeline
{

QVector<Block> blocksOf(const LaneSeries &series, const DeviceScale &scale, int least)
{
    QVector<Block> out;
    int crowd = 1;
    int i = series.firstEndingAfter(scale.timeAt(-least - 1) - 1);
    const qint64 end = scale.timeAt(scale.width + 1) + 1; // less than a ms per pixel: rounded up
    out.reserve(std::min(series.size() - i, 2 * (scale.width / least + 2)));
    while (i < series.size() && series.startOf(i) < end) {
        const int left = scale.xOf(series.startOf(i));
        const int next =
            std::max(i + 1, series.firstStartingAt(scale.timeAt(left + least), i + 1, crowd / 2));
        crowd = next - i; // the next block will contain about as many
        const LaneSeries::Run run = series.run(i, next);
        const int tail = scale.xOf(run.end - 1) + 1;
        const int head = left + least;
        if (next == i + 1) {
            if (std::max(head, tail) > 0)
                out.append({left, std::max(head, tail), run.category, run.troubled, i});
        } else {
            // If several start within the minimum width: one block for their starts, and the longest
            // continues in its own colour.
            if (tail > head && tail > 0) {
                const LaneSeries::Run longest = series.one(run.longest);
                out.append({head, tail, longest.category, longest.troubled, -1});
            }
            if (head > 0)
                out.append({left, head, run.category, run.troubled, -1});
        }
        i = next;
    }
    return out;
}

} // namespace gatehouse::timeline
