#include "media/playback/decoder_sound.h"

#include <vector>

namespace gatehouse::media
{

std::unique_ptr<SoundDecoder> SoundDecoder::open(const AVStream &stream)
{
    const AVCodec *codec = avcodec_find_decoder(stream.codecpar->codec_id);
    if (codec == nullptr)
        return nullptr;
    std::unique_ptr<SoundDecoder> decoder(new SoundDecoder);
    decoder->m_codec.reset(avcodec_alloc_context3(codec));
    decoder->m_frame.reset(av_frame_alloc());
    AVCodecContext *context = decoder->m_codec.get();
    if (context == nullptr || !decoder->m_frame ||
        avcodec_parameters_to_context(context, stream.codecpar) < 0)
        return nullptr;
    context->pkt_timebase = AVRational{1, 1'000'000};
    return avcodec_open2(context, codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

void SoundDecoder::flush()
{
    avcodec_flush_buffers(m_codec.get());
    m_next = AV_NOPTS_VALUE;
}

void SoundDecoder::decode(const AVPacket &packet, qint64 base, SoundSink &queue)
{
    if (avcodec_send_packet(m_codec.get(), &packet) < 0)
        return;
    while (avcodec_receive_frame(m_codec.get(), m_frame.get()) >= 0) {
        put(*m_frame, base, queue);
        av_frame_unref(m_frame.get());
    }
}

bool SoundDecoder::prepare(const AVFrame &frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 28, 100)
    const int channels = frame.ch_layout.nb_channels;
#else
    const int channels = frame.channels;
#endif
    if (m_resample && m_rate == frame.sample_rate && m_channels == channels && m_format == frame.format)
        return true;
    if (frame.sample_rate <= 0 || channels <= 0)
        return false;
    SwrContext *resample = nullptr;
    AVChannelLayout in{};
    AVChannelLayout out{};
    av_channel_layout_default(&in, channels);
    av_channel_layout_default(&out, SoundQueue::kChannels);
    const int error = swr_alloc_set_opts2(&resample, &out, AV_SAMPLE_FMT_S16, SoundQueue::kSampleRate, &in,
                                          AVSampleFormat(frame.format), frame.sample_rate, 0, nullptr);
    m_resample.reset(resample);
    if (error < 0 || swr_init(resample) < 0) {
        m_resample.reset();
        return false;
    }
    m_rate = frame.sample_rate;
    m_channels = channels;
    m_format = frame.format;
    return true;
}

void SoundDecoder::put(const AVFrame &frame, qint64 base, SoundSink &queue)
{
    if (!prepare(frame))
        return;
    if (frame.pts != AV_NOPTS_VALUE)
        m_next = frame.pts;
    if (m_next == AV_NOPTS_VALUE)
        m_next = 0;
    const int most = swr_get_out_samples(m_resample.get(), frame.nb_samples);
    if (most <= 0)
        return;
    std::vector<int16_t> samples(size_t(most) * SoundQueue::kChannels);
    auto *out = reinterpret_cast<uint8_t *>(samples.data());
    const int frames = swr_convert(m_resample.get(), &out, most,
                                   const_cast<const uint8_t **>(frame.extended_data), frame.nb_samples);
    if (frames > 0)
        queue.push(samples.data(), frames, m_next + base);
    m_next += qint64(frame.nb_samples) * 1'000'000 / frame.sample_rate;
}

} // namespace gatehouse::media
