#include "media/demux/clip_reader.h"
#include "base/messages.h"

#include <algorithm>

namespace gatehouse::media
{

namespace
{

// Enough for the parameters of every stream; reading continues only if the container hides them.
constexpr int kAnalyzeMs = 1500;

} // namespace

Result<std::unique_ptr<ClipReader>> ClipReader::open(Source &source)
{
    auto input = Input::open(source, kAnalyzeMs);
    if (!input)
        return tl::unexpected(input.error());
    std::unique_ptr<ClipReader> reader(new ClipReader);
    reader->m_input = std::move(*input);
    const AVCodec *codec = nullptr;
    const int index = av_find_best_stream(reader->format(), AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (index < 0 || codec == nullptr)
        return fail(ErrorKind::Corrupt, Messages::tr("It contains no video."));
    reader->m_stream = reader->format()->streams[index];
    const AVCodecParameters *parameters = reader->m_stream->codecpar;
    if (parameters->width > kMaxPictureSide || parameters->height > kMaxPictureSide)
        return fail(ErrorKind::Corrupt,
                    Messages::tr("Unsupported resolution: %1 × %2")
                        .arg(QString::number(parameters->width), QString::number(parameters->height)));
    reader->m_decoder.reset(avcodec_alloc_context3(codec));
    reader->m_packet.reset(av_packet_alloc());
    AVCodecContext *decoder = reader->m_decoder.get();
    if (decoder == nullptr || !reader->m_packet)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."));
    if (const int error = avcodec_parameters_to_context(decoder, parameters); error < 0)
        return fail(ErrorKind::Corrupt, avErrorText(error));
    decoder->pkt_timebase = reader->m_stream->time_base;
    decoder->max_pixels = kMaxPicturePixels;
    decoder->framerate = {0, 1}; // unknown: use the stream's own timing
    // The loop filter only smooths frames, reveals no errors and costs a third of the time.
    decoder->skip_loop_filter = AVDISCARD_ALL;
    decoder->thread_count = 1; // the pool examines several files in parallel
    if (const int error = avcodec_open2(decoder, codec, nullptr); error < 0)
        return fail(ErrorKind::Corrupt, avErrorText(error));
    // Matroska flags the track; MP4 each packet.
    reader->m_isEncrypted = av_dict_get(reader->m_stream->metadata, "enc_key_id", nullptr, 0) != nullptr;
    // Audio is neither shown nor checked here; see followSound().
    for (unsigned i = 0; i < reader->format()->nb_streams; ++i) {
        if (int(i) != index)
            reader->format()->streams[i]->discard = AVDISCARD_ALL;
    }
    return reader;
}

QString ClipReader::audioCodec() const
{
    const int index = av_find_best_stream(format(), AVMEDIA_TYPE_AUDIO, -1, m_stream->index, nullptr, 0);
    if (index < 0)
        return {};
    return QString::fromLatin1(avcodec_get_name(format()->streams[index]->codecpar->codec_id));
}

void ClipReader::followSound()
{
    constexpr qint64 usualStep = 20'000;
    const int index = av_find_best_stream(format(), AVMEDIA_TYPE_AUDIO, -1, m_stream->index, nullptr, 0);
    if (index < 0)
        return;
    m_sound = format()->streams[index];
    m_sound->discard = AVDISCARD_DEFAULT;
    m_soundTimes = PacketTimes(m_sound->time_base, usualStep);
    m_soundTimes.setOffset(0);
}

void ClipReader::noteSound(AVPacket &packet)
{
    if (inMicroseconds(packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts, m_sound->time_base) ==
        AV_NOPTS_VALUE)
        return;
    m_soundTimes.apply(packet);
    if (!m_soundSpan)
        m_soundSpan = SoundSpan{packet.dts, packet.dts};
    m_soundSpan->end = std::max<qint64>(m_soundSpan->end, packet.dts + packet.duration);
}

bool ClipReader::isRateAssumed() const
{
    return m_input->isBareStream() && m_decoder->framerate.num <= 0;
}

AVPacket *ClipReader::nextPacket()
{
    for (;;) {
        av_packet_unref(m_packet.get());
        if (av_read_frame(format(), m_packet.get()) < 0)
            return nullptr;
        if (m_sound != nullptr && m_packet->stream_index == m_sound->index)
            noteSound(*m_packet);
        if (m_packet->stream_index != m_stream->index)
            continue;
        m_isEncrypted = m_isEncrypted || av_packet_get_side_data(m_packet.get(), AV_PKT_DATA_ENCRYPTION_INFO,
                                                                 nullptr) != nullptr;
        return m_packet.get();
    }
}

} // namespace gatehouse::media
