// Raw MJPEG, which network video recorders and simple cameras write: JPEGs one behind the other without
// a container, a clip whatever their number. Reads the first picture. Any thread.
#pragma once

#include "media/demux/source.h"

namespace gatehouse::media
{

// A picture by its name is none, whatever hangs behind it: cameras leave thumbnails and bursts there.
bool isPictureStream(const Source &source);

} // namespace gatehouse::media
