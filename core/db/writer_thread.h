// Group commit: one thread owns a database's only write connection. All waiting jobs form one burst: one
// transaction, one fsync; each future resolves after that commit. A job runs in its own savepoint, so a
// failed one does not affect the others. Checkpoints the log between bursts. submit() from any thread; jobs
// and the observer run on the writer's thread, in order of submission. Errors: a job's own; if the
// transaction itself fails (Full, Unavailable, …), all of its jobs fail with that.
#pragma once

#include "base/futures.h"
#include "base/result.h"
#include "db/connection.h"

#include <QByteArray>
#include <QFuture>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace gatehouse::db
{

enum class Urgency {
    Immediate, // somebody waits for it
    Deferred,  // joins the next commit, or gets its own after 10 ms
};

// Follows the transactions, to publish what was committed. Must not throw or block.
class CommitObserver
{
public:
    virtual ~CommitObserver() = default;
    virtual void jobFinished(bool /*kept*/) {} // kept: part of the transaction, which may still fail
    virtual void committed() {}                // before the futures of its jobs are resolved
    virtual void rolledBack() {}               // the whole burst is undone
    virtual void damageFound(const Error & /*error*/) {} // Corrupt; at most once per burst
};

class WriterThread
{
public:
    // threadName: at most 15 bytes. The observer must outlive this object.
    WriterThread(std::unique_ptr<Connection> connection, QByteArray threadName,
                 CommitObserver *observer = nullptr);
    ~WriterThread(); // completes queued jobs
    Q_DISABLE_COPY_MOVE(WriterThread)

    // body: callable as Result<T>(Connection &). An error, returned or left in the connection, rolls back the
    // job's writes.
    template<typename Body>
    auto submit(Body body, Urgency urgency = Urgency::Immediate)
        -> QFuture<std::invoke_result_t<Body &, Connection &>>
    {
        auto job = std::make_unique<JobOf<Body>>(std::move(body));
        auto future = job->future();
        push(std::move(job), urgency);
        return future;
    }

private:
    class Job
    {
    public:
        virtual ~Job() = default;
        virtual bool run(Connection &connection) = 0; // false: it failed
        [[nodiscard]] virtual const Error *error() const = 0;
        virtual void failWith(const Error &error) = 0; // replaces the result of run()
        virtual void resolve() = 0;
    };

    template<typename Body>
    class JobOf final : public Job
    {
    public:
        using Answer = std::invoke_result_t<Body &, Connection &>;

        explicit JobOf(Body body) : m_body(std::move(body)) {}
        [[nodiscard]] QFuture<Answer> future() const { return m_promise.future(); }

        bool run(Connection &connection) override
        {
            m_answer = m_body(connection);
            return m_answer.has_value();
        }
        [[nodiscard]] const Error *error() const override { return m_answer ? nullptr : &m_answer.error(); }
        void failWith(const Error &error) override { m_answer = tl::unexpected(error); }
        void resolve() override { m_promise.resolve(std::move(m_answer)); }

    private:
        Body m_body;
        Answer m_answer = fail(ErrorKind::Cancelled, QString());
        SharedPromise<Answer> m_promise;
    };

    using Burst = std::deque<std::unique_ptr<Job>>;

    void push(std::unique_ptr<Job> job, Urgency urgency);
    void run();
    bool waitForWork(std::unique_lock<std::mutex> &lock); // false: no work for a while
    Burst takeBurst();
    void carryOut(const Burst &burst);
    Result<void> commit(const Burst &burst);
    Result<void> carryOut(Job &job);
    void tidyLog(bool idle);

    const std::unique_ptr<Connection> m_connection;
    const QByteArray m_threadName;
    CommitObserver m_noObserver;
    CommitObserver &m_observer;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    Burst m_waiting;
    bool m_isAwaited = false; // at least one waiting job is Immediate
    std::optional<std::chrono::steady_clock::time_point> m_deferredDue;
    bool m_stopping = false;
    std::thread m_thread; // last, because it uses the other members
};

} // namespace gatehouse::db
