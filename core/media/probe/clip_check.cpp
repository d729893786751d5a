#include "media/probe/clip_check.h"

#include "media/demux/cpu_timer.h"
#include "media/demux/decode_log.h"
#include "media/demux/frame_clock.h"
#include "media/probe/poster.h"

#include <algorithm>
#include <deque>
#include <vector>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kMaxGroupBytes = 64 << 20;
constexpr int kEnoughContrast = 8;

constexpr size_t kFirstPackets = 8; // reveal the usual step

qint64 inMs(qint64 microseconds)
{
    return (microseconds + 500) / 1000;
}

class Checker
{
public:
    Checker(ClipReader &reader, const CheckEffort &effort)
        : m_reader(reader), m_effort(effort), m_frame(av_frame_alloc())
    {
        m_reader.followSound();
        std::vector<qint64> times;
        while (m_first.size() < kFirstPackets) {
            const AVPacket *packet = m_reader.nextPacket();
            if (packet == nullptr)
                break;
            times.push_back(decodingTimeOf(*packet).value_or(AV_NOPTS_VALUE));
            m_first.emplace_back(av_packet_clone(packet));
        }
        m_clock = m_packetClock = FrameClock(nominalStep(*reader.stream(), times));
    }

    ClipCheck run(qint64 fileBytes)
    {
        while (const AVPacket *packet = nextPacket()) {
            if (m_found.packets == 0)
                m_beginsWithKeyframe = (packet->flags & AV_PKT_FLAG_KEY) != 0;
            ++m_found.packets;
            m_packetClock.add(decodingTimeOf(*packet), timeOf(packet->duration).value_or(0));
            if (m_reader.isEncrypted() || isSpent())
                break;
            if (m_found.isComplete)
                feed(packet);
            else
                feedSparsely(packet);
        }
        if (!m_found.isComplete && m_found.isRead)
            feedLastGroup();
        feed(nullptr);
        // A recording that starts between two keyframes shows nothing until the first of them.
        m_found.isBeginMissing = m_found.isComplete && !m_beginsWithKeyframe &&
                                 m_found.pictures + m_found.faults < m_found.packets;
        m_found.missingPackets = countMissing(fileBytes);
        m_found.faultsAtEnd = int(std::count_if(m_lastFaults.begin(), m_lastFaults.end(),
                                                [this](int at) { return at >= m_found.packets - 1; }));
        measure();
        m_found.motion = m_motion.profile();
        return std::move(m_found);
    }

private:
    const AVPacket *nextPacket()
    {
        if (m_first.empty())
            return m_reader.nextPacket();
        m_taken = std::move(m_first.front());
        m_first.pop_front();
        return m_taken.get();
    }

    void measure()
    {
        const FrameClock &clock = m_found.isComplete ? m_clock : m_packetClock;
        const qint64 pictures = clock.length();
        const auto sound = m_reader.sound();
        const qint64 begin = m_firstTime.value_or(AV_NOPTS_VALUE);
        const qint64 delay = sound ? delayOfPictures(begin, sound->begin) : 0;
        const qint64 soundEnd = sound && shareClock(begin, sound->begin) ? sound->end - begin + delay : 0;
        m_found.picturesEnd = inMs(delay + pictures);
        m_found.soundEnd = inMs(soundEnd);
        m_found.duration = outlasts(soundEnd, delay + pictures) ? m_found.soundEnd : m_found.picturesEnd;
        m_found.isDurationAssumed = m_reader.isRateAssumed();
        if (!m_found.isRead)
            m_found.duration = std::max<qint64>(m_found.duration, m_reader.format()->duration / 1000);
    }

    [[nodiscard]] std::optional<qint64> decodingTimeOf(const AVPacket &packet) const
    {
        return timeOf(packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts);
    }

    // True: out of time. After sparseAfterMs, or once the pixels are spent, decodes only keyframes.
    bool isSpent()
    {
        const qint64 elapsed = m_timer.elapsedMs();
        if (m_found.isComplete && (m_effort.pixels <= 0 || elapsed > m_effort.sparseAfterMs)) {
            m_found.isComplete = false;
            feed(nullptr);
            avcodec_flush_buffers(m_reader.decoder());
            m_reader.decoder()->skip_frame = AVDISCARD_NONKEY;
        }
        m_found.isRead = elapsed < m_effort.endAfterMs;
        return !m_found.isRead;
    }

    [[nodiscard]] std::optional<qint64> timeOf(int64_t stamp) const
    {
        const qint64 time = inMicroseconds(stamp, m_reader.stream()->time_base);
        return time != AV_NOPTS_VALUE ? std::optional(time) : std::nullopt;
    }

    void feed(const AVPacket *packet)
    {
        if (decode(packet))
            countFault();
    }

    // Whether the frame came out damaged or not at all.
    bool decode(const AVPacket *packet)
    {
        takeDecodeErrors();
        const int sent = avcodec_send_packet(m_reader.decoder(), packet);
        bool isFaulty = sent < 0 && sent != AVERROR_EOF;
        while (m_frame && avcodec_receive_frame(m_reader.decoder(), m_frame.get()) >= 0) {
            isFaulty = isFaulty || m_frame->decode_error_flags != 0;
            takePicture(isFaulty);
            av_frame_unref(m_frame.get());
        }
        return takeDecodeErrors() > 0 || isFaulty;
    }

