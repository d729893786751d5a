#include "archive/disk_staged_file.h"

#include "base/messages.h"

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kDrainedBelow = qint64(1) << 20; // bytes

} // namespace

DiskStagedFile::DiskStagedFile(std::shared_ptr<StorageWorker> worker, std::shared_ptr<IncomingFile> file)
    : m_worker(std::move(worker)), m_file(std::move(file))
{
}

DiskStagedFile::~DiskStagedFile()
{
    {
        const std::lock_guard lock(m_flow->mutex);
        m_flow->context.reset(); // cancels pending calls
    }
    // Deleted on its thread, after what was written; here, if that thread has ended.
    if (m_file)
        m_worker->thread.post([file = std::move(m_file)] { file->discard(); });
}

void DiskStagedFile::write(QByteArray chunk)
{
    if (!m_file || chunk.isEmpty())
        return;
    m_flow->pending += chunk.size();
    m_worker->thread.post([file = m_file, shared = std::make_shared<const Chunk>(m_flow, std::move(chunk))] {
        file->append(shared->bytes, shared);
    });
}

qint64 DiskStagedFile::pending() const
{
    return m_flow->pending;
}

void DiskStagedFile::onDrained(std::function<void()> drained)
{
    const std::lock_guard lock(m_flow->mutex);
    m_flow->context = std::make_unique<QObject>();
    m_flow->drained = std::move(drained);
    // It may have drained since the caller checked: on a full disk that takes microseconds.
    if (m_flow->pending < kDrainedBelow)
        QMetaObject::invokeMethod(m_flow->context.get(), m_flow->drained, Qt::QueuedConnection);
}

QFuture<Result<Placed>> DiskStagedFile::place(Placement placement)
{
    const SharedPromise<Result<Placed>> answer;
    const bool taken = m_file && m_worker->thread.post([batch = &m_worker->batch, file = std::move(m_file),
                                                        placement = std::move(placement),
                                                        answer] { batch->place(file, placement, answer); });
    if (!taken)
        answer.resolve(
            fail(ErrorKind::Cancelled, Messages::tr("The archive is closed."), QStringLiteral("archive")));
    return answer.future();
}

DiskStagedFile::Chunk::Chunk(std::shared_ptr<Flow> f, QByteArray b) : flow(std::move(f)), bytes(std::move(b))
{
}

DiskStagedFile::Chunk::~Chunk()
{
    flow->written(bytes.size());
}

void DiskStagedFile::Flow::written(qint64 bytes)
{
    const qint64 before = pending.fetch_sub(bytes);
    if (before < kDrainedBelow || before - bytes >= kDrainedBelow)
        return;
    const std::lock_guard lock(mutex);
    if (context && drained)
        QMetaObject::invokeMethod(context.get(), drained, Qt::QueuedConnection);
}

} // namespace gatehouse::archive
