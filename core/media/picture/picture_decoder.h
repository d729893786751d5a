// Decodes the first picture of a picture file whose outline is known. Its claimed size must have been checked
// before (see tooLarge()); pixels are limited here once more. One thread.
#pragma once

#include "media/picture/picture_file.h"

namespace gatehouse::media
{

struct PictureDecoding {
    Av<AVFrame> frame;          // null: nothing can be shown
    bool isUnsupported = false; // a variant of the format that the decoder does not support
    bool isFaulty = false; // reported by the decoder itself; libav's errors are counted (see decode_log.h)
};

AVCodecID codecOf(PictureFormat format);
bool canDecode(PictureFormat format);
PictureDecoding decodePicture(const QByteArray &bytes, const PictureOutline &outline);

} // namespace gatehouse::media
