#include "archive/disk_intake.h"

#include "archive/sentences.h"

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kDrainedBelow = qint64(1) << 20; // bytes

} // namespace

DiskIntake::DiskIntake(std::shared_ptr<Lane> lane, std::shared_ptr<IncomingFile> file)
    : m_lane(std::move(lane)), m_file(std::move(file))
{
}

DiskIntake::~DiskIntake()
{
    {
        const std::lock_guard lock(m_flow->mutex);
        m_flow->context.reset(); // with it go calls that are on their way
    }
    // Removed on its thread, after what was written; here, if that thread is no more.
    if (m_file)
        m_lane->thread.post([file = std::move(m_file)] { file->discard(); });
}

void DiskIntake::write(QByteArray chunk)
{
    if (!m_file || chunk.isEmpty())
        return;
    m_flow->pending += chunk.size();
    m_lane->thread.post([file = m_file, flow = m_flow, chunk = std::move(chunk)] {
        file->append(chunk);
        flow->written(chunk.size());
    });
}

qint64 DiskIntake::pending() const
{
    return m_flow->pending;
}

void DiskIntake::onDrained(std::function<void()> drained)
{
    const std::lock_guard lock(m_flow->mutex);
    m_flow->context = std::make_unique<QObject>();
    m_flow->drained = std::move(drained);
    // It may have drained since the caller looked: on a full disk that is a matter of microseconds.
    if (m_flow->pending < kDrainedBelow)
        QMetaObject::invokeMethod(m_flow->context.get(), m_flow->drained, Qt::QueuedConnection);
}

QFuture<Result<Placed>> DiskIntake::place(Placement placement)
{
    const Answer<Result<Placed>> answer;
    const bool taken = m_file && m_lane->thread.post([batch = &m_lane->batch, file = std::move(m_file),
                                                      placement = std::move(placement),
                                                      answer] { batch->place(file, placement, answer); });
    if (!taken)
        answer.resolve(
            fail(ErrorKind::Cancelled, Sentences::tr("The archive is closed."), QStringLiteral("archive")));
    return answer.future();
}

void DiskIntake::Flow::written(qint64 bytes)
{
    const qint64 before = pending.fetch_sub(bytes);
    if (before < kDrainedBelow || before - bytes >= kDrainedBelow)
        return;
    const std::lock_guard lock(mutex);
    if (context && drained)
        QMetaObject::invokeMethod(context.get(), drained, Qt::QueuedConnection);
}

} // namespace gatehouse::archive
