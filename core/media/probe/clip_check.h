// Decodes a clip from its first to its last frame and reports what it found. Decodes every frame until the
// effort is spent; of a longer clip, all remaining packets are read to the end, but only keyframes and the
// last group of pictures are decoded, so that an hour of 4K costs seconds. A group is judged only from its
// keyframe on; one that started before the effort was spent is trusted. One thread.
#pragma once

#include "media/demux/clip_reader.h"
#include "media/probe/motion_meter.h"

#include <algorithm>
#include <cstdlib>

namespace gatehouse::media
{

struct CheckEffort {
    // 2,300 frames of 1080p: about 90 s of a camera's clip, 9 s of one core.
    qint64 pixels = 4'800'000'000;
    // CPU time, so that a busy PC changes nothing.
    int sparseAfterMs = 20'000; // then keyframes only
    int endAfterMs = 45'000;    // then the rest is trusted; below WorkerLimits::cpuSeconds
};

struct ClipCheck {
    int packets = 0;             // frames in the container
    int pictures = 0;            // decoded
    int faults = 0;              // packets with damaged or missing frames
    int faultsAtEnd = 0;         // of these, among the last two packets: where a cut would show
    bool isBeginMissing = false; // nothing decodes before the first keyframe, which comes later in the clip
    bool isComplete = true;      // every frame was decoded
    bool isRead = true;          // to its end
    int missingPackets = 0;      // promised by the index beyond the end of the file
    qint64 duration = 0;         // ms; from the container if not read to its end
    bool isDurationAssumed = false; // the frame rate is unknown
    qint64 picturesEnd = 0;         // ms; from the start of the clip, as is soundEnd
    qint64 soundEnd = 0;            // 0: no audio, or none on the video's clock
    MotionProfile motion;           // known as far as frames were decoded
    Av<AVFrame> firstPicture;
    Av<AVFrame> sample; // an intact frame with some contrast, otherwise the first

    // Video and audio end so far apart that a viewer should know.
    [[nodiscard]] bool differ() const
    {
        constexpr qint64 tolerated = 2'000;
        const qint64 apart = std::abs(picturesEnd - soundEnd);
        return soundEnd > 0 && apart > tolerated && apart > std::max(picturesEnd, soundEnd) / 10;
    }
};

ClipCheck checkClip(ClipReader &reader, qint64 fileBytes, const CheckEffort &effort = {});

} // namespace gatehouse::media