    void countFault()
    {
        if (m_found.pictures == 0 && !m_beginsWithKeyframe)
            return; // not damaged: the start of the recording is missing
        ++m_found.faults;
        m_lastFaults.push_back(m_found.packets);
        if (m_lastFaults.size() > 2)
            m_lastFaults.pop_front();
    }

    void takePicture(bool isFaulty)
    {
        const auto time = timeOf(m_frame->best_effort_timestamp);
        if (m_found.pictures == 0)
            m_firstTime = time;
        const qint64 position = m_clock.add(time, timeOf(durationOf(*m_frame)).value_or(0));
        if (!isFaulty)
            meterMotion(position, time);
        ++m_found.pictures;
        if (m_firstShown == AV_PICTURE_TYPE_NONE)
            m_firstShown = m_frame->pict_type;
        m_effort.pixels -= qint64(m_frame->width) * m_frame->height;
        if (!m_found.firstPicture)
            m_found.firstPicture.reset(av_frame_clone(m_frame.get()));
        if (!isFaulty && !m_hasSample && contrastOf(*m_frame) >= kEnoughContrast) {
            m_hasSample = true;
            m_found.sample.reset(av_frame_clone(m_frame.get()));
        }
    }

    // Decodes each keyframe on its own. A frame wrongly flagged as a keyframe needs skipped ones: its faults
    // are ignored.
    void feedSparsely(const AVPacket *packet)
    {
        if ((packet->flags & AV_PKT_FLAG_KEY) != 0) {
            m_firstShown = AV_PICTURE_TYPE_NONE;
            const bool isFaulty = decode(packet);
            const bool isFaultyAtEnd = decode(nullptr);
            avcodec_flush_buffers(m_reader.decoder());
            if (isOwnPicture() && (isFaulty || isFaultyAtEnd))
                countFault();
            m_group.clear();
            m_groupBytes = 0;
        } else if (m_group.empty()) {
            return; // its keyframe came before the budget was spent
        }
        m_groupBytes += packet->size;
        if (m_groupBytes <= kMaxGroupBytes)
            m_group.emplace_back(av_packet_clone(packet));
    }

    // The last keyframe was already shown; its group is decoded again to reach the very last frame. Frames
    // shown before the keyframe need the previous group.
    void feedLastGroup()
    {
        if (m_group.empty() || m_groupBytes > kMaxGroupBytes)
            return;
        m_reader.decoder()->skip_frame = AVDISCARD_DEFAULT;
        m_firstShown = AV_PICTURE_TYPE_NONE;
        const int faultsBefore = m_found.faults;
        const std::deque<int> lastFaultsBefore = m_lastFaults;
        const int64_t begin = m_group.front()->pts;
        int mayLead = begin == AV_NOPTS_VALUE ? m_reader.decoder()->has_b_frames : 0;
        for (const Av<AVPacket> &packet : m_group) {
            if (m_timer.elapsedMs() > m_effort.endAfterMs)
                break;
            if (packet->pts != AV_NOPTS_VALUE && begin != AV_NOPTS_VALUE && packet->pts < begin)
                continue;
            const bool isFaulty = decode(packet.get());
            const bool isJudged = packet == m_group.front() || mayLead-- <= 0;
            if (isFaulty && isJudged)
                countFault();
        }
        if (decode(nullptr))
            countFault();
        if (!isOwnPicture()) {
            m_found.faults = faultsBefore;
            m_lastFaults = lastFaultsBefore;
        }
    }

    // The clock takes the steps between keyframes for jumps.
    void meterMotion(qint64 position, std::optional<qint64> time)
    {
        if (m_found.isComplete)
            m_motion.add(*m_frame, position);
        else if (time && m_firstTime)
            m_motion.add(*m_frame, *time - *m_firstTime);
    }

    [[nodiscard]] bool isOwnPicture() const { return m_firstShown == AV_PICTURE_TYPE_I; }

    [[nodiscard]] int countMissing(qint64 fileBytes) const
    {
        AVStream *stream = m_reader.stream();
        int missing = 0;
        for (int i = avformat_index_get_entries_count(stream) - 1; i >= 0; --i) {
            const AVIndexEntry *entry = avformat_index_get_entry(stream, i);
            missing += entry != nullptr && entry->pos > fileBytes - entry->size ? 1 : 0;
        }
        return missing;
    }

    ClipReader &m_reader;
    CheckEffort m_effort;
    CpuTimer m_timer;
    std::deque<Av<AVPacket>> m_first; // already read
    Av<AVPacket> m_taken;             // from m_first
    std::optional<qint64> m_firstTime;
    FrameClock m_clock{0};
    FrameClock m_packetClock{0}; // for clips that are not fully decoded
    MotionMeter m_motion;
    Av<AVFrame> m_frame;
    ClipCheck m_found;
    bool m_beginsWithKeyframe = true;
    bool m_hasSample = false;
    AVPictureType m_firstShown = AV_PICTURE_TYPE_NONE; // since the last reset
    std::deque<int> m_lastFaults;
    std::deque<Av<AVPacket>> m_group;
    qint64 m_groupBytes = 0;
};

} // namespace

ClipCheck checkClip(ClipReader &reader, qint64 fileBytes, const CheckEffort &effort)
{
    return Checker(reader, effort).run(fileBytes);
}

} // namespace gatehouse::media
