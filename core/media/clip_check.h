// Decodes a clip from its first to its last picture and says what it found. Up to `pixelBudget` every
// picture is decoded; of what a longer clip holds beyond that all packets are read to the end, but only
// keyframes and the last group of pictures are decoded, so that an hour of 4K costs seconds.
// One thread.
#pragma once

#include "media/clip_reader.h"

namespace gatehouse::media
{

// 2,300 pictures of 1080p: about 90 s of a camera's clip, 9 s of one core.
constexpr qint64 pixelBudget = 4'800'000'000;

struct ClipCheck {
    int packets = 0;             // pictures the container holds
    int pictures = 0;            // decoded
    int faults = 0;              // packets whose pictures came out damaged or not at all
    int faultsAtEnd = 0;         // of these, the last two packets: where a cut would show
    bool isBeginMissing = false; // no picture until the first whole one, later in the clip
    bool isComplete = true;      // every picture was decoded
    int missingPackets = 0;      // that the index promises beyond the end of the file
    qint64 duration = 0;         // ms
    Av<AVFrame> firstPicture;
    Av<AVFrame> sample; // a sound picture with some contrast, else the first
};

ClipCheck checkClip(ClipReader &reader, qint64 fileBytes, qint64 budget = pixelBudget);

} // namespace gatehouse::media
