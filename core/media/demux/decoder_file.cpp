#include "media/demux/decoder_file.h"

#include <QCoreApplication>
#include <algorithm>

namespace gatehouse::media
{

namespace
{

constexpr int kOpenAnalyzeMs = 500;
constexpr int kPeekedVideo = 8;     // packets that reveal whether the container has presentation times
constexpr int kPeekedPackets = 512; // audio may start some seconds earlier
constexpr qint64 kSoundStep = 20'000;
constexpr qint64 kMinStep = 1'000; // of frames whose rate is derived from their clip's length
constexpr qint64 kMaxMeanFrameStep = 60'000'000;
constexpr qint64 kMaxScanBytes = qint64(256) << 20; // bytes; for larger files the container is trusted

bool seeksByBytes(const Input &input)
{
    return input.isBareStream() || input.container() == QLatin1String("mpegts") ||
           input.container() == QLatin1String("mpeg");
}

qint64 firstStamp(const AVPacket &packet)
{
    return packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
}

} // namespace

Result<std::unique_ptr<ClipFile>> ClipFile::open(std::unique_ptr<Source> source,
                                                 std::function<bool()> interrupted, qint64 length)
{
    std::unique_ptr<ClipFile> file(new ClipFile);
    file->m_interrupted = std::move(interrupted);
    file->m_source = std::move(source);
    if (const auto opened = file->openInput(); !opened)
        return tl::unexpected(opened.error());
    file->peek();
    if (length > 0 && file->m_input->isBareStream())
        file->spreadOver(length);
    return file;
}

Result<void> ClipFile::openInput()
{
    // Over a separate source: the old input stays intact, with its streams, until the new one is ready.
    auto source = m_source->again();
    auto input = Input::open(*source, kOpenAnalyzeMs);
    if (!input)
        return tl::unexpected(input.error());
    AVFormatContext *format = (*input)->format();
    const int video = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (video < 0)
        return fail(ErrorKind::Corrupt,
                    QCoreApplication::translate("media", "This file contains no picture."));
    m_peeked.clear();
    m_input = std::move(*input);
    m_source = std::move(source);
    m_video = format->streams[video];
    const int sound = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, video, nullptr, 0);
    m_sound = sound >= 0 ? format->streams[sound] : nullptr;
    for (unsigned i = 0; i < format->nb_streams; ++i) {
        if (int(i) != video && int(i) != sound)
            format->streams[i]->discard = AVDISCARD_ALL;
    }
    m_videoNumber = 0;
    m_soundNumber = 0;
    m_counting = true;
    m_isAstray = false;
    m_skipTo = 0;
    return {};
}

// Audio uses the video's clock, so that they stay in sync; that requires the video's first packet.
void ClipFile::peek()
{
    int videoSeen = 0;
    std::vector<qint64> videoTimes;
    qint64 videoStart = AV_NOPTS_VALUE;
    qint64 soundStart = AV_NOPTS_VALUE;
    while (videoSeen < kPeekedVideo && m_peeked.size() < kPeekedPackets) {
        Av<AVPacket> packet = readRaw();
        if (!packet)
            break;
        const bool isVideo = packet->stream_index == m_video->index;
        const AVStream &stream = isVideo ? *m_video : *m_sound;
        if (isVideo) {
            ++videoSeen;
            m_hasPts = m_hasPts || packet->pts != AV_NOPTS_VALUE;
        }
        auto &start = isVideo ? videoStart : soundStart;
        if (start == AV_NOPTS_VALUE)
            start = inMicroseconds(firstStamp(*packet), stream.time_base);
        if (isVideo)
            videoTimes.push_back(
                inMicroseconds(packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts, stream.time_base));
        m_peeked.push_back(std::move(packet));
    }
    m_videoStep = nominalStep(*m_video, videoTimes);
    m_videoTimes = PacketTimes(m_video->time_base, m_videoStep);
    if (videoStart != AV_NOPTS_VALUE)
        m_videoTimes.setOffset(-videoStart);
    m_videoStart = m_videoTimes.offset();
    if (m_sound == nullptr)
        return;
    m_soundTimes = PacketTimes(m_sound->time_base, kSoundStep);
    m_sharesClock = shareClock(videoStart, soundStart);
    m_pictureDelay = delayOfPictures(videoStart, soundStart);
    if (m_sharesClock || (videoStart != AV_NOPTS_VALUE && soundStart == AV_NOPTS_VALUE))
        m_soundTimes.setOffset(-videoStart);
    m_soundStart = m_soundTimes.offset();
}

