// Whether a clip's container reaches its own end, read from its structure alone: a camera that lost its
// power or its network leaves a file whose last box, cluster, chunk or packet is cut. Reads a few hundred
// headers at most, hostile bytes included. Formats without an end (raw H.264) are never called cut.
#pragma once

#include "media/demux/source.h"

namespace gatehouse::media
{

enum class ContainerEnd {
    Whole,   // or not to be told
    Cut,     // plays as far as it goes
    NoTable, // MP4 without its table of samples: cannot play
};

// Begins like one of the containers above, whatever follows.
bool isClip(const Source &source);
ContainerEnd containerEnd(const Source &source);

} // namespace gatehouse::media
