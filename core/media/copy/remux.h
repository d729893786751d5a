// Writes a clip's own video and sound into an MP4, and checks that the copy decodes to as many pictures and
// lasts as long. Runs in a worker process. One thread; blocks.
#pragma once

#include "media/copy/copy_report.h"
#include "media/worker/job_kind.h"

namespace gatehouse::media
{

CopyReport remux(const JobInput &input);

} // namespace gatehouse::media
