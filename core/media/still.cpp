#include "media/still.h"

#include "media/clip_reader.h"
#include "media/decode_log.h"
#include "media/undecoded.h"
#include "media/words.h"

#include <cstring>

namespace gatehouse::media
{

namespace
{

struct FormatNames {
    AVCodecID codec;
    const char *container;
};

FormatNames namesOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return {AV_CODEC_ID_PNG, "png"};
    case PictureFormat::WebP:
        return {AV_CODEC_ID_WEBP, "webp"};
    case PictureFormat::Jpeg:
        break;
    }
    return {AV_CODEC_ID_MJPEG, "jpeg"};
}

Av<AVFrame> decoded(const QByteArray &bytes, const PictureOutline &outline, AVCodecID id)
{
    const AVCodec *codec = avcodec_find_decoder(id);
    const Av<AVCodecContext> context(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    const Av<AVPacket> packet(av_packet_alloc());
    Av<AVFrame> frame(av_frame_alloc());
    if (!context || !packet || !frame || av_new_packet(packet.get(), int(outline.length)) < 0)
        return {};
    std::memcpy(packet->data, bytes.constData(), size_t(outline.length));
    context->max_pixels = maxPicturePixels;
    context->thread_count = 1;
    if (avcodec_open2(context.get(), codec, nullptr) < 0)
        return {};
    if (avcodec_send_packet(context.get(), packet.get()) < 0 ||
        avcodec_send_packet(context.get(), nullptr) < 0 ||
        avcodec_receive_frame(context.get(), frame.get()) < 0)
        return {};
    return frame;
}

bool isTooLarge(int width, int height)
{
    return width > maxPictureSide || height > maxPictureSide || qint64(width) * height > maxPicturePixels;
}

} // namespace

StillCheck checkStill(const QByteArray &bytes)
{
    StillCheck out;
    ProbeResult &result = out.result;
    result.kind = Kind::Still;
    const auto outline = outlineOf(bytes);
    if (!outline)
        return out;
    const FormatNames names = namesOf(outline->format);
    result.container = QString::fromLatin1(names.container);
    result.videoCodec = QString::fromLatin1(avcodec_get_name(names.codec));
    result.contentLocalTime = outline->exif.taken;
    out.turn = outline->exif.turn;
    if (isTooLarge(outline->width, outline->height)) {
        result.reason = Words::tr("It claims a picture of %1 x %2 points, which no camera sends.")
                            .arg(QString::number(outline->width), QString::number(outline->height));
        return out;
    }
    takeDecodeErrors();
    out.picture = decoded(bytes, *outline, names.codec);
    const bool isFaulty = takeDecodeErrors() > 0;
    if (out.picture) {
        if (isFaulty || !outline->isWhole)
            greyUndecoded(*out.picture);
        const ShownSize shown = shownSize(out.picture->width, out.picture->height, squarePoints, out.turn);
        result.frames = 1;
        result.width = shown.width;
        result.height = shown.height;
    }
    if (!outline->isWhole) {
        result.state = ItemState::Incomplete;
        result.reason = out.picture
                            ? Words::tr("The end of the picture is missing: the camera stopped sending.")
                            : Words::tr("Too little of the picture arrived to show it.");
    } else if (!out.picture) {
        result.reason = Words::tr("The picture data is damaged: it cannot be shown.");
    } else if (isFaulty) {
        result.reason = Words::tr("The picture data is damaged: parts of it show wrongly.");
    } else {
        result.state = ItemState::Ok;
    }
    return out;
}

} // namespace gatehouse::media
