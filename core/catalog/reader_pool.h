// Catalog queries from a thread that must not block: each runs on one of a few threads that own a Reader, and
// the result arrives as a future. Create and destroy it on one thread.
#pragma once

#include "base/futures.h"
#include "catalog/reader.h"

#include <QFuture>
#include <QThreadPool>
#include <functional>
#include <type_traits>

namespace gatehouse::catalog
{

class ReaderPool
{
public:
    explicit ReaderPool(QString databasePath, int threads = 2);
    ~ReaderPool(); // waits for running queries

    // query: callable as R(Reader &) where R is a Result<…>; runs on a pool thread.
    template<typename Query>
    auto ask(Query query) -> QFuture<std::invoke_result_t<Query, Reader &>>
    {
        using Answer = std::invoke_result_t<Query, Reader &>;
        const SharedPromise<Answer> promise;
        run([promise, query = std::move(query)](const Result<Reader *> &reader) mutable {
            if (reader)
                promise.resolve(query(**reader));
            else
                promise.resolve(Answer(tl::unexpect, reader.error()));
        });
        return promise.future();
    }

private:
    class IdleReaders;

    void run(std::function<void(const Result<Reader *> &)> task);

    QString m_databasePath;
    std::unique_ptr<IdleReaders> m_idle;
    QThreadPool m_threads;
};

} // namespace gatehouse::catalog
