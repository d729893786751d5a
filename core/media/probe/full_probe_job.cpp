#include "media/probe/full_probe_job.h"

#include "media/probe/examination.h"

namespace gatehouse::media
{

QJsonObject probeInFull(const JobInput &input)
{
    return examineFile(input.file, input.output, Depth::Full).toJson();
}

} // namespace gatehouse::media
