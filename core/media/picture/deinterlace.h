// Interlaced frames hold two moments in alternate lines: moving parts show combs. Any thread.
#pragma once

#include "media/demux/av.h"

namespace gatehouse::media
{

bool isInterlaced(const AVFrame &frame);
// Replaces the second field's pixels that stand out as combs by their vertical neighbours; static parts keep
// every line. Null: not a format that decoders of interlaced video produce (planar, 8 bits).
Av<AVFrame> deinterlaced(const AVFrame &frame);

} // namespace gatehouse::media