Av<AVPacket> ClipFile::readRaw()
{
    Av<AVPacket> packet(av_packet_alloc());
    while (packet) {
        const int error = av_read_frame(m_input->format(), packet.get());
        if (error == AVERROR(EAGAIN))
            continue;
        if (error < 0) {
            m_failure = error == AVERROR_EOF ? 0 : error;
            return nullptr;
        }
        const bool isSound = m_sound != nullptr && packet->stream_index == m_sound->index;
        if (isSound || packet->stream_index == m_video->index)
            return packet;
        av_packet_unref(packet.get());
    }
    return nullptr;
}

std::optional<ClipPacket> ClipFile::read()
{
    while (true) {
        Av<AVPacket> packet;
        if (m_peeked.empty()) {
            packet = readRaw();
        } else {
            packet = std::move(m_peeked.front());
            m_peeked.pop_front();
        }
        if (!packet)
            return std::nullopt;
        const bool isSound = packet->stream_index != m_video->index;
        const int number = isSound ? m_soundNumber++ : m_videoNumber++;
        stamp(*packet, isSound);
        if (m_counting && m_skipTo > 0) {
            if (m_interrupted && m_interrupted())
                return std::nullopt; // the newer request starts elsewhere
            if (isSound || number < m_skipTo)
                continue;
            m_skipTo = 0;
        }
        return ClipPacket{std::move(packet), isSound};
    }
}

void ClipFile::stamp(AVPacket &packet, bool isSound)
{
    const size_t number = size_t(isSound ? m_soundNumber : m_videoNumber) - 1;
    if (m_counting && m_index) {
        const auto &entries = isSound ? m_index->sound : m_index->video;
        if (number < entries.size()) {
            packet.pts = entries[number].pts;
            packet.dts = entries[number].dts;
            packet.duration = 0;
            return;
        }
    }
    (isSound ? m_soundTimes : m_videoTimes).apply(packet);
    if (isSound)
        m_soundEnd = std::max<qint64>(m_soundEnd, packet.dts + packet.duration);
}

std::optional<qint64> ClipFile::soundEnd() const
{
    const bool isSteady = m_sharesClock && !m_soundJumped && m_soundTimes.offset() == m_soundStart;
    return isSteady ? std::optional(m_soundEnd) : std::nullopt;
}

qint64 ClipFile::headerDuration() const
{
    if (m_length > 0)
        return m_length;
    const qint64 duration = m_input->format()->duration;
    return duration == AV_NOPTS_VALUE || duration < 0 ? 0 : duration;
}

bool ClipFile::seekKey(qint64 time)
{
    m_failure = 0;
    const bool hasIndex = avformat_index_get_entries_count(m_video) > 1;
    const bool isSteadyMatroska = m_index && !m_jumped && m_input->container() == QLatin1String("matroska");
    const bool isSteadyMp4 = m_input->container() == QLatin1String("mov") && !hasJumpInTable();
    if (((isSteadyMatroska || isSteadyMp4) && hasIndex) || (m_source->bytes() > kMaxScanBytes && m_hasPts))
        return seekByContainer(time);
    return seekByIndex(time);
}

bool ClipFile::hasJumpInTable() const
{
    ClockSteps steps(m_videoStep);
    qint64 last = AV_NOPTS_VALUE;
    for (int i = 0; i < avformat_index_get_entries_count(m_video); ++i) {
        const AVIndexEntry *entry = avformat_index_get_entry(m_video, i);
        const qint64 time =
            entry != nullptr ? inMicroseconds(entry->timestamp, m_video->time_base) : AV_NOPTS_VALUE;
        if (last != AV_NOPTS_VALUE && time != AV_NOPTS_VALUE) {
            if (steps.isJump(time - last))
                return true;
            steps.add(time - last);
        }
        last = time;
    }
    return false;
}

