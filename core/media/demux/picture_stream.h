// Raw MJPEG, which network video recorders and simple cameras write: concatenated JPEGs without a container,
// a clip whatever their number. Reads the first picture. Any thread.
#pragma once

#include "media/demux/source.h"

namespace gatehouse::media
{

// Never true for a file with a picture's extension: cameras append thumbnails and bursts to stills.
bool isPictureStream(const Source &source);

} // namespace gatehouse::media
