// Decodes a clip to its end: the answer is an Examination. Makes the poster where there is none yet. A job of
// a media worker.
#pragma once

#include "media/worker/job_kind.h"

namespace gatehouse::media
{

QJsonObject probeInFull(const JobInput &input);

inline constexpr JobKind kFullProbeJob{"full_probe", 100, true, &probeInFull};

} // namespace gatehouse::media
