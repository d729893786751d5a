// Copies a clip's own video into an MP4, which every player opens. Sound that MP4 cannot hold becomes AAC.
// Its answer is a CopyReport. A job of a media worker.
#pragma once

#include "media/worker/job_kind.h"

namespace gatehouse::media
{

QJsonObject makeRemux(const JobInput &input);

inline constexpr JobKind kRemuxJob{"remux", 92, false, &makeRemux};

} // namespace gatehouse::media
