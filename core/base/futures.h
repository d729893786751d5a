// Promises and futures that are already resolved. Any thread.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QPromise>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse
{

namespace detail
{

// Attaching a continuation and finishing its future exclude each other: Qt (6.4.2, measured) otherwise runs
// the continuation twice and crashes, because QFutureInterfaceBase::setContinuation() stores what it has just
// run for a future that another thread is finishing. What is attached only defers the work, which follows
// when the lock is free again, so that no foreign code runs under it. One for all futures; held for a
// microsecond.
class ContinuationLock
{
public:
    ContinuationLock();
    ~ContinuationLock(); // runs what was deferred on this thread
    Q_DISABLE_COPY_MOVE(ContinuationLock)

    // At once on a thread that does not hold the lock.
    static void defer(std::function<void()> work);
};

} // namespace detail

template<typename T>
QFuture<T> answered(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

// A promise shared by the continuations of one reply. Resolved once; cancels if dropped unresolved.
template<typename T>
class SharedPromise
{
public:
    [[nodiscard]] QFuture<T> future() const { return m_state->promise->future(); }
    void resolve(T value) const
    {
        const detail::ContinuationLock lock;
        m_state->promise->addResult(std::move(value));
        m_state->promise->finish();
    }

private:
    struct State {
        State() { promise->start(); }
        ~State()
        {
            const detail::ContinuationLock lock;
            promise.reset();
        }
        Q_DISABLE_COPY_MOVE(State)

        std::optional<QPromise<T>> promise{std::in_place};
    };

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace gatehouse
