// One picture that stands for a clip, found with as little reading and decoding as possible: the
// keyframe about a third in where the container can seek, else the first. Flat ones (black, grey) are
// passed over while there are better, damaged ones always. Moves the reader's position. One thread.
#pragma once

#include "media/demux/clip_reader.h"

namespace gatehouse::media
{

// Null: no keyframe near the places looked at decodes soundly.
Av<AVFrame> representativeFrame(ClipReader &reader, qint64 fileBytes);

} // namespace gatehouse::media
