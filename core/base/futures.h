// Futures that are already resolved, for calls that sometimes need no work. Any thread.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QPromise>
#include <memory>

namespace gatehouse
{

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
    SharedPromise() { m_promise->start(); }
    [[nodiscard]] QFuture<T> future() const { return m_promise->future(); }
    void resolve(T value) const
    {
        m_promise->addResult(std::move(value));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
};

} // namespace gatehouse
