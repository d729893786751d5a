// Interlaced pictures hold two moments, line by line: what moves shows combs. Any thread.
#pragma once

#include "media/demux/av.h"

namespace gatehouse::media
{

bool isInterlaced(const AVFrame &frame);
// The second field's points that stand out as combs are taken from the lines around them; what rests keeps
// every line. Null: not a format that decoders of interlaced video give (planar, 8 bits).
Av<AVFrame> deinterlaced(const AVFrame &frame);

} // namespace gatehouse::media
