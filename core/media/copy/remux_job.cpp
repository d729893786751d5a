#include "media/copy/remux_job.h"

#include "media/copy/remux.h"

namespace gatehouse::media
{

QJsonObject makeRemux(const JobInput &input)
{
    return remux(input).toJson();
}

} // namespace gatehouse::media
