#include "media/probe/full_probe_job.h"

#include "media/probe/examination.h"

namespace gatehouse::media
{

QJsonObject probeInFull(const QString &file, const QString &poster)
{
    return examineFile(file, poster, Depth::Full).toJson();
}

} // namespace gatehouse::media
