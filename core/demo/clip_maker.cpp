#include "demo/clip_maker.h"

#include "base/messages.h"
#include "media/demux/av.h"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

namespace gatehouse::demo
{

namespace
{
using media::Av;

tl::unexpected<Error> avFailure(const char *what, int number)
{
    return fail(ErrorKind::Internal,
                QString::fromLatin1(what) + QStringLiteral(": ") + media::avErrorText(number),
                QStringLiteral("demo"));
}

#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenBytes = const std::uint8_t *;
#else
using WrittenBytes = std::uint8_t *;
#endif

struct MemoryFile {
    QByteArray bytes;
    qint64 at = 0;
};

int writeToMemory(void *opaque, WrittenBytes data, int size)
{
    auto &file = *static_cast<MemoryFile *>(opaque);
    if (file.at + size > file.bytes.size())
        file.bytes.resize(file.at + size);
    std::copy_n(data, size, reinterpret_cast<std::uint8_t *>(file.bytes.data()) + file.at);
    file.at += size;
    return size;
}

std::int64_t seekInMemory(void *opaque, std::int64_t offset, int whence)
{
    auto &file = *static_cast<MemoryFile *>(opaque);
    if (whence == AVSEEK_SIZE)
        return file.bytes.size();
    const qint64 base = whence == SEEK_CUR ? file.at : whence == SEEK_END ? file.bytes.size() : 0;
    if (base + offset < 0)
        return AVERROR(EINVAL);
    return file.at = base + offset;
}

// Writes a container into memory; muxers seek back to fill in sizes. Not libav's own dynamic buffer, in which
// an AVI loses its stream headers.
class MemoryMuxer
{
public:
    MemoryMuxer() = default;
    Q_DISABLE_COPY_MOVE(MemoryMuxer)
    ~MemoryMuxer()
    {
        if (m_context == nullptr)
            return;
        if (m_context->pb != nullptr)
            av_freep(&m_context->pb->buffer);
        avio_context_free(&m_context->pb);
        avformat_free_context(m_context);
    }

    int open(const QByteArray &container)
    {
        const int result =
            avformat_alloc_output_context2(&m_context, nullptr, container.constData(), nullptr);
        if (result < 0)
            return result;
        constexpr int kBuffer = 32 * 1024;
        auto *buffer = static_cast<unsigned char *>(av_malloc(kBuffer));
        m_context->pb = avio_alloc_context(buffer, kBuffer, 1, &m_file, nullptr, writeToMemory, seekInMemory);
        return m_context->pb != nullptr ? 0 : AVERROR(ENOMEM);
    }

    QByteArray finish()
    {
        avio_flush(m_context->pb);
        return std::exchange(m_file.bytes, {});
    }

    [[nodiscard]] AVFormatContext *get() const { return m_context; }

private:
    AVFormatContext *m_context = nullptr;
    MemoryFile m_file;
};

const AVCodec *encoderFor(bool motionJpeg)
{
    if (motionJpeg)
        return avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    if (const AVCodec *h264 = avcodec_find_encoder_by_name("libx264"))
        return h264;
    return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
}

Result<Av<AVCodecContext>> openEncoder(bool motionJpeg, const Scene &scene, int fps, bool globalHeader)
{
    const AVCodec *codec = encoderFor(motionJpeg);
    Av<AVCodecContext> context(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    if (!context)
        return fail(ErrorKind::Internal, Messages::tr("No video encoder is installed"),
                    QStringLiteral("demo"));
    context->width = scene.width();
    context->height = scene.height();
    context->time_base = {1, fps};
    context->framerate = {fps, 1};
    context->gop_size = fps * 2;
    context->max_b_frames = 0;
    context->thread_count = 1;
    context->pix_fmt = motionJpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    context->color_range = motionJpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    if (motionJpeg) {
        context->flags |= AV_CODEC_FLAG_QSCALE;
        context->global_quality = 4 * FF_QP2LAMBDA;
    } else {
        context->bit_rate = 700'000;
        // libx264 logs its statistics at info level: push that below the threshold.
        context->log_level_offset = AV_LOG_INFO - AV_LOG_ERROR;
        // libx264 only; other encoders have no such options and need none.
        av_opt_set(context->priv_data, "preset", "ultrafast", 0);
        av_opt_set(context->priv_data, "crf", "27", 0);
    }
    if (globalHeader)
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0)
        return avFailure("encoder", result);
    return context;
}

// Converts the scene's RGB into the encoder's frame format.
class FrameSource
{
public:
    FrameSource(const Scene &scene, const AVCodecContext &encoder)
        : m_frame(av_frame_alloc()),
          m_scaler(sws_getContext(scene.width(), scene.height(), AV_PIX_FMT_RGB24, scene.width(),
                                  scene.height(), AV_PIX_FMT_YUV420P, SWS_FAST_BILINEAR, nullptr, nullptr,
                                  nullptr))
    {
        if (!isValid())
            return;
        m_frame->width = scene.width();
        m_frame->height = scene.height();
        m_frame->format = encoder.pix_fmt;
        const int *coefficients = sws_getCoefficients(SWS_CS_DEFAULT);
        const int full = encoder.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(m_scaler.get(), coefficients, 1, coefficients, full, 0, 1 << 16, 1 << 16);
        if (av_frame_get_buffer(m_frame.get(), 0) < 0)
            m_frame.reset();
    }

