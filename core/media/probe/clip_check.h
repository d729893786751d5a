// Decodes a clip from its first to its last picture and says what it found. Every picture is decoded
// until the effort is spent; of what a longer clip holds beyond that all packets are read to the end, but
// only keyframes and the last group of pictures are decoded, so that an hour of 4K costs seconds. A group
// is judged only from its keyframe on: what began before the effort was spent is believed. One thread.
#pragma once

#include "media/demux/clip_reader.h"

#include <algorithm>
#include <cstdlib>

namespace gatehouse::media
{

struct CheckEffort {
    // 2,300 pictures of 1080p: about 90 s of a camera's clip, 9 s of one core.
    qint64 pixels = 4'800'000'000;
    // Of processor time: a busy PC changes nothing.
    int sparseAfterMs = 20'000; // then keyframes only
    int endAfterMs = 45'000;    // then the rest is believed; below WorkerLimits::cpuSeconds
};

struct ClipCheck {
    int packets = 0;                // pictures the container holds
    int pictures = 0;               // decoded
    int faults = 0;                 // packets whose pictures came out damaged or not at all
    int faultsAtEnd = 0;            // of these, the last two packets: where a cut would show
    bool isBeginMissing = false;    // no picture until the first whole one, later in the clip
    bool isComplete = true;         // every picture was decoded
    bool isRead = true;             // to its end
    int missingPackets = 0;         // that the index promises beyond the end of the file
    qint64 duration = 0;            // ms; the container's word where it was not read to its end
    bool isDurationAssumed = false; // nothing says how many pictures a second has
    qint64 picturesEnd = 0;         // ms; from the clip's begin, as is the sound's
    qint64 soundEnd = 0;            // 0: no sound, or none that shares the pictures' clock
    Av<AVFrame> firstPicture;
    Av<AVFrame> sample; // a sound picture with some contrast, else the first

    // Pictures and sound end so far apart that a viewer should know.
    [[nodiscard]] bool differ() const
    {
        constexpr qint64 tolerated = 2'000;
        const qint64 apart = std::abs(picturesEnd - soundEnd);
        return soundEnd > 0 && apart > tolerated && apart > std::max(picturesEnd, soundEnd) / 10;
    }
};

ClipCheck checkClip(ClipReader &reader, qint64 fileBytes, const CheckEffort &effort = {});

} // namespace gatehouse::media
