#include "ftp/completions.h"

#include <mutex>
#include <sys/eventfd.h>
#include <unistd.h>

namespace gatehouse::ftp
{

struct Completions::Mailbox {
    std::mutex mutex;
    std::vector<std::function<void()>> jobs;
    int wakeUp = -1; // eventfd; -1 once the receiver is gone
};

Completions::Completions(Poller &poller) : m_poller(poller), m_box(std::make_shared<Mailbox>())
{
    m_box->wakeUp = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_token = m_poller.watch(m_box->wakeUp, *this, true, false);
}

Completions::~Completions()
{
    m_poller.forget(m_token);
    const std::lock_guard lock(m_box->mutex);
    ::close(m_box->wakeUp);
    m_box->wakeUp = -1;
    m_box->jobs.clear();
}

void Completions::post(Mailbox &box, std::function<void()> job)
{
    const std::lock_guard lock(box.mutex);
    if (box.wakeUp < 0)
        return;
    box.jobs.push_back(std::move(job));
    if (box.jobs.size() == 1)
        ::eventfd_write(box.wakeUp, 1);
}

void Completions::pollReady(Readiness)
{
    std::vector<std::function<void()>> jobs;
    {
        const std::lock_guard lock(m_box->mutex);
        eventfd_t count = 0;
        ::eventfd_read(m_box->wakeUp, &count);
        jobs.swap(m_box->jobs);
    }
    for (const auto &job : jobs)
        job();
}

} // namespace gatehouse::ftp
