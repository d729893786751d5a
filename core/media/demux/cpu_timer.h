// The CPU time a thread has used since the timer was created, excluding time spent waiting for a CPU or the
// disk. Query it on the thread that created it.
#pragma once

#include <QtGlobal>
#include <ctime>

namespace gatehouse::media
{

class CpuTimer
{
public:
    [[nodiscard]] qint64 elapsedMs() const { return now() - m_start; }

private:
    static qint64 now()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    }

    qint64 m_start = now();
};

} // namespace gatehouse::media
