#include "media/copy/low_res_job.h"

#include "media/copy/transcode.h"

namespace gatehouse::media
{

namespace
{
constexpr CopyRecipe kLowRes{.shortSide = 360, .keyEvery = 2'000'000, .bitRate = 330'000};
}

QJsonObject makeLowRes(const JobInput &input)
{
    return transcode(input, kLowRes, hardwareEncoders()).toJson();
}

} // namespace gatehouse::media
