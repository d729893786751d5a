// The structure of a HEIC or AVIF file, read before a decoder sees it: the size it claims, what decoding it
// would cost, EXIF, whether all its data is there. Hostile bytes: bounded, no allocation by what they claim.
// Any thread. Sources: ISO/IEC 14496-12 (boxes), 23008-12 (pictures in them).
#pragma once

#include "media/picture/picture_file.h"

namespace gatehouse::media
{

std::optional<PictureFormat> heifFormat(QByteArrayView head);
// Its EXIF has no turn: here it is the file's own turn and mirror that count, and the decoder applies them.
PictureOutline outlineOfHeif(QByteArrayView bytes, PictureFormat format);

} // namespace gatehouse::media