bool ClipFile::seekByContainer(qint64 time)
{
    m_peeked.clear();
    m_counting = false;
    const qint64 stamp =
        av_rescale_q(time - m_videoTimes.offset(), AVRational{1, 1'000'000}, m_video->time_base);
    AVFormatContext *format = m_input->format();
    if (av_seek_frame(format, m_video->index, stamp, AVSEEK_FLAG_BACKWARD) < 0 &&
        av_seek_frame(format, m_video->index, stamp, 0) < 0)
        return false;
    m_videoTimes.resume();
    m_soundTimes.resume();
    return true;
}

// Reopens the file, so that this input keeps its position; both openings yield the same packets.
bool ClipFile::makeIndex()
{
    auto scan = open(m_source->again());
    if (!scan)
        return false;
    PacketIndex index;
    while (const auto next = (*scan)->read()) {
        if (m_interrupted && m_interrupted()) // called for each packet, so a watchdog sees progress
            return false;
        const AVPacket &packet = *next->packet;
        (next->isSound ? index.sound : index.video)
            .push_back({packet.pts, packet.dts, packet.size, (packet.flags & AV_PKT_FLAG_KEY) != 0});
    }
    m_index = std::move(index);
    m_jumped = (*scan)->m_videoTimes.offset() != m_videoStart;
    m_soundJumped = (*scan)->m_soundTimes.offset() != (*scan)->m_soundStart;
    m_soundEnd = std::max(m_soundEnd, (*scan)->m_soundEnd);
    return true;
}

// Evenly, because nothing says when frames are shown.
void ClipFile::spreadOver(qint64 length)
{
    if (m_source->bytes() > kMaxScanBytes || !makeIndex())
        return;
    const auto count = qint64(m_index->video.size());
    if (count == 0 || length / count < kMinStep || length / count > kMaxMeanFrameStep)
        return;
    for (qint64 i = 0; i < count; ++i) {
        PacketIndex::Entry &entry = m_index->video[size_t(i)];
        entry.pts = AV_NOPTS_VALUE;
        entry.dts = i * length / count;
    }
    m_hasPts = false;
    m_videoStep = length / count;
    m_length = length;
}

bool ClipFile::seekByIndex(qint64 time)
{
    if (!m_index && !makeIndex())
        return false;
    const int number = m_index->keyBefore(time);
    if ((m_isAstray || number < m_videoNumber) && !rewind())
        return false;
    m_skipTo = number;
    return true;
}

bool ClipFile::rewind()
{
    AVFormatContext *format = m_input->format();
    m_peeked.clear();
    m_videoNumber = 0;
    m_soundNumber = 0;
    m_isAstray = true;
    // Without an index, Matroska seeks to wherever it has been before.
    if (m_input->container() == QLatin1String("matroska"))
        return reopen();
    const int error = seeksByBytes(*m_input)
                          ? av_seek_frame(format, m_video->index, 0, AVSEEK_FLAG_BYTE)
                          : av_seek_frame(format, m_video->index,
                                          m_video->start_time != AV_NOPTS_VALUE ? m_video->start_time : 0,
                                          AVSEEK_FLAG_BACKWARD);
    if (error >= 0) {
        // Back at the start only if the same packets follow again.
        size_t matched = 0;
        while (matched < std::min<size_t>(2, m_index->video.size()) && m_peeked.size() < kPeekedPackets) {
            Av<AVPacket> packet = readRaw();
            if (!packet)
                break;
            const bool isVideo = packet->stream_index == m_video->index;
            const int bytes = packet->size;
            m_peeked.push_back(std::move(packet));
            if (!isVideo)
                continue;
            if (bytes != m_index->video[matched].bytes)
                break;
            ++matched;
        }
        m_isAstray = matched != std::min<size_t>(2, m_index->video.size());
        if (!m_isAstray)
            return true;
    }
    return reopen();
}

bool ClipFile::reopen()
{
    const AVCodecID codec = m_video->codecpar->codec_id;
    m_isAstray = !openInput() || m_video->codecpar->codec_id != codec;
    return !m_isAstray;
}

} // namespace gatehouse::media
