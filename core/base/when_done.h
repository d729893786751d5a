// Continues when a future has its result: the one way to do so, in place of QFuture::then().
// A future that was cancelled without a result calls nothing. continuation: void(const T &).
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

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

// On the thread that resolves the future, or at once if it is resolved: one hop less. From any thread; takes
// the one continuation that a future can have.
template<typename T, typename Continuation>
void whenDone(QFuture<T> future, Continuation continuation)
{
    future.then(QtFuture::Launch::Sync,
                [continuation = std::move(continuation)](const QFuture<T> &done) mutable {
                    if (done.resultCount() > 0)
                        continuation(done.result());
                });
}

} // namespace gatehouse
