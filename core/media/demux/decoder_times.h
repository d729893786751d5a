// Turns the timestamps cameras write into one continuous clock per clip: it runs on when the camera's clock
// was set back or forward, and fills in missing timestamps. Microseconds. One thread.
#pragma once

#include "media/demux/clock_steps.h"

#include <deque>

namespace gatehouse::media
{

// The timestamps of one stream's packets, in file order.
class PacketTimes
{
public:
    PacketTimes() = default;
    PacketTimes(AVRational timeBase, qint64 step) : m_base(timeBase), m_steps(step) {}

    // Rewrites pts and dts of the packet to the continuous clock; a missing pts stays missing.
    void apply(AVPacket &packet);
    // The next packet comes from another position in the file: a difference is not a jump.
    void resume() { m_fresh = true; }
    void setOffset(qint64 offset);
    [[nodiscard]] qint64 offset() const { return m_offset; } // added to the file's timestamps

private:
    AVRational m_base{1, 1'000'000};
    ClockSteps m_steps;
    qint64 m_offset = 0;
    qint64 m_last = 0;
    bool m_lastIsPts = false;
    bool m_hasOffset = false;
    bool m_fresh = true;
};

// The times of the decoded frames, strictly increasing between two calls of restart().
class FrameTimes
{
public:
    // withPts: the container has presentation times; otherwise the sorted decoding times are used.
    explicit FrameTimes(bool withPts = true) : m_withPts(withPts) {}

    void restart();
    void fed(const AVPacket &packet);
    qint64 of(const AVFrame &frame);

private:
    bool m_withPts;
    std::deque<qint64> m_fed; // only without pts: decoding times of frames that have not come out yet
    qint64 m_last = AV_NOPTS_VALUE;
    qint64 m_step = 40'000;
};

bool isKeyFrame(const AVFrame &frame);

} // namespace gatehouse::media
