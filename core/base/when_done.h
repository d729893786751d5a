// Continues on the context's thread when a future has its result. Unlike QFuture::then(context, …) it
// is safe when the context is destroyed first: nothing is called then.
// Call on the context's thread.
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace gatehouse
{

// continuation: void(const T &). A future that was cancelled without a result calls nothing.
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

} // namespace gatehouse
