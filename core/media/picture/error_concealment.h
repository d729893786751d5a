// Paints the part of a frame that never arrived grey: decoders leave it at zero, which shows as glaring
// green. Any thread.
#pragma once

#include "media/demux/av.h"

namespace gatehouse::media
{

// Planar 8-bit YUV; other formats are left alone. No camera writes zero for both chroma values of a pixel.
void concealErrors(AVFrame &frame);

} // namespace gatehouse::media
