// Brings the results of futures back to the network thread, all that are there in one go. A result that
// comes after the receiver is gone is dropped. post() may be called on any thread, the rest on one.
#pragma once

#include "base/result.h"
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

    // Calls `done` with the result: at once when it is there already, else from the event loop. Takes the
    // one continuation that a future can have: whoever waits for the same result needs a future of its own
    // (base/futures.h: SharedPromise).
    template<typename T>
    void await(QFuture<Result<T>> future, std::function<void(Result<T>)> done)
    {
        if (future.isFinished()) {
            done(resultOf(future));
            return;
        }
        // The continuation runs where the future is resolved; only the mailbox is touched there.
        future.then([box = m_box, done = std::move(done)](QFuture<Result<T>> finished) {
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
        if (future.resultCount() == 0) // cancelled: its maker gave up
            return fail(ErrorKind::Cancelled, QStringLiteral("given up"), QStringLiteral("ftp"));
        return future.result();
    }

    Poller &m_poller;
    std::shared_ptr<Mailbox> m_box;
    Poller::Token m_token = Poller::kNone;
};

} // namespace gatehouse::ftp
