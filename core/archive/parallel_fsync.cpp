#include "archive/parallel_fsync.h"

#include <algorithm>
#include <atomic>

namespace gatehouse::archive
{

struct ParallelFsync::Round {
    const Job *job = nullptr; // valid while a job is left to take
    size_t count = 0;
    std::atomic<size_t> taken = 0;
    std::mutex mutex;
    std::condition_variable finished;
    size_t done = 0;

    void work()
    {
        for (size_t i = taken++; i < count; i = taken++) {
            (*job)(i);
            const std::lock_guard lock(mutex);
            if (++done == count)
                finished.notify_one();
        }
    }
};

ParallelFsync::ParallelFsync(int helpers)
{
    for (int i = 0; i < helpers; ++i)
        m_helpers.emplace_back([this] { help(); });
}

ParallelFsync::~ParallelFsync()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    for (std::thread &helper : m_helpers)
        helper.join();
}

void ParallelFsync::run(size_t count, const Job &job)
{
    if (count < 2) {
        if (count == 1)
            job(0);
        return;
    }
    const auto round = std::make_shared<Round>();
    round->job = &job;
    round->count = count;
    const size_t wanted = std::min(count - 1, m_helpers.size());
    {
        const std::lock_guard lock(m_mutex);
        m_rounds.insert(m_rounds.end(), wanted, round);
    }
    // Not all of them: most batches have two or three files.
    for (size_t i = 0; i < wanted; ++i)
        m_wake.notify_one();
    round->work();
    std::unique_lock lock(round->mutex);
    round->finished.wait(lock, [&round] { return round->done == round->count; });
}

void ParallelFsync::help()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stop || !m_rounds.empty(); });
        if (m_rounds.empty())
            return;
        const auto round = std::move(m_rounds.front());
        m_rounds.pop_front();
        lock.unlock();
        round->work();
        lock.lock();
    }
}

} // namespace gatehouse::archive
