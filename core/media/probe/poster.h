// A small JPEG of one decoded frame, as the player would show it: at most 320 wide (narrower pictures keep
// their width) and 640 high. Written under a temporary name and renamed, so that a reader sees a complete
// poster or none. Returns its size in bytes. Blocks; any thread. Errors: Corrupt (not a picture), Full,
// Denied, Unavailable.
#pragma once

#include "base/result.h"
#include "media/demux/av.h"

namespace gatehouse::media
{

constexpr int kPosterWidth = 320;

Result<qint64> writePoster(const AVFrame &frame, AVRational pixelAspect, Orientation orientation,
                           const QString &file);

// Spread of a frame's brightness, 0 (one flat tone) to 127.
int contrastOf(const AVFrame &frame);

} // namespace gatehouse::media
