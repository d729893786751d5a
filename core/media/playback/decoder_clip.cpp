#include "media/playback/decoder_clip.h"

#include "media/demux/foreign_clip.h"
#include "media/picture/decoder_geometry.h"
#include "media/picture/decoder_still.h"
#include "media/picture/picture_limits.h"

#include <QCoreApplication>
#include <algorithm>
#include <thread>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kWideSource = qint64(1920) * 1088; // above this, one core may not be enough
constexpr qint64 kRounding = 999; // a time given in milliseconds covers its whole millisecond
constexpr size_t kMaxAhead = 512;
constexpr qint64 kFarAhead = 10'000'000;               // limits the audio held back
constexpr qint64 kMaxHeldBackBytes = qint64(64) << 20; // over an hour of a typical camera's audio
constexpr qint64 kStandingStep = 100'000; // interval at which a still-standing last frame is repeated

} // namespace

Result<std::unique_ptr<ClipDecoder>> ClipDecoder::open(const QString &path, std::function<bool()> interrupted,
                                                       qint64 length)
{
    auto source = Source::open(path);
    if (!source)
        return tl::unexpected(source.error());
    return open(std::move(*source), std::move(interrupted), length);
}

Result<std::unique_ptr<ClipDecoder>> ClipDecoder::open(std::unique_ptr<Source> source,
                                                       std::function<bool()> interrupted, qint64 length)
{
    std::unique_ptr<ClipDecoder> decoder(new ClipDecoder);
    decoder->m_interrupted = std::move(interrupted);
    if (source->bytes() == 0)
        return fail(ErrorKind::Corrupt, QCoreApplication::translate("media", "The file is empty."));
    if (isStill(*source)) {
        if (const auto opened = decoder->openStill(*source); !opened)
            return tl::unexpected(opened.error());
        return decoder;
    }
    auto file = ClipFile::open(std::move(source), decoder->m_interrupted, length);
    if (!file)
        return tl::unexpected(file.error());
    decoder->m_file = std::move(*file);
    if (const auto opened = decoder->openVideo(); !opened)
        return tl::unexpected(opened.error());
    return decoder;
}

Result<void> ClipDecoder::openStill(const Source &source)
{
    auto still = decodeStill(source);
    if (!still)
        return tl::unexpected(still.error());
    m_orientation = still->orientation;
    const AVFrame &frame = *still->frame;
    const ShownSize shown = shownSize(frame.width, frame.height, AVRational{1, 1}, m_orientation);
    m_info = {shown.width, shown.height, 0, true, false};
    m_still = DecodedFrame{std::shared_ptr<const AVFrame>(std::move(still->frame)), 0};
    m_waiting = m_still;
    return {};
}

Result<void> ClipDecoder::openVideo()
{
    const AVStream &stream = m_file->video();
    const AVCodec *codec = avcodec_find_decoder(stream.codecpar->codec_id);
    if (codec == nullptr)
        return fail(ErrorKind::Invalid, cannotShow(*stream.codecpar));
    m_codec.reset(avcodec_alloc_context3(codec));
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), stream.codecpar) < 0)
        return fail(ErrorKind::Unavailable, QCoreApplication::translate("media", "Not enough memory."));
    m_codec->pkt_timebase = AVRational{1, 1'000'000};
    m_codec->max_pixels = kMaxPicturePixels;
    const bool isWide = qint64(stream.codecpar->width) * stream.codecpar->height > kWideSource;
    m_codec->thread_count = isWide ? std::clamp(int(std::thread::hardware_concurrency()), 1, 4) : 1;
    if (const int error = avcodec_open2(m_codec.get(), codec, nullptr); error < 0)
        return fail(ErrorKind::Corrupt, avErrorText(error));
    m_times = FrameTimes(m_file->hasPts());
    m_orientation = orientationOf(stream);
    if (m_file->sound() != nullptr)
        m_soundDecoder = SoundDecoder::open(*m_file->sound());

    m_waiting = next();
    if (!m_waiting && isInterrupted())
        return fail(ErrorKind::Cancelled, {});
    if (!m_waiting)
        return fail(ErrorKind::Corrupt,
                    QCoreApplication::translate("media", "The file is damaged: no picture can be decoded."));
    const qint64 delay = m_file->pictureDelay();
    m_origin = m_waiting->time - delay;
    m_waiting->time = delay;
    m_last = m_waiting;
    m_isOpen = true;
    const AVFrame &frame = *m_waiting->frame;
    const ShownSize shown = shownSize(frame.width, frame.height, frame.sample_aspect_ratio, m_orientation);
    m_info = {shown.width, shown.height, m_file->headerDuration(), false, m_soundDecoder != nullptr};
    return {};
}

