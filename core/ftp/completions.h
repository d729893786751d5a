// Delivers the results of futures to the network thread, in batches. Drops results that arrive after the
// receiver is gone. post() may be called on any thread, everything else on the network thread.
#pragma once

#include "base/result.h"
#include "base/when_done.h"
#include "ftp/poller.h"

#include <QFuture>
#include <functional>
#include <memory>

namespace gatehouse::ftp
{

class Completions final : public Pollable
{
public:
    explicit Completions(Poller &poller);
    ~Completions() override;

    // Calls `done` with the result: at once if it is available, else from the event loop. Uses the future's
    // only continuation: to wait for the same result elsewhere, take a future from a SharedPromise
    // (base/futures.h).
    template<typename T>
    void await(QFuture<Result<T>> future, std::function<void(Result<T>)> done)
    {
        if (future.isFinished()) {
            done(resultOf(future));
            return;
        }
        // Runs on the thread that resolves the future; touches only the mailbox.
        whenEnded(future, [box = m_box, done = std::move(done)](const QFuture<Result<T>> &finished) {
            post(*box, [done, result = resultOf(finished)] { done(result); });
        });
    }

    void pollReady(Readiness readiness) override;

private:
    struct Mailbox;
    static void post(Mailbox &box, std::function<void()> job);

    template<typename T>
    static Result<T> resultOf(const QFuture<Result<T>> &future)
    {
        if (future.resultCount() == 0) // cancelled: the promise was dropped
            return fail(ErrorKind::Cancelled, QStringLiteral("given up"), QStringLiteral("ftp"));
        return future.result();
    }

    Poller &m_poller;
    std::shared_ptr<Mailbox> m_box;
    Poller::Token m_token = Poller::kNone;
};

} // namespace gatehouse::ftp
