// Decodes HEIC and AVIF pictures with libheif: eight bits, rotated and mirrored as the file says, without
// transparency. Starts threads while decoding. One thread.
#pragma once

#include "media/picture/picture_decoder.h"

namespace gatehouse::media
{

// Loads libheif's codecs. Call before the process loses access to files.
void prepareHeif();
bool canDecodeHeif(PictureFormat format);
// The claimed size must have been checked before; pixels and tiles are limited here once more.
PictureDecoding decodeHeif(const QByteArray &bytes);

} // namespace gatehouse::media
