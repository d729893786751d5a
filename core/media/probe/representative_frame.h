// A frame that represents a clip, found with as little reading and decoding as possible: the keyframe about a
// third in if the container can seek, otherwise the first. Skips flat ones (black, grey) while there are
// better ones, and always damaged ones. Moves the reader's position. One thread.
#pragma once

#include "media/demux/clip_reader.h"

namespace gatehouse::media
{

// Null: no keyframe near the sampled positions decodes cleanly.
Av<AVFrame> representativeFrame(ClipReader &reader, qint64 fileBytes);

} // namespace gatehouse::media
