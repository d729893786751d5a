#include "media/worker/job_kind.h"

#include "media/copy/low_res_job.h"
#include "media/copy/preview_job.h"
#include "media/copy/remux_job.h"
#include "media/probe/full_probe_job.h"
#include "media/probe/poster_job.h"

#include <algorithm>
#include <array>

namespace gatehouse::media
{

namespace
{

constexpr std::array kJobKinds{
    &kPosterJob, &kFullProbeJob, &kLowResJob, &kPreviewJob, &kRemuxJob,
};

} // namespace

const JobKind *findJobKind(const QString &name)
{
    const auto found = std::find_if(kJobKinds.begin(), kJobKinds.end(),
                                    [&](const JobKind *kind) { return name == QLatin1String(kind->name); });
    return found == kJobKinds.end() ? nullptr : *found;
}

} // namespace gatehouse::media
