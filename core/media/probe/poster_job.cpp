#include "media/probe/poster_job.h"

#include "media/probe/examination.h"

namespace gatehouse::media
{

QJsonObject makePoster(const JobInput &input)
{
    return examineFile(input.file, input.output, Depth::Quick).toJson();
}

} // namespace gatehouse::media
