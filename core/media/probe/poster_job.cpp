#include "media/probe/poster_job.h"

#include "media/probe/examination.h"

namespace gatehouse::media
{

QJsonObject makePoster(const QString &file, const QString &poster)
{
    return examineFile(file, poster, Depth::Quick).toJson();
}

} // namespace gatehouse::media
