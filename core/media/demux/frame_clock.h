// The length of a clip from the actual timestamps of its frames: follows variable rates, and replaces clock
// jumps (see ClockSteps) with the usual step, so that ten seconds of frames last ten seconds whatever the
// container claims. One thread. Times in microseconds.
#pragma once

#include "media/demux/clock_steps.h"

#include <optional>

namespace gatehouse::media
{

class FrameClock
{
public:
    // `nominalStep`: from the declared rate, used until real steps are known; 0: unknown (1/25 s).
    explicit FrameClock(qint64 nominalStep);

    // In display order. No time: one usual step after the last frame. `shownFor`: 0: unknown.
    // Returns the frame's position on the clip's own axis, which begins at 0.
    qint64 add(std::optional<qint64> time, qint64 shownFor);

    // From the first frame to the end of the last.
    [[nodiscard]] qint64 length() const;

private:
    ClockSteps m_steps;
    std::optional<qint64> m_last;
    qint64 m_lastShownFor = 0;
    qint64 m_position = 0;
    int m_pictures = 0;
};

} // namespace gatehouse::media
