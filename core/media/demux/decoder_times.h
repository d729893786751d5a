// From the time stamps cameras write to one clock per clip that never jumps: a clock that was set back
// or forward in the middle continues, missing stamps are filled in. Microseconds. One thread.
#pragma once

#include "media/demux/clock_steps.h"

#include <deque>

namespace gatehouse::media
{

// The stamps of one stream's packets, in file order.
class PacketTimes
{
public:
    PacketTimes() = default;
    PacketTimes(AVRational timeBase, qint64 step) : m_base(timeBase), m_steps(step) {}

    // Rewrites pts and dts of the packet to the continuous clock; a missing pts stays missing.
    void apply(AVPacket &packet);
    // The next packet comes from another place of the file: a difference is no jump.
    void resume() { m_fresh = true; }
    void setOffset(qint64 offset);
    [[nodiscard]] qint64 offset() const { return m_offset; } // what is added to the file's stamps

private:
    AVRational m_base{1, 1'000'000};
    ClockSteps m_steps;
    qint64 m_offset = 0;
    qint64 m_last = 0;
    bool m_lastIsPts = false;
    bool m_hasOffset = false;
    bool m_fresh = true;
};

// The times of the decoded pictures, strictly rising between two calls of restart().
class FrameTimes
{
public:
    // withPts: the container says when a picture is shown; otherwise the order of decoding times does.
    explicit FrameTimes(bool withPts = true) : m_withPts(withPts) {}

    void restart();
    void fed(const AVPacket &packet);
    qint64 of(const AVFrame &frame);

private:
    bool m_withPts;
    std::deque<qint64> m_fed; // only without pts: decoding times whose picture has not come out yet
    qint64 m_last = AV_NOPTS_VALUE;
    qint64 m_step = 40'000;
};

bool isKeyFrame(const AVFrame &frame);

} // namespace gatehouse::media
