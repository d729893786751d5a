// A thread that runs an archive's disk work in the order posted. After each burst it may commit what the
// burst left in a batch: a batch is whatever was waiting, so no latency is added. post(): any thread. close()
// completes what was posted and rejects the rest.
#pragma once

#include <QString>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::archive
{

class StorageThread
{
public:
    using Work = std::function<void()>;

    // How long the thread may sleep before afterBurst runs again without new work.
    using Idle = std::function<std::chrono::milliseconds()>;

    // afterBurst runs after each burst and, when idle, after `idle`; without `idle`, only after bursts.
    explicit StorageThread(QString name, Work afterBurst = {}, Idle idle = {});
    ~StorageThread();
    Q_DISABLE_COPY_MOVE(StorageThread)

    bool post(Work work); // false: closed, the work was rejected
    void close();
    // Amount of waiting work: determines where the next upload goes.
    [[nodiscard]] int waiting() const { return m_waiting; }

private:
    void run();

    const QString m_name;
    const Work m_afterBurst;
    const Idle m_idle;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Work> m_queue;
    bool m_stop = false;
    std::atomic<int> m_waiting = 0;
    std::thread m_thread; // last: starts when everything else exists
};

} // namespace gatehouse::archive
