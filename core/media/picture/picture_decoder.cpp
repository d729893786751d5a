#include "media/picture/picture_decoder.h"

#include "media/picture/heif_decoder.h"
#include "media/picture/picture_limits.h"

#include <cstring>

namespace gatehouse::media
{

namespace
{

bool isHeif(PictureFormat format)
{
    return format == PictureFormat::Heic || format == PictureFormat::Avif;
}

} // namespace

AVCodecID codecOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Jpeg:
        return AV_CODEC_ID_MJPEG;
    case PictureFormat::Png:
        return AV_CODEC_ID_PNG;
    case PictureFormat::WebP:
        return AV_CODEC_ID_WEBP;
    case PictureFormat::Gif:
        return AV_CODEC_ID_GIF;
    case PictureFormat::Bmp:
        return AV_CODEC_ID_BMP;
    case PictureFormat::Tiff:
        return AV_CODEC_ID_TIFF;
    case PictureFormat::Heic:
        return AV_CODEC_ID_HEVC;
    case PictureFormat::Avif:
        return AV_CODEC_ID_AV1;
    }
    return AV_CODEC_ID_NONE;
}

bool canDecode(PictureFormat format)
{
    return isHeif(format) ? canDecodeHeif(format) : avcodec_find_decoder(codecOf(format)) != nullptr;
}

PictureDecoding decodePicture(const QByteArray &bytes, const PictureOutline &outline)
{
    PictureDecoding out;
    if (outline.isUnsupported || !canDecode(outline.format)) {
        out.isUnsupported = true;
        return out;
    }
    if (isHeif(outline.format))
        return decodeHeif(bytes);
    const AVCodec *codec = avcodec_find_decoder(codecOf(outline.format));
    const QByteArray alone = outline.isAnimated ? firstPictureOf(bytes, outline) : QByteArray();
    const char *data = alone.isEmpty() ? bytes.constData() : alone.constData();
    const qsizetype length = alone.isEmpty() ? outline.length : alone.size();
    const Av<AVCodecContext> context(avcodec_alloc_context3(codec));
    const Av<AVPacket> packet(av_packet_alloc());
    Av<AVFrame> frame(av_frame_alloc());
    if (!context || !packet || !frame || av_new_packet(packet.get(), int(length)) < 0)
        return out;
    std::memcpy(packet->data, data, size_t(length));
    context->max_pixels = kMaxPicturePixels;
    context->thread_count = 1;
    int error = avcodec_open2(context.get(), codec, nullptr);
    if (error >= 0)
        error = avcodec_send_packet(context.get(), packet.get());
    if (error >= 0)
        error = avcodec_send_packet(context.get(), nullptr);
    if (error >= 0)
        error = avcodec_receive_frame(context.get(), frame.get());
    out.isUnsupported = error == AVERROR_PATCHWELCOME;
    if (error >= 0)
        out.frame = std::move(frame);
    return out;
}

} // namespace gatehouse::media
