// Decodes HEIC and AVIF pictures with libheif: eight bits, turned and mirrored as the file says, without
// what shines through. Starts threads for as long as it decodes. One thread.
#pragma once

#include "media/picture/picture_decoder.h"

namespace gatehouse::media
{

// Loads what libheif has for each codec. Before the process loses the way to files.
void prepareHeif();
bool canDecodeHeif(PictureFormat format);
// What it claims must have been checked before; here points and tiles are bounded once more.
PictureDecoding decodeHeif(const QByteArray &bytes);

} // namespace gatehouse::media
