#include "media/decoder_still.h"

#include "media/decoder_geometry.h"
#include "media/picture_file.h"
#include "media/undecoded.h"

#include <QCoreApplication>
#include <cstring>

namespace gatehouse::media
{

namespace
{

constexpr qint64 largestStill = qint64(64) << 20; // bytes of the file

AVCodecID codecOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Jpeg:
        return AV_CODEC_ID_MJPEG;
    case PictureFormat::Png:
        return AV_CODEC_ID_PNG;
    case PictureFormat::WebP:
        return AV_CODEC_ID_WEBP;
    }
    return AV_CODEC_ID_NONE;
}

} // namespace

bool isStill(const Source &source)
{
    return pictureFormat(source.at(0, 16)).has_value();
}

Result<DecodedStill> decodeStill(const Source &source)
{
    if (source.bytes() > largestStill)
        return fail(ErrorKind::Invalid,
                    QCoreApplication::translate("media", "This picture file is too large."));
    const QByteArray bytes = source.at(0, source.bytes());
    const auto outline = outlineOf(bytes);
    const AVCodec *codec = outline ? avcodec_find_decoder(codecOf(outline->format)) : nullptr;
    Av<AVCodecContext> context(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    Av<AVPacket> packet(av_packet_alloc());
    Av<AVFrame> frame(av_frame_alloc());
    if (!context || !packet || !frame || av_new_packet(packet.get(), int(outline->length)) < 0)
        return fail(ErrorKind::Invalid, QCoreApplication::translate("media", "This is not a picture file."));
    std::memcpy(packet->data, bytes.constData(), size_t(outline->length));
    context->max_pixels = mostDecodedPixels;
    int error = avcodec_open2(context.get(), codec, nullptr);
    if (error >= 0)
        error = avcodec_send_packet(context.get(), packet.get());
    if (error >= 0) {
        avcodec_send_packet(context.get(), nullptr);
        error = avcodec_receive_frame(context.get(), frame.get());
    }
    if (error < 0)
        return fail(ErrorKind::Corrupt,
                    QCoreApplication::translate("media", "The picture is damaged and cannot be shown."),
                    avErrorText(error));
    if (outline->format == PictureFormat::Jpeg)
        greyUndecoded(*frame);
    frame->sample_aspect_ratio = AVRational{1, 1}; // a JPEG's print density says nothing about its pixels
    return DecodedStill{std::move(frame), outline->exif.turn};
}

} // namespace gatehouse::media
