#include "media/decoder_still.h"

#include "media/decoder_geometry.h"

#include <QCoreApplication>
#include <cstring>

namespace gatehouse::media
{

namespace
{

constexpr qint64 largestStill = qint64(64) << 20; // bytes of the file

AVCodecID stillCodec(const Source &source)
{
    const QByteArray head = source.at(0, 16);
    if (head.startsWith("\xff\xd8\xff"))
        return AV_CODEC_ID_MJPEG;
    if (head.startsWith("\x89PNG\r\n"))
        return AV_CODEC_ID_PNG;
    if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        return AV_CODEC_ID_WEBP;
    if (head.startsWith("BM") && source.at(6, 4) == QByteArray(4, '\0'))
        return AV_CODEC_ID_BMP;
    return AV_CODEC_ID_NONE;
}

Turn turnOfExif(int orientation)
{
    switch (orientation) {
    case 2:
        return {0, true};
    case 3:
        return {180, false};
    case 4:
        return {180, true};
    case 5:
        return {270, true};
    case 6:
        return {90, false};
    case 7:
        return {90, true};
    case 8:
        return {270, false};
    default:
        return {};
    }
}

} // namespace

bool isStill(const Source &source)
{
    return stillCodec(source) != AV_CODEC_ID_NONE;
}

Result<DecodedStill> decodeStill(const Source &source)
{
    if (source.bytes() > largestStill)
        return fail(ErrorKind::Invalid,
                    QCoreApplication::translate("media", "This picture file is too large."));
    const QByteArray bytes = source.at(0, source.bytes());
    const AVCodec *codec = avcodec_find_decoder(stillCodec(source));
    Av<AVCodecContext> context(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    Av<AVPacket> packet(av_packet_alloc());
    Av<AVFrame> frame(av_frame_alloc());
    if (!context || !packet || !frame || av_new_packet(packet.get(), int(bytes.size())) < 0)
        return fail(ErrorKind::Invalid, QCoreApplication::translate("media", "This is not a picture file."));
    std::memcpy(packet->data, bytes.constData(), size_t(bytes.size()));
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
    frame->sample_aspect_ratio = AVRational{1, 1}; // a JPEG's print density says nothing about its pixels
    const AVDictionaryEntry *orientation = av_dict_get(frame->metadata, "Orientation", nullptr, 0);
    const Turn turn =
        orientation != nullptr ? turnOfExif(QByteArray(orientation->value).trimmed().toInt()) : Turn{};
    return DecodedStill{std::move(frame), turn};
}

} // namespace gatehouse::media
