// Interprets the timestamps of neighbouring frames: a pause, however long the camera rests, or a clock that
// was set (a reset, concatenated recordings), which is replaced by one usual step. The only rule for how long
// a clip is and how it plays. One thread. Times in microseconds.
#pragma once

#include "media/demux/av.h"

#include <QtGlobal>
#include <vector>

namespace gatehouse::media
{

class ClockSteps
{
public:
    // `nominal`: assumed until steps are known; 0 or absurd: unknown (1/25 s).
    explicit ClockSteps(qint64 nominal = 0);

    // `maxBack`: how far timestamps may go back without counting as a jump.
    [[nodiscard]] bool isJump(qint64 step, qint64 maxBack = 0) const;
    void add(qint64 step); // a step that was no jump
    [[nodiscard]] qint64 usual() const;

private:
    [[nodiscard]] bool isPause(qint64 step) const;

    qint64 m_nominal;
    qint64 m_sum = 0;
    qint64 m_steps = 0;
};

// The usual step, from the timestamps of a stream's first packets, in any order, if all have one, otherwise
// from its declared rate; 0: unknown.
qint64 nominalStep(const AVStream &stream, std::vector<qint64> firstTimes);

// In microseconds; AV_NOPTS_VALUE: none, or an impossible time (30,000 years).
qint64 inMicroseconds(qint64 stamp, AVRational base);

// How much later than the audio the video starts, if a viewer would notice; 0 if they start together or share
// no clock. Pass AV_NOPTS_VALUE if unknown.
qint64 delayOfPictures(qint64 firstPicture, qint64 firstSound);
// The audio outlasts the video by so much that a viewer would notice.
bool outlasts(qint64 soundEnd, qint64 picturesEnd);
// False if the streams start too far apart to share a clock.
bool shareClock(qint64 firstPicture, qint64 firstSound);

} // namespace gatehouse::media
