// Decodes a picture file (see PictureFormat) found by its first bytes, whatever its name says.
// A cut file gives the part that is there. Blocks on disk. One thread.
// Errors: Corrupt, Invalid (no picture file, or too large to decode).
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
