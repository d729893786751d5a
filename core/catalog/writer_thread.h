// Carries commands out on one thread: all that wait make one burst, one transaction, one fsync; each has
// its own savepoint. A command is settled after the commit. The log is checkpointed between bursts.
// What nobody waits for rides with the next burst, or makes one of its own after 10 ms.
// push() and pushUnhurried() from any thread.
#pragma once

#include "catalog/operations/write_context.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace gatehouse::catalog
{

class Command
{
public:
    virtual ~Command() = default;
    // False: it refused, and nothing of it stays.
    virtual bool carryOut(WriteContext &context) = 0;
    // What came of it so far; none: it is accepted.
    [[nodiscard]] virtual const Error *error() const = 0;
    // It could not be kept after all; replaces what carryOut() found.
    virtual void failWith(const Error &error) = 0;
    virtual void settle() = 0; // the future
};

class WriterThread
{
public:
    WriterThread(std::unique_ptr<db::Connection> connection, WriterOptions options, const Clock &clock,
                 ItemIds &ids, std::function<void(ChangeSet)> committed,
                 std::function<void(const QString &)> damaged);
    ~WriterThread(); // finishes what is queued
    WriterThread(const WriterThread &) = delete;
    WriterThread &operator=(const WriterThread &) = delete;

    void push(std::unique_ptr<Command> command);
    void pushUnhurried(std::unique_ptr<Command> command);

private:
    using Burst = std::deque<std::unique_ptr<Command>>;

    void run();
    bool waitForWork(std::unique_lock<std::mutex> &lock); // false: nothing came for a while
    Burst takeBurst();
    void carryOut(Burst &burst);
    Result<void> carryOut(Command &command);
    void tidyLog(bool idle);

    std::unique_ptr<db::Connection> m_connection;
    WriteContext m_context;
    ChangeSet m_changes; // of the burst
    std::function<void(ChangeSet)> m_committed;
    std::function<void(const QString &text)> m_damaged;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    Burst m_waiting;
    bool m_isAwaited = false; // of those that wait, one at least
    std::optional<std::chrono::steady_clock::time_point> m_unhurriedDue;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace gatehouse::catalog
