// The processor time a thread has used since the timer was made: what it waited, for a processor on a
// busy PC or for the disk, does not count. To be asked on the thread that made it.
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
