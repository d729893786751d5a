// Whether a clip's container is complete, judged by its structure alone: a camera that lost power or network
// leaves a file with its last box, cluster, chunk or packet cut off. Reads a few hundred headers at most,
// even of hostile files. Formats without an end (raw H.264) are never reported as cut.
#pragma once

#include "media/demux/source.h"

namespace gatehouse::media
{

enum class ContainerEnd {
    Whole,   // or undecidable
    Cut,     // plays up to the cut
    NoTable, // MP4 without its sample table: cannot play
};

// Starts like one of the containers above, whatever follows.
bool isClip(const Source &source);
ContainerEnd containerEnd(const Source &source);

} // namespace gatehouse::media