void ClipDecoder::skipLoopFilter()
{
    if (m_codec)
        m_codec->skip_loop_filter = AVDISCARD_ALL;
}

void ClipDecoder::setSound(SoundSink *queue, qint64 base)
{
    m_sound = queue;
    m_soundBase = base;
    if (m_sound == nullptr)
        return;
    for (Av<AVPacket> &packet : std::exchange(m_earlySound, {}))
        hear(std::move(packet));
}

void ClipDecoder::hear(Av<AVPacket> packet)
{
    if (!m_soundDecoder)
        return;
    if (m_sound != nullptr) {
        if (m_heldBackBytes < kMaxHeldBackBytes) {
            m_heldBackBytes += packet->size + qint64(sizeof(AVPacket));
            m_heldBack.push_back(std::move(packet));
        }
        hearHeldBack();
    } else if (!m_isOpen && m_earlySound.size() < kMaxAhead) {
        m_earlySound.push_back(std::move(packet));
    }
}

// Up to where the video has been read.
void ClipDecoder::hearHeldBack()
{
    while (m_sound != nullptr && !m_heldBack.empty() && m_heldBack.front()->dts <= m_reached + kFarAhead) {
        m_soundDecoder->decode(*m_heldBack.front(), m_soundBase - m_origin, *m_sound);
        m_heldBackBytes -= m_heldBack.front()->size + qint64(sizeof(AVPacket));
        m_heldBack.pop_front();
    }
}

std::optional<DecodedFrame> ClipDecoder::next()
{
    if (m_waiting)
        return std::exchange(m_waiting, std::nullopt);
    if (!m_file) {
        m_atEnd = true;
        return std::nullopt;
    }
    while (!m_atEnd && !isInterrupted()) {
        if (m_isDrained)
            return stand();
        if (auto frame = receive()) {
            m_last = frame;
            return frame;
        }
        if (!m_isDrained && !m_draining && !feed()) {
            avcodec_send_packet(m_codec.get(), nullptr);
            m_draining = true;
        }
    }
    return std::nullopt;
}

std::optional<DecodedFrame> ClipDecoder::stand()
{
    const auto sound = m_last ? m_file->soundEnd() : std::nullopt;
    if (m_standUntil == 0 && sound && outlasts(*sound - m_origin, m_last->time + m_file->videoStep()))
        m_standUntil = *sound - m_origin;
    m_atEnd = !m_last || m_last->time + kStandingStep >= m_standUntil;
    if (m_atEnd)
        return std::nullopt;
    m_last->time += kStandingStep;
    m_reached = m_last->time + m_origin;
    hearHeldBack();
    return m_last;
}

std::optional<DecodedFrame> ClipDecoder::receive()
{
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame)
        return std::nullopt;
    const int error = avcodec_receive_frame(m_codec.get(), frame.get());
    if (error == AVERROR(EAGAIN))
        return std::nullopt;
    if (error < 0) {
        // While draining, an error is one more lost frame; the end is reported as such.
        m_isDrained = error == AVERROR_EOF;
        if (!m_isDrained)
            ++m_damaged;
        return std::nullopt;
    }
    frame->sample_aspect_ratio = pixelAspectOf(m_file->format(), &m_file->video(), frame.get());
    const qint64 time = m_times.of(*frame) - m_origin;
    return DecodedFrame{std::shared_ptr<const AVFrame>(std::move(frame)), time};
}

