#include "base/futures.h"

#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::detail
{

namespace
{

// Recursive: a result that is destroyed may hold a promise.
std::recursive_mutex &mutex()
{
    static std::recursive_mutex all;
    return all;
}

thread_local int depth = 0;
thread_local std::vector<std::function<void()>> deferred;

} // namespace

ContinuationLock::ContinuationLock()
{
    mutex().lock();
    ++depth;
}

ContinuationLock::~ContinuationLock()
{
    --depth;
    mutex().unlock();
    if (depth > 0)
        return;
    for (const std::function<void()> &work : std::exchange(deferred, {}))
        work();
}

void ContinuationLock::defer(std::function<void()> work)
{
    if (depth == 0)
        work();
    else
        deferred.push_back(std::move(work));
}

} // namespace gatehouse::detail
