// The length of a clip from the times its pictures really carry: variable rates are followed, and where
// the clock jumps (see ClockSteps) the usual step is taken instead, so that ten seconds of pictures are
// ten seconds whatever the container claims. One thread. Times in microseconds.
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

    // In the order shown. No time: one usual step after the last. `shownFor`: 0: unknown.
    // Returns the picture's place on the clip's own axis, which begins at 0.
    qint64 add(std::optional<qint64> time, qint64 shownFor);

    // From the first picture to the end of the last.
    [[nodiscard]] qint64 length() const;

private:
    ClockSteps m_steps;
    std::optional<qint64> m_last;
    qint64 m_lastShownFor = 0;
    qint64 m_position = 0;
    int m_pictures = 0;
};

} // namespace gatehouse::media
