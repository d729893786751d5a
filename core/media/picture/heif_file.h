// Parses the structure of a HEIC or AVIF file before a decoder sees it: claimed size, decoding cost, EXIF,
// whether all data is present. Hostile bytes: bounded, no allocation based on claims.
// Any thread. Sources: ISO/IEC 14496-12 (boxes), 23008-12 (pictures in them).
#pragma once

#include "media/picture/picture_file.h"

namespace gatehouse::media
{

std::optional<PictureFormat> heifFormat(QByteArrayView head);
// Leaves the EXIF orientation unset: the file's own rotation and mirroring count, and the decoder applies
// them.
PictureOutline outlineOfHeif(QByteArrayView bytes, PictureFormat format);

} // namespace gatehouse::media
