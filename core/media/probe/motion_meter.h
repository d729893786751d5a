// Measures how much moves in a clip from the frames that its examination decodes anyway: every 200 ms it
// compares the brightness of 64 x 36 cells with that of the last compared frame. A cell has changed if it
// differs by more than noise does, after the change that the whole picture shares (exposure, a light that is
// switched on). The sizes of encoded frames say less: a camera with a fixed bit rate spends its bits on the
// noise of a still scene. One thread. Costs some 40,000 reads per compared frame.
#pragma once

#include "base/motion_profile.h"
#include "media/demux/av.h"

#include <optional>
#include <vector>

namespace gatehouse::media
{

class MotionMeter
{
public:
    // An intact frame, in display order; time: microseconds from the start of the clip.
    void add(const AVFrame &frame, qint64 time);

    [[nodiscard]] const MotionProfile &profile() const { return m_profile; }

private:
    [[nodiscard]] double changedSince(const std::vector<int> &cells);

    MotionProfile m_profile;
    std::vector<int> m_cells; // of the last compared frame, at m_time
    std::vector<int> m_cellsNow;
    std::vector<int> m_differences, m_sorted;
    qint64 m_time = 0;
    int m_width = 0;
    int m_height = 0;
};

} // namespace gatehouse::media