    [[nodiscard]] bool isValid() const { return m_frame && m_scaler; }

    AVFrame *frameOf(const std::vector<std::uint8_t> &rgb, qint64 pts)
    {
        if (av_frame_make_writable(m_frame.get()) < 0)
            return nullptr;
        const std::uint8_t *planes[] = {rgb.data()};
        const int strides[] = {m_frame->width * 3};
        sws_scale(m_scaler.get(), planes, strides, 0, m_frame->height, m_frame->data, m_frame->linesize);
        m_frame->pts = pts;
        return m_frame.get();
    }

private:
    Av<AVFrame> m_frame;
    Av<SwsContext> m_scaler;
};

template<typename Take>
int encode(AVCodecContext &encoder, const AVFrame *frame, AVPacket &packet, Take take)
{
    int result = avcodec_send_frame(&encoder, frame);
    while (result >= 0) {
        result = avcodec_receive_packet(&encoder, &packet);
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return 0;
        if (result >= 0)
            result = take(packet);
        av_packet_unref(&packet);
    }
    return result;
}
} // namespace

Result<QByteArray> makeClip(Scene &scene, const ClipPlan &plan)
{
    MemoryMuxer muxer;
    if (const int result = muxer.open(plan.container.toLatin1()); result < 0)
        return avFailure("container", result);
    AVFormatContext *output = muxer.get();
    const bool globalHeader = (output->oformat->flags & AVFMT_GLOBALHEADER) != 0;
    auto encoder = openEncoder(plan.motionJpeg, scene, plan.fps, globalHeader);
    if (!encoder)
        return tl::unexpected(encoder.error());
    AVStream *stream = avformat_new_stream(output, nullptr);
    FrameSource frames(scene, **encoder);
    const Av<AVPacket> packet(av_packet_alloc());
    if (stream == nullptr || !frames.isValid() || !packet)
        return fail(ErrorKind::Internal, Messages::tr("Not enough memory"), QStringLiteral("demo"));
    avcodec_parameters_from_context(stream->codecpar, encoder->get());
    stream->time_base = (*encoder)->time_base;
    stream->avg_frame_rate = (*encoder)->framerate;
    if (const int result = avformat_write_header(output, nullptr); result < 0)
        return avFailure("header", result);

    const auto write = [&](AVPacket &ready) {
        ready.stream_index = stream->index;
        ready.duration = 1;
        av_packet_rescale_ts(&ready, (*encoder)->time_base, stream->time_base);
        return av_interleaved_write_frame(output, &ready);
    };
    const int count = plan.fps * plan.seconds;
    int result = 0;
    for (int i = 0; i < count && result >= 0; ++i) {
        const double seconds = double(i) / plan.fps;
        const Action action{plan.visitor, double(i) / count, seconds, plan.seed};
        const auto &rgb = scene.draw(plan.start.addMSecs(qint64(seconds * 1000)), action, unsigned(i));
        const AVFrame *frame = frames.frameOf(rgb, i);
        result = frame != nullptr ? encode(**encoder, frame, *packet, write) : AVERROR(ENOMEM);
    }
    if (result >= 0)
        result = encode(**encoder, nullptr, *packet, write);
    if (result >= 0)
        result = av_write_trailer(output);
    if (result < 0)
        return avFailure("clip", result);
    return muxer.finish();
}

Result<QByteArray> makeStill(Scene &scene, const ClipPlan &plan, double progress)
{
    auto encoder = openEncoder(true, scene, 1, false);
    if (!encoder)
        return tl::unexpected(encoder.error());
    FrameSource frames(scene, **encoder);
    const Av<AVPacket> packet(av_packet_alloc());
    if (!frames.isValid() || !packet)
        return fail(ErrorKind::Internal, Messages::tr("Not enough memory"), QStringLiteral("demo"));
    const double seconds = plan.seconds * progress;
    const auto &rgb = scene.draw(plan.start.addMSecs(qint64(seconds * 1000)),
                                 {plan.visitor, progress, seconds, plan.seed}, plan.seed);
    AVFrame *frame = frames.frameOf(rgb, 0);
    if (frame == nullptr)
        return fail(ErrorKind::Internal, Messages::tr("Not enough memory"), QStringLiteral("demo"));
    frame->quality = 3 * FF_QP2LAMBDA;
    QByteArray jpeg;
    const auto keep = [&](AVPacket &ready) {
        jpeg.append(reinterpret_cast<const char *>(ready.data), ready.size);
        return 0;
    };
    int result = encode(**encoder, frame, *packet, keep);
    if (result >= 0)
        result = encode(**encoder, nullptr, *packet, keep);
    if (result < 0 || jpeg.isEmpty())
        return avFailure("still", result);
    return jpeg;
}

} // namespace gatehouse::demo
