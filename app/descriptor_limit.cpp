#include "app/descriptor_limit.h"

#include <algorithm>
#include <sys/resource.h>

namespace gatehouse::app
{

namespace
{

constexpr rlim_t mostOfUse = 16'384;
constexpr int forTheEngine = 256; // catalog, archive, workers, window
constexpr int perSession = 3;     // control and data connection, file

} // namespace

int raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const rlim_t wanted = std::min(limit.rlim_max, mostOfUse);
    if (limit.rlim_cur < wanted) {
        const rlimit raised{wanted, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return int(std::min<rlim_t>(limit.rlim_cur, 1 << 30));
}

int sessionsWithin(int descriptorLimit)
{
    return std::max(1, (descriptorLimit - forTheEngine) / perSession);
}

} // namespace gatehouse::app
