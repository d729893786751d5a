#include "barcode_clip.h"

#include "media/demux/av.h"
#include "media/picture/decoder_geometry.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <QFile>
#include <QImage>
#include <cmath>

namespace gatehouse::tests
{

using media::Av;

namespace
{

constexpr int kBits = 12;

struct OutputDelete {
    void operator()(AVFormatContext *format) const
    {
        if (format->pb != nullptr)
            avio_closep(&format->pb);
        avformat_free_context(format);
    }
};

void draw(AVFrame &frame, int number)
{
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const int bit = x * kBits / frame.width;
            const bool on = (number >> bit) & 1;
            // The upper half is the code, the lower half moves a little so that there is something to encode.
            const int moving = 60 + (x + number * 3) % 64;
            frame.data[0][y * frame.linesize[0] + x] =
                uint8_t(y < frame.height / 2 ? (on ? 235 : 16) : moving);
        }
    }
    for (int y = 0; frame.data[3] != nullptr && y < frame.height; ++y)
        std::fill_n(frame.data[3] + ptrdiff_t(y) * frame.linesize[3], frame.width, 255);
    for (int plane = 1; plane < 3; ++plane) {
        for (int y = 0; y < (frame.height + 1) / 2; ++y)
            std::fill_n(frame.data[plane] + ptrdiff_t(y) * frame.linesize[plane], (frame.width + 1) / 2, 128);
    }
}

bool drain(AVFormatContext &format, AVCodecContext &codec, AVStream &stream, const AVFrame *frame,
           int addedFlags = 0)
{
    Av<AVPacket> packet(av_packet_alloc());
    if (avcodec_send_frame(&codec, frame) < 0)
        return false;
    while (avcodec_receive_packet(&codec, packet.get()) >= 0) {
        if (packet->duration == 0) // encoders before FFmpeg 6 omit it; MP4 then drops the last frame
            packet->duration = av_rescale_q(1, av_inv_q(codec.framerate), codec.time_base);
        av_packet_rescale_ts(packet.get(), codec.time_base, stream.time_base);
        packet->stream_index = stream.index;
        packet->flags |= addedFlags;
        if (av_interleaved_write_frame(&format, packet.get()) < 0)
            return false;
    }
    return true;
}

Av<AVCodecContext> openEncoder(const AVCodec &codec, AVFormatContext &format, AVStream &stream,
                               Av<AVCodecContext> context)
{
    if ((format.oformat->flags & AVFMT_GLOBALHEADER) != 0)
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (avcodec_open2(context.get(), &codec, nullptr) < 0 ||
        avcodec_parameters_from_context(stream.codecpar, context.get()) < 0)
        return nullptr;
    stream.time_base = context->time_base;
    return context;
}

bool writeTone(AVFormatContext &format, AVCodecContext &codec, AVStream &stream, int milliseconds)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->format = codec.sample_fmt;
    frame->sample_rate = codec.sample_rate;
    av_channel_layout_copy(&frame->ch_layout, &codec.ch_layout);
    frame->nb_samples = codec.frame_size;
    av_frame_get_buffer(frame.get(), 0);
    for (qint64 at = 0; at < qint64(milliseconds) * codec.sample_rate / 1000; at += codec.frame_size) {
        av_frame_make_writable(frame.get());
        auto *samples = reinterpret_cast<float *>(frame->data[0]);
        for (int i = 0; i < codec.frame_size; ++i)
            samples[i] = float(0.3 * std::sin(double(at + i) * 0.06));
        frame->pts = at;
        if (!drain(format, codec, stream, frame.get()))
            return false;
    }
    return drain(format, codec, stream, nullptr);
}

} // namespace

