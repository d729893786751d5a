// Makes the low-res copy of a clip for the player: 360p, H.264 with a keyframe every two seconds, AAC, at
// most 0.4 Mbit/s. Its answer is a CopyReport. A job of a media worker.
#pragma once

#include "media/worker/job_kind.h"

namespace gatehouse::media
{

QJsonObject makeLowRes(const JobInput &input);

inline constexpr JobKind kLowResJob{"low_res", 90, false, &makeLowRes};

} // namespace gatehouse::media
