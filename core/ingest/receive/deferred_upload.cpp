#include "ingest/receive/deferred_upload.h"

#include "base/futures.h"
#include "base/when_done.h"

#include <optional>

namespace gatehouse::ingest
{

struct DeferredUpload::State {
    bool waiting = true;
    std::unique_ptr<ftp::Upload> upload; // null: still waiting, or refused
    std::optional<Error> refusal;
    QVector<QByteArray> kept;
    qint64 keptBytes = 0;
    std::function<void()> drained;
    std::optional<ftp::UploadEnd> end;
    SharedPromise<Result<void>> answer;

    void start(const Begin &begin)
    {
        waiting = false;
        auto begun = begin();
        if (begun)
            upload = std::move(*begun);
        else
            refusal = begun.error();
        for (QByteArray &chunk : std::exchange(kept, {})) {
            if (upload)
                upload->write(std::move(chunk));
        }
        keptBytes = 0;
        if (end)
            forwardEnd();
        else if (const auto notify = std::exchange(drained, {}); notify && upload)
            upload->onDrained(notify);
        else if (notify)
            notify();
    }

    void forwardEnd()
    {
        if (refusal) {
            answer.resolve(tl::unexpected(*refusal));
            return;
        }
        whenDone(upload->finish(*end), [reply = answer](const Result<void> &done) { reply.resolve(done); });
    }
};

DeferredUpload::DeferredUpload(const QFuture<Result<void>> &earlier, QObject *thread, Begin begin)
    : m_state(std::make_shared<State>())
{
    whenDone(earlier, thread,
             [state = m_state, begin = std::move(begin)](const Result<void> &) { state->start(begin); });
}

DeferredUpload::~DeferredUpload()
{
    if (!m_state->end)
        finish(ftp::UploadEnd::Cut);
}

void DeferredUpload::write(QByteArray chunk)
{
    if (m_state->waiting) {
        m_state->keptBytes += chunk.size();
        m_state->kept.append(std::move(chunk));
    } else if (m_state->upload) {
        m_state->upload->write(std::move(chunk));
    }
}

qint64 DeferredUpload::pending() const
{
    if (m_state->waiting)
        return m_state->keptBytes;
    return m_state->upload ? m_state->upload->pending() : 0;
}

void DeferredUpload::onDrained(std::function<void()> drained)
{
    if (m_state->upload)
        m_state->upload->onDrained(std::move(drained));
    else
        m_state->drained = std::move(drained);
}

QFuture<Result<void>> DeferredUpload::finish(ftp::UploadEnd end)
{
    m_state->end = end;
    if (!m_state->waiting)
        m_state->forwardEnd();
    return m_state->answer.future();
}

} // namespace gatehouse::ingest
