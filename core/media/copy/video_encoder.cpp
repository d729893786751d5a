#include "media/copy/video_encoder.h"

#include "base/messages.h"
#include "media/copy/mp4_writer.h"

#include <algorithm>

extern "C" {
#include <libavutil/hwcontext.h>
#include <libavutil/opt.h>
}

namespace gatehouse::media
{

namespace
{

constexpr int kUnlimitedGroup = 10'000; // pictures: keyframes are requested one by one
constexpr int kDeviceFrames = 20;
constexpr qint64 kUsualStep = 40'000;

Result<void> resultOf(int error)
{
    if (error < 0)
        return fail(ErrorKind::Unavailable, avErrorText(error));
    return {};
}

void setSoftwareOptions(AVCodecContext &context, bool isIntra)
{
    // Alone on its thread: the pool runs several.
    context.thread_count = 1;
    av_opt_set(context.priv_data, "preset", isIntra ? "ultrafast" : "veryfast", 0);
    av_opt_set(context.priv_data, "crf", isIntra ? "26" : "25", 0);
    av_opt_set(context.priv_data, "sc_threshold", "0", 0);
}

} // namespace

Result<std::unique_ptr<VideoEncoder>> VideoEncoder::open(const VideoFormat &format,
                                                         const HardwareEncoder *hardware)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(hardware != nullptr ? hardware->codec : "libx264");
    if (codec == nullptr)
        return fail(ErrorKind::Unavailable, Messages::tr("There is no H.264 encoder."));
    std::unique_ptr<VideoEncoder> out(new VideoEncoder);
    out->m_context.reset(avcodec_alloc_context3(codec));
    out->m_packet.reset(av_packet_alloc());
    if (!out->m_context || !out->m_packet)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."));
    out->m_keyEvery = format.keyEvery;
    AVCodecContext &context = *out->m_context;
    context.width = format.width;
    context.height = format.height;
    context.sample_aspect_ratio = {1, 1};
    context.time_base = kMp4Clock;
    // Without it, x264 takes the clock for the rate: 90,000 pictures a second.
    const qint64 step = format.step > 0 ? format.step : kUsualStep;
    av_reduce(&context.framerate.num, &context.framerate.den, 1'000'000, step, 1'000'000);
    context.gop_size = format.keyEvery > 0 ? kUnlimitedGroup : 1;
    context.max_b_frames = 0; // every picture is decoded in the order of its time: quick to seek
    context.rc_max_rate = format.bitRate;
    context.rc_buffer_size = int(format.bitRate / 2);
    context.rc_initial_buffer_occupancy = context.rc_buffer_size / 2;
    context.color_range = format.isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    context.colorspace = format.colours;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (hardware != nullptr) {
        out->m_format = hardware->format;
        context.bit_rate = format.bitRate * 3 / 4;
        context.pix_fmt = hardware->format;
        if (hardware->device != AV_HWDEVICE_TYPE_NONE) {
            if (const auto opened = out->openDevice(*hardware, format); !opened)
                return tl::unexpected(opened.error());
        }
    } else {
        context.pix_fmt = out->m_format;
        setSoftwareOptions(context, format.keyEvery == 0);
    }
    av_opt_set(context.priv_data, "forced-idr", "1", 0);
    if (const auto opened = resultOf(avcodec_open2(&context, codec, nullptr)); !opened)
        return tl::unexpected(opened.error());
    return out;
}

VideoEncoder::~VideoEncoder()
{
    av_buffer_unref(&m_frames);
}

Result<void> VideoEncoder::openDevice(const HardwareEncoder &hardware, const VideoFormat &format)
{
    AVBufferRef *device = nullptr;
    if (const auto made = resultOf(av_hwdevice_ctx_create(&device, hardware.device, nullptr, nullptr, 0));
        !made)
        return made;
    m_frames = av_hwframe_ctx_alloc(device);
    av_buffer_unref(&device);
    if (m_frames == nullptr)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."));
    const AVCodecHWConfig *config = avcodec_get_hw_config(m_context->codec, 0);
    auto *frames = reinterpret_cast<AVHWFramesContext *>(m_frames->data);
    frames->format = config != nullptr ? config->pix_fmt : AV_PIX_FMT_VAAPI;
    frames->sw_format = hardware.format;
    frames->width = format.width;
    frames->height = format.height;
    frames->initial_pool_size = kDeviceFrames;
    m_context->pix_fmt = frames->format;
    if (const auto ready = resultOf(av_hwframe_ctx_init(m_frames)); !ready)
        return ready;
    m_context->hw_frames_ctx = av_buffer_ref(m_frames);
    return {};
}

// In the encoder's format, in its memory. Null: that failed.
Av<AVFrame> VideoEncoder::prepared(AVFrame &picture)
{
    Av<AVFrame> out(av_frame_alloc());
    if (!out)
        return {};
    if (picture.format == m_format) {
        av_frame_ref(out.get(), &picture);
    } else {
        out->width = picture.width;
        out->height = picture.height;
        out->format = m_format;
        m_convert.reset(sws_getCachedContext(m_convert.release(), picture.width, picture.height,
                                             AVPixelFormat(picture.format), picture.width, picture.height,
                                             m_format, SWS_POINT, nullptr, nullptr, nullptr));
        if (!m_convert || av_frame_get_buffer(out.get(), 0) < 0 ||
            sws_scale(m_convert.get(), picture.data, picture.linesize, 0, picture.height, out->data,
                      out->linesize) <= 0)
            return {};
    }
    if (m_frames == nullptr)
        return out;
    Av<AVFrame> uploaded(av_frame_alloc());
    if (!uploaded || av_hwframe_get_buffer(m_frames, uploaded.get(), 0) < 0 ||
        av_hwframe_transfer_data(uploaded.get(), out.get(), 0) < 0)
        return {};
    return uploaded;
}

Result<void> VideoEncoder::encode(AVFrame &picture, qint64 time, const Take &take)
{
    Av<AVFrame> frame = prepared(picture);
    if (!frame)
        return fail(ErrorKind::Unavailable, Messages::tr("The picture can't be scaled."));
    const bool isKey = m_keyEvery == 0 || m_lastKey == AV_NOPTS_VALUE || time - m_lastKey >= m_keyEvery;
    if (isKey)
        m_lastKey = time;
    frame->pict_type = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    frame->pts = av_rescale_q(time, {1, 1'000'000}, m_context->time_base);
    if (m_last != AV_NOPTS_VALUE)
        frame->pts = std::max<int64_t>(frame->pts, m_last + 1);
    m_last = frame->pts;
    return send(frame.get(), take);
}

Result<void> VideoEncoder::finish(const Take &take)
{
    return send(nullptr, take);
}

Result<void> VideoEncoder::send(const AVFrame *picture, const Take &take)
{
    if (const auto sent = resultOf(avcodec_send_frame(m_context.get(), picture)); !sent)
        return sent;
    for (;;) {
        const int error = avcodec_receive_packet(m_context.get(), m_packet.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF)
            return {};
        if (error < 0)
            return resultOf(error);
        const auto taken = take(*m_packet);
        av_packet_unref(m_packet.get());
        if (!taken)
            return taken;
    }
}

} // namespace gatehouse::media
