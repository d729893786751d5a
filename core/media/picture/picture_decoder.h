// Decodes the first picture of a picture file whose outline is known. What it claims must have been
// checked before (see tooLarge()); pixels are bounded here once more. One thread.
#pragma once

#include "media/picture/picture_file.h"

namespace gatehouse::media
{

struct PictureDecoding {
    Av<AVFrame> frame;          // null: nothing can be shown
    bool isUnsupported = false; // a kind of this format that the decoder does not know
    bool isFaulty = false;      // the decoder says so itself; libav's are counted (see decode_log.h)
};

AVCodecID codecOf(PictureFormat format);
bool canDecode(PictureFormat format);
PictureDecoding decodePicture(const QByteArray &bytes, const PictureOutline &outline);

} // namespace gatehouse::media
