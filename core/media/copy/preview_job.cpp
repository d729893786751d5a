#include "media/copy/preview_job.h"

#include "media/copy/transcode.h"

namespace gatehouse::media
{

namespace
{
constexpr CopyRecipe kPreview{.shortSide = 180, .keysOnly = true, .bitRate = 150'000};
}

QJsonObject makePreview(const JobInput &input)
{
    // So few pictures take less time than a probe for hardware.
    return transcode(input, kPreview, {}).toJson();
}

} // namespace gatehouse::media