bool makeClip(const BarcodeClip &clip)
{
    AVFormatContext *made = nullptr;
    const QByteArray path = QFile::encodeName(clip.path);
    const AVCodec *codec = avcodec_find_encoder_by_name(clip.codec);
    if (codec == nullptr || avformat_alloc_output_context2(&made, nullptr, nullptr, path.constData()) < 0)
        return false;
    const std::unique_ptr<AVFormatContext, OutputDelete> format(made);
    AVStream *stream = avformat_new_stream(made, nullptr);
    Av<AVCodecContext> context(avcodec_alloc_context3(codec));
    context->width = clip.width;
    context->height = clip.height;
    context->pix_fmt = codec->id == AV_CODEC_ID_MJPEG ? AV_PIX_FMT_YUVJ420P
                       : clip.isTransparent           ? AV_PIX_FMT_YUVA420P
                                                      : AV_PIX_FMT_YUV420P;
    context->time_base = clip.stamps.empty() ? AVRational{1, clip.fps} : AVRational{1, 1000};
    context->framerate = {clip.fps, 1};
    context->gop_size = clip.group;
    context->max_b_frames = clip.between;
    context->bit_rate = qint64(clip.width) * clip.height * 8;
    context->thread_count = 1;
    if (QByteArray(clip.codec).startsWith("libx26")) {
        av_opt_set(context->priv_data, "preset", "ultrafast", 0);
        av_opt_set(context->priv_data, "x265-params", "log-level=none:pools=1:frame-threads=1", 0);
        av_opt_set_int(context->priv_data, "sc_threshold", 0, 0);
        av_opt_set_int(context->priv_data, "intra-refresh", clip.isRefreshed ? 1 : 0, 0);
    }
    if (clip.isTransparent)
        av_opt_set_int(context->priv_data, "auto-alt-ref", 0, 0);
    context = openEncoder(*codec, *made, *stream, std::move(context));
    if (!context)
        return false;

    Av<AVCodecContext> tone;
    AVStream *toneStream = nullptr;
    if (clip.withSound) {
        const AVCodec *aac = avcodec_find_encoder(AV_CODEC_ID_AAC);
        tone.reset(avcodec_alloc_context3(aac));
        tone->sample_fmt = AV_SAMPLE_FMT_FLTP;
        tone->sample_rate = 16'000;
        tone->time_base = {1, 16'000};
        av_channel_layout_default(&tone->ch_layout, 1);
        toneStream = avformat_new_stream(made, nullptr);
        tone = openEncoder(*aac, *made, *toneStream, std::move(tone));
        if (!tone)
            return false;
    }
    if (avio_open(&made->pb, path.constData(), AVIO_FLAG_WRITE) < 0 ||
        avformat_write_header(made, nullptr) < 0)
        return false;
    const int toneMs = clip.toneMs > 0 ? clip.toneMs : clip.pictures * 1000 / clip.fps;
    if (tone && !writeTone(*made, *tone, *toneStream, toneMs))
        return false;
    const int flags = clip.allFlaggedKey ? AV_PKT_FLAG_KEY : 0;
    Av<AVFrame> frame(av_frame_alloc());
    frame->format = context->pix_fmt;
    frame->width = clip.width;
    frame->height = clip.height;
    av_frame_get_buffer(frame.get(), 0);
    for (int i = 0; i < clip.pictures; ++i) {
        av_frame_make_writable(frame.get());
        draw(*frame, i);
        frame->pts = clip.stamps.empty() ? i : clip.stamps[size_t(i)];
        if (!drain(*made, *context, *stream, frame.get(), flags))
            return false;
    }
    return drain(*made, *context, *stream, nullptr, flags) && av_write_trailer(made) >= 0;
}

int numberIn(const media::Picture &picture)
{
    int number = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        const int x = (2 * bit + 1) * picture.width / (2 * kBits);
        const int y = picture.height / 4;
        const uint8_t level = picture.bytes[size_t(y * picture.stride + x * 4)];
        if (level > 90 && level < 160)
            return -1;
        number |= int(level >= 160) << bit;
    }
    return number;
}

int numberIn(const QImage &frame)
{
    if (frame.isNull())
        return -2;
    media::Picture picture;
    picture.width = frame.width();
    picture.height = frame.height();
    picture.stride = frame.bytesPerLine();
    picture.bytes = media::Pixels({frame.constBits(), frame.constBits() + frame.sizeInBytes()});
    return numberIn(picture);
}

int numberOf(const media::DecodedFrame &frame)
{
    media::PictureMaker maker;
    const media::PicturePtr picture = maker.make(*frame.frame, {}, frame.time);
    return picture ? numberIn(*picture) : -2;
}

} // namespace gatehouse::tests
