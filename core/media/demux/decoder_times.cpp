#include "media/demux/decoder_times.h"

#include <algorithm>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kMaxJitter = 100'000;
constexpr qint64 kMaxReordering = 2'000'000;
constexpr qint64 kMaxFrameStep = 2'000'000; // between two frames of a slow camera
constexpr qint64 kMinFrameStep = 1'000;     // separates frames with colliding timestamps
constexpr size_t kMaxFed = 600;

} // namespace

void PacketTimes::setOffset(qint64 offset)
{
    m_offset = offset;
    m_hasOffset = true;
}

void PacketTimes::apply(AVPacket &packet)
{
    constexpr AVRational micro{1, 1'000'000};
    const auto scaled = [&](qint64 stamp) {
        return stamp == AV_NOPTS_VALUE ? stamp : av_rescale_q(stamp, m_base, micro);
    };
    const qint64 pts = scaled(packet.pts);
    const qint64 dts = scaled(packet.dts);
    const qint64 raw = dts != AV_NOPTS_VALUE ? dts : pts;
    qint64 now = 0;
    if (raw == AV_NOPTS_VALUE) {
        now = m_fresh && m_last == 0 ? 0 : m_last + m_steps.usual();
    } else {
        if (!m_hasOffset)
            setOffset(-(pts != AV_NOPTS_VALUE ? pts : raw));
        now = raw + m_offset;
        // Presentation times alone go back and forth by the reordering depth.
        const bool isReordered = dts == AV_NOPTS_VALUE || m_lastIsPts;
        m_lastIsPts = dts == AV_NOPTS_VALUE;
        if (!m_fresh && m_steps.isJump(now - m_last, isReordered ? kMaxReordering : kMaxJitter)) {
            const qint64 next = m_last + m_steps.usual();
            m_offset += next - now;
            now = next;
        } else if (!m_fresh) {
            m_steps.add(now - m_last);
        }
    }
    m_fresh = false;
    m_last = now;
    packet.dts = now;
    packet.pts = pts == AV_NOPTS_VALUE ? pts : pts + m_offset;
    packet.duration = std::max<qint64>(0, av_rescale_q(packet.duration, m_base, micro));
}

void FrameTimes::restart()
{
    m_fed.clear();
    m_last = AV_NOPTS_VALUE;
}

void FrameTimes::fed(const AVPacket &packet)
{
    if (m_withPts)
        return;
    m_fed.push_back(packet.dts);
    if (m_fed.size() > kMaxFed)
        m_fed.pop_front();
}

qint64 FrameTimes::of(const AVFrame &frame)
{
    qint64 time = frame.pts;
    if (!m_withPts) {
        // Frames come out in display order, so the next one takes the earliest remaining time; a keyframe,
        // and the first frame after a seek, drop the times of packets that yielded no frame.
        if (isKeyFrame(frame) || m_last == AV_NOPTS_VALUE) {
            while (!m_fed.empty() && m_fed.front() < frame.pts)
                m_fed.pop_front();
        }
        if (!m_fed.empty()) {
            time = m_fed.front();
            m_fed.pop_front();
        }
    }
    if (time == AV_NOPTS_VALUE && m_last == AV_NOPTS_VALUE)
        time = frame.pkt_dts;
    if (time == AV_NOPTS_VALUE)
        time = m_last == AV_NOPTS_VALUE ? 0 : m_last + m_step;
    if (m_last != AV_NOPTS_VALUE) {
        time = std::max(time, m_last + kMinFrameStep);
        if (time - m_last <= kMaxFrameStep)
            m_step = time - m_last;
    }
    m_last = time;
    return time;
}

bool isKeyFrame(const AVFrame &frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
    return (frame.flags & AV_FRAME_FLAG_KEY) != 0;
#else
    return frame.key_frame != 0;
#endif
}

} // namespace gatehouse::media
