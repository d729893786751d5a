// Runs the syncs of one batch in parallel: the file system then handles them with one commit, whereas
// sequential syncs would each wait for their own. run(): any thread; it participates and returns when all
// jobs are done. Jobs must not throw.
#pragma once

#include <QtGlobal>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::archive
{

class ParallelFsync
{
public:
    explicit ParallelFsync(int helpers);
    ~ParallelFsync();
    Q_DISABLE_COPY_MOVE(ParallelFsync)

    using Job = std::function<void(size_t)>;
    // job(0) … job(count - 1), in any order.
    void run(size_t count, const Job &job);

private:
    struct Round;
    void help();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::shared_ptr<Round>> m_rounds; // one entry per helper wanted
    bool m_stop = false;
    std::vector<std::thread> m_helpers;
};

} // namespace gatehouse::archive
