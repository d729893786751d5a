// Examines a still to its end and gives a clip its poster: the answer is an Examination. A job of a media
// worker.
#pragma once

#include "media/worker/job_kind.h"

namespace gatehouse::media
{

QJsonObject makePoster(const JobInput &input);

inline constexpr JobKind kPosterJob{"poster", 200, false, &makePoster};

} // namespace gatehouse::media
