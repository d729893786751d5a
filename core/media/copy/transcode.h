// Makes a smaller copy of a clip: every picture (or every keyframe) at its own time, as displayed, with
// sound. The copy is decoded and compared before it appears under its name. Runs in a worker process. One
// thread; blocks.
#pragma once

#include "media/copy/copy_report.h"
#include "media/copy/hardware_encoder.h"
#include "media/worker/job_kind.h"

namespace gatehouse::media
{

struct CopyRecipe {
    int shortSide = 360;      // pixels
    bool keysOnly = false;    // only keyframes of the clip, and no sound
    qint64 keyEvery = 0;      // microseconds; 0: every picture is a keyframe
    qint64 bitRate = 300'000; // of the video, at most, per second
};

CopyReport transcode(const JobInput &input, const CopyRecipe &recipe,
                     const std::vector<HardwareEncoder> &hardware);

} // namespace gatehouse::media
