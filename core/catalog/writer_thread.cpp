#include "catalog/writer_thread.h"

#include "catalog/operations/recovered.h"
#include "catalog/operations/salvaged_whole.h"
#include "db/transaction.h"

#include <QLoggingCategory>
#include <pthread.h>

namespace gatehouse::catalog
{

namespace
{

Q_LOGGING_CATEGORY(catalogLog, "gatehouse.catalog")

constexpr size_t kMaxBurst = 512;
constexpr auto kIdleAfter = std::chrono::milliseconds(300);
constexpr auto kUnhurriedAfter = std::chrono::milliseconds(10);
constexpr int kPagesBusy = 4000; // 16 MB of log: checkpoint even while commands wait

} // namespace

WriterThread::WriterThread(std::unique_ptr<db::Connection> connection, WriterOptions options,
                           const Clock &clock, ItemIds &ids, std::function<void(ChangeSet)> committed,
                           std::function<void(const QString &)> damaged)
    : m_connection(std::move(connection)), m_context{*m_connection,
                                                     std::move(options),
                                                     clock,
                                                     ids,
                                                     {},
                                                     {},
                                                     {},
                                                     anyRecovered(*m_connection),
                                                     anySalvaged(*m_connection)},
      m_committed(std::move(committed)), m_damaged(std::move(damaged)), m_thread([this] { run(); })
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

void WriterThread::push(std::unique_ptr<Command> command)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::move(command));
        m_isAwaited = true;
    }
    m_wake.notify_one();
}

void WriterThread::pushUnhurried(std::unique_ptr<Command> command)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::move(command));
        if (m_unhurriedDue || m_isAwaited)
            return;
        m_unhurriedDue = std::chrono::steady_clock::now() + kUnhurriedAfter;
    }
    m_wake.notify_one();
}

bool WriterThread::waitForWork(std::unique_lock<std::mutex> &lock)
{
    while (!m_stopping && !m_isAwaited) {
        if (m_unhurriedDue) {
            if (m_wake.wait_until(lock, *m_unhurriedDue) == std::cv_status::timeout)
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
    m_unhurriedDue.reset();
    return burst;
}

void WriterThread::run()
{
    pthread_setname_np(pthread_self(), "catalog");
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (!waitForWork(lock)) {
            lock.unlock();
            tidyLog(true);
            lock.lock();
            continue;
        }
        if (m_waiting.empty())
            break; // it is to end
        Burst burst = takeBurst();
        lock.unlock();
        carryOut(burst);
        burst.clear();
        tidyLog(false);
        lock.lock();
    }
    lock.unlock();
    if (const auto done = m_connection->checkpoint(true); !done)
        qCWarning(catalogLog, "%s", qPrintable(done.error().where)); // the next start goes on from the log
}

void WriterThread::carryOut(Burst &burst)
{
    Result<void> kept;
    {
        m_changes = {};
        db::Transaction transaction(*m_connection, db::Transaction::Write);
        for (const auto &command : burst) {
            kept = carryOut(*command);
            if (!kept)
                break;
        }
        if (kept)
            kept = transaction.commit();
    }
    if (!kept) {
        for (const auto &command : burst)
            command->failWith(kept.error());
    } else if (!m_changes.isEmpty()) {
        m_committed(std::move(m_changes));
    }
    for (const auto &command : burst) {
        if (const Error *error = command->error(); error && error->kind == ErrorKind::Corrupt)
            m_damaged(error->text);
        command->settle();
    }
}

// An error here is the whole burst's: the transaction could not begin, or is gone.
Result<void> WriterThread::carryOut(Command &command)
{
    if (m_connection->failed())
        return m_connection->takeResult();
    db::Savepoint savepoint(*m_connection);
    m_context.changes = {};
    const bool accepted = command.carryOut(m_context);
    if (m_connection->failed() || accepted) {
        const Result<void> released = savepoint.release();
        if (!released && !m_connection->inTransaction())
            return released;
        if (!released)
            command.failWith(released.error());
        else
            m_changes.take(m_context.changes);
    }
    return {};
}

void WriterThread::tidyLog(bool idle)
{
    if (m_connection->logPages() == 0 || (!idle && m_connection->logPages() < kPagesBusy))
        return;
    const int before = m_connection->logPages();
    const Result<void> done = m_connection->checkpoint();
    if (!done)
        qCWarning(catalogLog, "%s", qPrintable(done.error().where));
    // A reader holds on to the log: try again after the next commit rather than at once.
    if (idle && m_connection->logPages() == before)
        m_connection->postponeCheckpoint();
}

} // namespace gatehouse::catalog
