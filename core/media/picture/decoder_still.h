// Decodes a picture file (see PictureFormat), identified by its first bytes, whatever its name. A truncated
// file yields the part that exists. Blocks on disk. One thread.
// Errors: Corrupt, Invalid (not a picture file, or too large to decode).
#pragma once

#include "media/demux/source.h"

namespace gatehouse::media
{

struct DecodedStill {
    Av<AVFrame> frame;
    Orientation orientation;
};

bool isStill(const Source &source);
Result<DecodedStill> decodeStill(const Source &source);

} // namespace gatehouse::media
