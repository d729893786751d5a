// The part of a picture that never arrived, painted grey: decoders leave it at zero, which shows as a
// glaring green. Any thread.
#pragma once

#include "media/demux/av.h"

namespace gatehouse::media
{

// Planar 8-bit YUV; others are left alone. No camera writes zero for both colours of a point.
void concealErrors(AVFrame &frame);

} // namespace gatehouse::media