// Feeds the decoder one packet; false at the end of the file.
bool ClipDecoder::feed()
{
    Av<AVPacket> packet;
    if (!m_ahead.empty()) {
        packet = std::move(m_ahead.front());
        m_ahead.pop_front();
    } else {
        auto read = m_file->read();
        if (!read)
            return isInterrupted(); // an interruption is not the end
        if (read->isSound) {
            hear(std::move(read->packet));
            return true;
        }
        packet = std::move(read->packet);
    }
    if (m_keysOnly && (packet->flags & AV_PKT_FLAG_KEY) == 0)
        return true;
    m_reached = packet->dts;
    hearHeldBack();
    m_times.fed(*packet);
    if (!m_file->hasPts())
        packet->pts = packet->dts; // returned with the frame, to identify its packet
    const int error = avcodec_send_packet(m_codec.get(), packet.get());
    if (error < 0 && error != AVERROR(EAGAIN))
        ++m_damaged;
    return true;
}

void ClipDecoder::readAheadForSound(qint64 length)
{
    if (m_sound == nullptr || !m_soundDecoder || m_draining)
        return;
    while (m_sound->buffered() < length && m_ahead.size() < kMaxAhead) {
        auto read = m_file->read();
        if (!read)
            return;
        if (read->isSound)
            hear(std::move(read->packet));
        else
            m_ahead.push_back(std::move(read->packet));
    }
}

std::optional<DecodedFrame> ClipDecoder::keyAt(qint64 time)
{
    if (!m_file) {
        m_atEnd = false;
        m_waiting = std::nullopt;
        return m_still;
    }
    // A container's index uses decoding times, and a keyframe may be displayed later than requested; what it
    // flags as a keyframe may depend on others, and without any keyframe a decoder shows nothing for some
    // seconds.
    for (const qint64 earlier : {qint64(0), qint64(1'000'000), qint64(10'000'000), time}) {
        const qint64 target = std::max<qint64>(0, time - earlier);
        if (!m_file->seekKey(target + m_origin + kRounding))
            return std::nullopt;
        avcodec_flush_buffers(m_codec.get());
        if (m_soundDecoder)
            m_soundDecoder->flush();
        m_times.restart();
        m_ahead.clear();
        m_earlySound.clear();
        m_heldBack.clear();
        m_heldBackBytes = 0;
        m_waiting.reset();
        m_last.reset();
        m_reached = target + m_origin;
        m_standUntil = 0;
        m_draining = false;
        m_isDrained = false;
        m_atEnd = false;
        auto frame = target == 0 ? next() : nextEntry(time);
        if (frame || isInterrupted())
            return frame;
    }
    return std::nullopt;
}

// The next frame that decodes without earlier ones; nothing if there is none up to `time`.
std::optional<DecodedFrame> ClipDecoder::nextEntry(qint64 time)
{
    while (auto frame = next()) {
        if (frame->time > time + kRounding)
            return std::nullopt;
        if (isEntry(*frame->frame))
            return frame;
    }
    return std::nullopt;
}

bool ClipDecoder::isEntry(const AVFrame &frame) const
{
    // The H.264 decoder outputs no incomplete frame, even if the stream has no keyframes.
    if (m_codec->codec_id == AV_CODEC_ID_H264)
        return true;
    const AVPictureType type = frame.pict_type;
    return type == AV_PICTURE_TYPE_I || type == AV_PICTURE_TYPE_SI || type == AV_PICTURE_TYPE_NONE;
}

std::optional<DecodedFrame> ClipDecoder::frameAt(qint64 time)
{
    auto frame = keyAt(time);
    return frame ? forwardTo(time, std::move(*frame)) : std::nullopt;
}

std::optional<DecodedFrame> ClipDecoder::forwardTo(qint64 time, DecodedFrame from)
{
    while (auto following = next()) {
        if (following->time > time + kRounding) {
            m_waiting = std::move(following);
            return from;
        }
        from = std::move(*following);
    }
    return m_atEnd ? std::optional(std::move(from)) : std::nullopt;
}

} // namespace gatehouse::media
