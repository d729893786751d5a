// Makes the preview of a clip for quick scrubbing: its keyframes at 180p, each one a keyframe again, without
// sound. Its answer is a CopyReport. A job of a media worker.
#pragma once

#include "media/worker/job_kind.h"

namespace gatehouse::media
{

QJsonObject makePreview(const JobInput &input);

inline constexpr JobKind kPreviewJob{"preview", 95, false, &makePreview};

} // namespace gatehouse::media
