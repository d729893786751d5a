// Continues when a future has its result: the only way to do so, in place of QFuture::then(). A future that
// was cancelled without a result calls nothing. continuation: void(const T &).
#pragma once

#include "base/futures.h"
#include "base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>

namespace gatehouse
{

// On the context's thread, where it must be called. Unlike QFuture::then(context, …) it is safe when the
// context is destroyed first: nothing is called then. Any number may wait for one future.
template<typename T, typename Continuation>
void whenDone(const QFuture<T> &future, QObject *context, Continuation continuation)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, continuation = std::move(continuation)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             continuation(watcher->future().result());
                     });
    watcher->setFuture(future);
}

// The next three run on the thread that resolves the future, or at once if it is resolved: one hop less. From
// any thread; each takes the one continuation that a future can have.

// Called for a future that was cancelled, too: continuation: void(const QFuture<T> &).
template<typename T, typename Continuation>
void whenEnded(QFuture<T> future, Continuation continuation)
{
    auto work = std::make_shared<Continuation>(std::move(continuation));
    const detail::ContinuationLock lock;
    future.then(QtFuture::Launch::Sync, [work](const QFuture<T> &ended) {
        detail::ContinuationLock::defer([work, ended] { (*work)(ended); });
    });
}

template<typename T, typename Continuation>
void whenDone(const QFuture<T> &future, Continuation continuation)
{
    whenEnded(future, [continuation = std::move(continuation)](const QFuture<T> &done) mutable {
        if (done.resultCount() > 0)
            continuation(done.result());
    });
}

// The future of convert(result): U(const T &). Cancelled if the other one is.
template<typename T, typename Convert>
auto converted(const QFuture<T> &future, Convert convert)
{
    const SharedPromise<std::invoke_result_t<Convert &, const T &>> answer;
    whenDone(future, [answer, convert = std::move(convert)](const T &result) mutable {
        answer.resolve(convert(result));
    });
    return answer.future();
}

// Once all have their results, in their order, on the context's thread, where it must be called; if one was
// cancelled, nothing is called. continuation: void(const QList<T> &).
template<typename T, typename Continuation>
void whenAllDone(const QList<QFuture<T>> &futures, QObject *context, Continuation continuation)
{
    const SharedPromise<QList<T>> all; // cancels where a future drops its continuation uncalled
    const auto left = std::make_shared<std::atomic<qsizetype>>(futures.size());
    const auto finish = [all, futures] {
        QList<T> results;
        for (const QFuture<T> &future : futures)
            results.append(future.result());
        all.resolve(results);
    };
    for (const QFuture<T> &future : futures) {
        whenDone(future, [left, finish](const T &) {
            if (--*left == 0)
                finish();
        });
    }
    if (futures.isEmpty())
        finish();
    whenDone(all.future(), context, std::move(continuation));
}

namespace detail
{

template<typename T>
struct Awaited {
    using Type = T;
};
template<typename T>
struct Awaited<QFuture<T>> {
    using Type = T;
};

template<typename Step, typename T>
decltype(auto) callWith(Step &step, const Result<T> &result)
{
    if constexpr (std::is_void_v<T>)
        return std::invoke(step);
    else
        return std::invoke(step, *result);
}

} // namespace detail

// The next step of several: step is called with the value, or without one for Result<void>, and gives a
// Result<U> or a future of one; the answer is its result, or the error that was in the way. Cancelled without
// a result where the context is destroyed first.
template<typename T, typename Step>
auto andThen(const QFuture<Result<T>> &future, QObject *context, Step step)
{
    using Returned = decltype(detail::callWith(step, std::declval<const Result<T> &>()));
    using Answer = typename detail::Awaited<std::decay_t<Returned>>::Type;
    const SharedPromise<Answer> answer;
    whenDone(future, context, [answer, context, step = std::move(step)](const Result<T> &result) mutable {
        if (!result)
            answer.resolve(tl::unexpected(result.error()));
        else if constexpr (std::is_same_v<std::decay_t<Returned>, Answer>)
            answer.resolve(detail::callWith(step, result));
        else
            whenDone(detail::callWith(step, result), context,
                     [answer](const Answer &last) { answer.resolve(last); });
    });
    return answer.future();
}

} // namespace gatehouse
