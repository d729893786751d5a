#include "media/copy/sound_encoder.h"

#include "base/messages.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::media
{

namespace
{

constexpr int kTolerated = SoundSink::kSampleRate / 50;            // samples: 20 ms of jitter
constexpr qint64 kMaxGap = qint64(SoundSink::kSampleRate) * 3'600; // longer ones end the sound
constexpr int kSilence = SoundSink::kSampleRate / 10;              // at once

void setChannels(AVCodecContext &context, int channels)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 28, 100)
    av_channel_layout_default(&context.ch_layout, channels);
#else
    context.channels = channels;
    context.channel_layout = uint64_t(av_get_default_channel_layout(channels));
#endif
}

void setChannels(AVFrame &frame, int channels)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 28, 100)
    av_channel_layout_default(&frame.ch_layout, channels);
#else
    frame.channels = channels;
    frame.channel_layout = uint64_t(av_get_default_channel_layout(channels));
#endif
}

} // namespace

Result<std::unique_ptr<SoundEncoder>> SoundEncoder::open(const SoundFormat &format, Take take)
{
    std::unique_ptr<SoundEncoder> out(new SoundEncoder);
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    out->m_context.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    out->m_packet.reset(av_packet_alloc());
    if (!out->m_context || !out->m_packet)
        return fail(ErrorKind::Unavailable, Messages::tr("There is no AAC encoder."));
    AVCodecContext &context = *out->m_context;
    context.sample_fmt = AV_SAMPLE_FMT_FLTP;
    context.sample_rate = format.sampleRate;
    context.bit_rate = format.bitRate;
    context.time_base = {1, format.sampleRate};
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context.thread_count = 1;
    setChannels(context, format.channels);
    AVChannelLayout from{};
    AVChannelLayout to{};
    av_channel_layout_default(&from, kChannels);
    av_channel_layout_default(&to, format.channels);
    SwrContext *resample = nullptr;
    int error = swr_alloc_set_opts2(&resample, &to, AV_SAMPLE_FMT_FLTP, format.sampleRate, &from,
                                    AV_SAMPLE_FMT_S16, kSampleRate, 0, nullptr);
    out->m_resample.reset(resample);
    if (error >= 0)
        error = swr_init(resample);
    if (error >= 0)
        error = avcodec_open2(&context, codec, nullptr);
    if (error < 0)
        return fail(ErrorKind::Unavailable, avErrorText(error));
    out->m_waiting.resize(size_t(format.channels));
    out->m_take = std::move(take);
    return out;
}

// Copies are encoded in one go; there is nothing to discard.
void SoundEncoder::restart(qint64) {}

void SoundEncoder::push(const int16_t *samples, int frames, qint64 time)
{
    if (!m_state)
        return;
    // The encoder's own delay precedes its first packet: with what is left out here, that one is at zero.
    const qint64 first = av_rescale(m_context->initial_padding, kSampleRate, m_context->sample_rate);
    const qint64 at = av_rescale(time, kSampleRate, 1'000'000);
    if (m_next == AV_NOPTS_VALUE) {
        if (at + frames <= first)
            return;
        m_next = std::max(at, first);
        m_encoded = av_rescale(m_next, m_context->sample_rate, kSampleRate);
    }
    const qint64 gap = at - m_next;
    if (gap > kMaxGap)
        return;
    if (gap > kTolerated) {
        static constexpr int16_t silence[kSilence * kChannels] = {};
        for (qint64 left = gap; left > 0; left -= kSilence)
            add(silence, int(std::min<qint64>(left, kSilence)));
    }
    const qint64 known = gap < -kTolerated || at < first ? std::min<qint64>(frames, -gap) : 0;
    add(samples + known * kChannels, frames - int(known));
}

void SoundEncoder::add(const int16_t *samples, int frames)
{
    if (frames <= 0)
        return;
    m_next += frames;
    const int most = swr_get_out_samples(m_resample.get(), frames);
    const size_t channels = m_waiting.size();
    std::vector<uint8_t *> rows;
    const size_t before = m_waiting[0].size();
    for (std::vector<float> &channel : m_waiting) {
        channel.resize(before + size_t(std::max(0, most)));
        rows.push_back(reinterpret_cast<uint8_t *>(channel.data() + before));
    }
    const auto *in = reinterpret_cast<const uint8_t *>(samples);
    const int got = swr_convert(m_resample.get(), rows.data(), most, &in, frames);
    for (size_t i = 0; i < channels; ++i)
        m_waiting[i].resize(before + size_t(std::max(0, got)));
    encodeWhole(false);
}

void SoundEncoder::encodeWhole(bool isEnd)
{
    const auto whole = size_t(m_context->frame_size);
    size_t used = 0;
    while (m_state && (m_waiting[0].size() - used >= whole || (isEnd && m_waiting[0].size() > used))) {
        const size_t count = std::min(whole, m_waiting[0].size() - used);
        const Av<AVFrame> frame(av_frame_alloc());
        if (!frame)
            return;
        frame->nb_samples = int(count);
        frame->format = m_context->sample_fmt;
        frame->sample_rate = m_context->sample_rate;
        setChannels(*frame, int(m_waiting.size()));
        if (av_frame_get_buffer(frame.get(), 0) < 0)
            return;
        for (size_t i = 0; i < m_waiting.size(); ++i)
            std::memcpy(frame->data[i], m_waiting[i].data() + used, count * sizeof(float));
        frame->pts = m_encoded;
        m_encoded += qint64(count);
        used += count;
        send(frame.get());
    }
    for (std::vector<float> &channel : m_waiting)
        channel.erase(channel.begin(), channel.begin() + qsizetype(used));
}

void SoundEncoder::send(const AVFrame *frame)
{
    const int error = avcodec_send_frame(m_context.get(), frame);
    if (error < 0)
        m_state = fail(ErrorKind::Unavailable, avErrorText(error));
    while (m_state && avcodec_receive_packet(m_context.get(), m_packet.get()) >= 0) {
        m_state = m_take(*m_packet);
        av_packet_unref(m_packet.get());
    }
}

Result<void> SoundEncoder::finish()
{
    if (m_state && hasSound()) {
        encodeWhole(true);
        send(nullptr);
    }
    return m_state;
}

} // namespace gatehouse::media
