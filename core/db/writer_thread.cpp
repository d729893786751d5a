#include "db/writer_thread.h"

#include "db/transaction.h"

#include <QLoggingCategory>
#include <pthread.h>

namespace gatehouse::db
{

namespace
{

Q_LOGGING_CATEGORY(dbLog, "gatehouse.db")

constexpr size_t kMaxBurst = 512; // jobs
constexpr auto kIdleAfter = std::chrono::milliseconds(300);
constexpr auto kDeferredFor = std::chrono::milliseconds(10);
constexpr int kPagesBusy = 4000; // 16 MB of log: checkpoint even while jobs wait

} // namespace

WriterThread::WriterThread(std::unique_ptr<Connection> connection, QByteArray threadName,
                           CommitObserver *observer)
    : m_connection(std::move(connection)), m_threadName(std::move(threadName)),
      m_observer(observer ? *observer : m_noObserver), m_thread([this] { run(); })
{
}

WriterThread::~WriterThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void WriterThread::push(std::unique_ptr<Job> job, Urgency urgency)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::move(job));
        if (urgency == Urgency::Immediate) {
            m_isAwaited = true;
        } else {
            if (m_deferredDue || m_isAwaited)
                return; // the thread is awake, or will be in time
            m_deferredDue = std::chrono::steady_clock::now() + kDeferredFor;
        }
    }
    m_wake.notify_one();
}

bool WriterThread::waitForWork(std::unique_lock<std::mutex> &lock)
{
    while (!m_stopping && !m_isAwaited) {
        if (m_deferredDue) {
            if (m_wake.wait_until(lock, *m_deferredDue) == std::cv_status::timeout)
                return true;
        } else if (m_connection->logPages() == 0) {
            m_wake.wait(lock);
        } else if (m_wake.wait_for(lock, kIdleAfter) == std::cv_status::timeout) {
            return false;
        }
    }
    return true;
}

WriterThread::Burst WriterThread::takeBurst()
{
    Burst burst;
    if (m_waiting.size() <= kMaxBurst) {
        burst.swap(m_waiting);
        m_isAwaited = false;
    } else {
        for (size_t i = 0; i < kMaxBurst; ++i) {
            burst.push_back(std::move(m_waiting.front()));
            m_waiting.pop_front();
        }
        m_isAwaited = true;
    }
    m_deferredDue.reset();
    return burst;
}

void WriterThread::run()
{
    pthread_setname_np(pthread_self(), m_threadName.constData());
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (!waitForWork(lock)) {
            lock.unlock();
            tidyLog(true);
            lock.lock();
            continue;
        }
        if (m_waiting.empty())
            break; // told to stop
        Burst burst = takeBurst();
        lock.unlock();
        carryOut(burst);
        burst.clear();
        tidyLog(false);
        lock.lock();
    }
    lock.unlock();
    if (const auto done = m_connection->checkpoint(true); !done)
        qCWarning(dbLog, "%s", qPrintable(done.error().where)); // the next start continues from the log
}

void WriterThread::carryOut(const Burst &burst)
{
    if (const Result<void> kept = commit(burst)) {
        m_observer.committed();
    } else {
        for (const auto &job : burst)
            job->failWith(kept.error());
        m_observer.rolledBack();
    }
    bool isDamageReported = false;
    for (const auto &job : burst) {
        const Error *error = job->error();
        if (error && error->kind == ErrorKind::Corrupt && !std::exchange(isDamageReported, true))
            m_observer.damageFound(*error);
        job->resolve();
    }
}

Result<void> WriterThread::commit(const Burst &burst)
{
    Transaction transaction(*m_connection, Transaction::Write);
    for (const auto &job : burst) {
        if (auto done = carryOut(*job); !done)
            return done;
    }
    return transaction.commit();
}

// An error here affects the whole burst: the transaction could not begin, or is lost.
Result<void> WriterThread::carryOut(Job &job)
{
    if (m_connection->failed())
        return m_connection->takeResult();
    bool isKept = false;
    {
        Savepoint savepoint(*m_connection);
        isKept = job.run(*m_connection);
        if (m_connection->failed() || isKept) {
            const Result<void> released = savepoint.release();
            if (!released && !m_connection->inTransaction())
                return released;
            if (!released)
                job.failWith(released.error());
            isKept = released.has_value();
        }
    }
    m_observer.jobFinished(isKept);
    return {};
}

void WriterThread::tidyLog(bool idle)
{
    if (m_connection->logPages() == 0 || (!idle && m_connection->logPages() < kPagesBusy))
        return;
    const int before = m_connection->logPages();
    const Result<void> done = m_connection->checkpoint();
    if (!done)
        qCWarning(dbLog, "%s", qPrintable(done.error().where));
    // A reader holds on to the log: retry after the next commit instead of at once.
    if (idle && m_connection->logPages() == before)
        m_connection->postponeCheckpoint();
}

} // namespace gatehouse::db
