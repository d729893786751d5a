#include "archive/storage_thread.h"

#include <pthread.h>

namespace gatehouse::archive
{

StorageThread::StorageThread(QString name, Work afterBurst, Idle idle)
    : m_name(std::move(name)), m_afterBurst(std::move(afterBurst)), m_idle(std::move(idle)),
      m_thread([this] { run(); })
{
}

StorageThread::~StorageThread()
{
    close();
}

void StorageThread::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

bool StorageThread::post(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stop)
            return false;
        ++m_waiting;
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
    return true;
}

void StorageThread::run()
{
    pthread_setname_np(pthread_self(), m_name.left(15).toLatin1().constData());
    std::vector<Work> burst;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            const auto hasWork = [this] { return m_stop || !m_queue.empty(); };
            if (m_idle)
                m_wake.wait_for(lock, m_idle(), hasWork);
            else
                m_wake.wait(lock, hasWork);
            if (m_stop && m_queue.empty())
                return;
            burst.swap(m_queue);
        }
        for (Work &work : burst) {
            work();
            work = nullptr; // releases what it holds before the commit
        }
        if (m_afterBurst)
            m_afterBurst();
        m_waiting -= int(burst.size()); // only now: a committing thread is not idle
        burst.clear();
    }
}

} // namespace gatehouse::archive
