// What the times of neighbouring pictures say: the pause between them, however long a camera rests, or a
// clock that was set (a reset, recordings glued together), where one usual step stands in. The one rule
// for how long a clip is and how it plays. One thread. Times in microseconds.
#pragma once

#include "media/demux/av.h"

#include <QtGlobal>
#include <vector>

namespace gatehouse::media
{

class ClockSteps
{
public:
    // `nominal`: taken as usual until steps are known; 0 or absurd: unknown (1/25 s).
    explicit ClockSteps(qint64 nominal = 0);

    // `maxBack`: how far stamps go back without a clock being set.
    [[nodiscard]] bool isJump(qint64 step, qint64 maxBack = 0) const;
    void add(qint64 step); // one that was no jump
    [[nodiscard]] qint64 usual() const;

private:
    [[nodiscard]] bool isPause(qint64 step) const;

    qint64 m_nominal;
    qint64 m_sum = 0;
    qint64 m_steps = 0;
};

// The usual step by the times of a stream's first packets, in any order, if all have one, else by its
// declared rate; 0: unknown.
qint64 nominalStep(const AVStream &stream, std::vector<qint64> firstTimes);

// In microseconds; AV_NOPTS_VALUE: none, or what no clock shows (30,000 years).
qint64 inMicroseconds(qint64 stamp, AVRational base);

// By how much the pictures begin after the sound, where a viewer would miss it; 0 where they begin
// together or share no clock. Both AV_NOPTS_VALUE where unknown.
qint64 delayOfPictures(qint64 firstPicture, qint64 firstSound);
// Sound goes on after the pictures, so long that a viewer would miss it.
bool outlasts(qint64 soundEnd, qint64 picturesEnd);
// Streams that begin so far from each other share no clock.
bool shareClock(qint64 firstPicture, qint64 firstSound);

} // namespace gatehouse::media
