#include "media/picture/still.h"

#include "base/messages.h"
#include "media/demux/decode_log.h"
#include "media/picture/error_concealment.h"
#include "media/picture/picture_decoder.h"
#include "media/picture/picture_limits.h"

namespace gatehouse::media
{

namespace
{

// Made to keep a decoder busy for minutes.
bool takesTooLong(const PictureOutline &outline)
{
    constexpr qint64 maxPoints = 1'500'000'000; // a hundred million take about a second
    return outline.points > maxPoints;
}

} // namespace

QString tooLarge(const PictureOutline &outline)
{
    const bool isLarge = outline.width > kMaxPictureSide || outline.height > kMaxPictureSide ||
                         qint64(outline.width) * outline.height > kMaxPicturePixels;
    return isLarge ? Messages::tr("Unsupported resolution: %1 × %2")
                         .arg(QString::number(outline.width), QString::number(outline.height))
                   : QString();
}

QString cannotShow(const PictureOutline &outline)
{
    if (!canDecode(outline.format))
        return Messages::tr("Gatehouse can't show %1 pictures.").arg(nameOf(outline.format));
    return Messages::tr("Gatehouse can't show this kind of %1.").arg(nameOf(outline.format));
}

StillCheck checkStill(const QByteArray &bytes)
{
    StillCheck out;
    ProbeResult &result = out.result;
    result.kind = Kind::Still;
    const auto outline = outlineOf(bytes);
    if (!outline)
        return out;
    result.container = nameOf(outline->format).toLower();
    result.videoCodec = QString::fromLatin1(avcodec_get_name(codecOf(outline->format)));
    result.contentLocalTime = outline->exif.taken;
    result.cameraSerial = outline->exif.serial;
    result.cameraModel = outline->exif.model;
    out.orientation = outline->exif.orientation;
    result.reason = tooLarge(*outline);
    if (!result.reason.isEmpty())
        return out;
    if (takesTooLong(*outline)) {
        result.state = ItemState::TooLong;
        result.reason = Messages::tr("This picture would take minutes to decode.");
        return out;
    }
    takeDecodeErrors();
    PictureDecoding decoding = decodePicture(bytes, *outline);
    out.picture = std::move(decoding.frame);
    const bool isFaulty = takeDecodeErrors() > 0 || decoding.isFaulty;
    if (out.picture) {
        if (isFaulty || !outline->isWhole)
            concealErrors(*out.picture);
        const ShownSize shown =
            shownSize(out.picture->width, out.picture->height, kSquarePoints, out.orientation);
        result.frames = 1;
        result.width = shown.width;
        result.height = shown.height;
    }
    if (!outline->isWhole) {
        result.state = ItemState::Incomplete;
        result.reason = out.picture || decoding.isUnsupported
                            ? Messages::tr("The end of the picture is missing: the camera stopped sending.")
                            : Messages::tr("Too little of the picture arrived to show it.");
    } else if (decoding.isUnsupported) {
        result.state = ItemState::Ok;
        result.reason = cannotShow(*outline);
    } else if (!out.picture) {
        result.reason = Messages::tr("The picture is damaged and can't be shown.");
    } else if (isFaulty) {
        result.reason = Messages::tr("The picture is damaged: parts of it look wrong.");
    } else {
        result.state = ItemState::Ok;
        if (outline->isAnimated)
            result.reason = Messages::tr("Gatehouse shows only the first picture of this animation.");
    }
    return out;
}

} // namespace gatehouse::media
