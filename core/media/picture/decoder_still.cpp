#include "media/picture/decoder_still.h"

#include "media/demux/picture_stream.h"
#include "media/picture/error_concealment.h"
#include "media/picture/picture_decoder.h"
#include "media/picture/picture_limits.h"
#include "media/picture/still.h"

#include <QCoreApplication>

namespace gatehouse::media
{

bool isStill(const Source &source)
{
    return pictureFormat(source.at(0, 32)).has_value() && !isPictureStream(source);
}

Result<DecodedStill> decodeStill(const Source &source)
{
    if (source.bytes() > kMaxPictureFileBytes)
        return fail(ErrorKind::Invalid,
                    QCoreApplication::translate("media", "This picture file is too large."));
    const QByteArray bytes = source.at(0, source.bytes());
    const auto outline = outlineOf(bytes);
    if (!outline)
        return fail(ErrorKind::Invalid, QCoreApplication::translate("media", "This is not a picture file."));
    if (const QString why = tooLarge(*outline); !why.isEmpty())
        return fail(ErrorKind::Invalid, why);
    PictureDecoding decoding = decodePicture(bytes, *outline);
    if (decoding.isUnsupported)
        return fail(ErrorKind::Invalid, cannotShow(*outline));
    Av<AVFrame> frame = std::move(decoding.frame);
    if (!frame)
        return fail(ErrorKind::Corrupt,
                    QCoreApplication::translate("media", "The picture is damaged and can't be shown."));
    if (outline->format == PictureFormat::Jpeg)
        concealErrors(*frame);
    frame->sample_aspect_ratio = AVRational{1, 1}; // a JPEG's print density is not its pixel aspect
    return DecodedStill{std::move(frame), outline->exif.orientation};
}

} // namespace gatehouse::media
