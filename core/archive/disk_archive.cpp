#include "archive/disk_archive.h"

#include "archive/check.h"
#include "archive/disk_staged_file.h"
#include "archive/journal_compaction.h"
#include "archive/layout.h"
#include "base/messages.h"

#include <QElapsedTimer>
#include <algorithm>
#include <sys/resource.h>

namespace gatehouse::archive
{

namespace
{

constexpr std::chrono::milliseconds kMaxPause(200);
constexpr std::chrono::milliseconds kHeldUpFor(4000);

tl::unexpected<Error> isClosed()
{
    return fail(ErrorKind::Cancelled, Messages::tr("The archive is closed."), QStringLiteral("archive"));
}

// The first thread monitors the disk while idle. The others do if it is blocked.
StorageThread::Idle idleOf(const std::shared_ptr<ArchiveContext> &context, int number)
{
    return [context, number] { return context->watch.untilDue() + (number - 1) * kHeldUpFor; };
}

} // namespace

StorageWorker::StorageWorker(const std::shared_ptr<ArchiveContext> &s, const QString &archiveId, int number)
    : context(s), batch(*s, archiveId, number),
      thread(
          QStringLiteral("storage-%1").arg(number), [this] { afterBurst(); }, idleOf(s, number))
{
}

void StorageWorker::afterBurst()
{
    batch.commit();
    if (context->watch.untilDue() <= std::chrono::milliseconds::zero())
        context->watch.look();
}

DiskArchive::DiskArchive(const ArchiveOptions &options, FileSystem &files, const Clock &clock,
                         const ArchiveId &identity)
    : m_id(identity.id), m_context(std::make_shared<ArchiveContext>(files, clock, options.root, identity)),
      m_run(QString::number(clock.now(), 36)), m_workThread(QStringLiteral("work")),
      m_readThread(QStringLiteral("reading")), m_journalThread(QStringLiteral("journal"))
{
    for (int number = 1; number <= std::max(1, options.threads); ++number)
        m_workers.push_back(std::make_shared<StorageWorker>(m_context, m_id, number));
}

DiskArchive::~DiskArchive()
{
    m_isClosing = true;
    m_workThread.close();
    m_readThread.close();
    m_journalThread.close();
    for (const auto &worker : m_workers)
        worker->thread.close();
}

Result<std::unique_ptr<StagedFile>> DiskArchive::stageFile(const StagingOptions &options)
{
    if (auto state = ready(); !state)
        return tl::unexpected(state.error());
    const QString name =
        QStringLiteral("%1/%2-%3").arg(kIncomingName, m_run, QString::number(++m_parts)) + kPartSuffix;
    return std::make_unique<DiskStagedFile>(
        leastBusy(), std::make_shared<IncomingFile>(m_context, options, m_context->pathOf(name)));
}

QFuture<Result<void>> DiskArchive::remove(ItemId item, QString relativePath, QString reason,
                                          std::optional<qint64> duration)
{
    const SharedPromise<Result<void>> answer;
    StorageWorker &worker = workerOf(item);
    worker.thread.post([&worker, item, relativePath, reason, duration, answer] {
        worker.batch.remove({item, relativePath, reason, 0, duration}, answer);
    });
    return answer.future();
}

QFuture<Result<bool>> DiskArchive::makeSure(Kept kept, QString spare)
{
    const SharedPromise<Result<bool>> answer;
    const bool taken = m_readThread.post([this, kept = std::move(kept), spare = std::move(spare), answer] {
        const Result<QString> wrong = whatIsWrongWith(kept);
        if (!wrong || wrong->isEmpty()) {
            answer.resolve(wrong.map([](const QString &) { return false; }));
            return;
        }
        StorageWorker &worker = workerOf(kept.placement.item);
        worker.thread.post([&worker, kept, spare, reason = *wrong, answer] {
            worker.batch.restore(kept, spare, reason, answer);
        });
    });
    if (!taken)
        answer.resolve(isClosed());
    return answer.future();
}

// Empty: it exists, and its bytes are unchanged.
Result<QString> DiskArchive::whatIsWrongWith(const Kept &kept) const
{
    if (m_isClosing)
        return isClosed();
    FileSystem &files = m_context->files;
    const QString root = kept.archive == m_id ? m_context->root : kept.root;
    if (kept.archive == m_id) {
        if (auto there = m_context->watch.verify(); !there)
            return tl::unexpected(there.error());
    } else if (const auto other = readArchiveId(files, root); !other || other->id != kept.archive) {
        return Messages::tr("The archive is not available");
    }
    const QString path = root + QLatin1Char('/') + kept.relativePath;
    const auto stat = files.stat(path);
    if (!stat && stat.error().kind == ErrorKind::NotFound)
        return Messages::tr("It was missing");
    if (!stat)
        return stat.error().text;
    if (stat->isFolder || stat->bytes != kept.bytes)
        return Messages::tr("It was %1 bytes long instead of %2")
            .arg(QString::number(stat->isFolder ? 0 : stat->bytes), QString::number(kept.bytes));
    const auto hash = hashFile(files, path, [this](qint64) { return !m_isClosing; });
    if (!hash && hash.error().kind == ErrorKind::Cancelled)
        return tl::unexpected(hash.error());
    if (!hash)
        return Messages::tr("It could not be read: %1").arg(hash.error().text);
    return *hash == kept.sha256 ? QString() : Messages::tr("Its content had changed since it was received");
}

QFuture<Result<void>> DiskArchive::noteRename(ItemId item, QString sourcePath)
{
    const SharedPromise<Result<void>> answer;
    StorageWorker &worker = workerOf(item);
    worker.thread.post(
        [&worker, item, sourcePath, answer] { worker.batch.noteRename(item, sourcePath, answer); });
    return answer.future();
}

QFuture<Result<Space>> DiskArchive::space()
{
    const SharedPromise<Result<Space>> answer;
    leastBusy()->thread.post([context = m_context, answer] {
        auto found = context->watch.verify().and_then([&] { return context->files.space(context->root); });
        if (!found)
            found = tl::unexpected(context->watch.explain(found.error()));
        answer.resolve(std::move(found));
    });
    return answer.future();
}

QFuture<Result<Compacted>> DiskArchive::compactJournal(qint64 before, std::function<bool()> mayGoOn)
{
    const SharedPromise<Result<Compacted>> answer;
    const bool taken = m_journalThread.post([this, before, mayGoOn = std::move(mayGoOn), answer] {
        ::setpriority(PRIO_PROCESS, 0, 19); // of this thread
        QElapsedTimer slice;
        slice.start();
        // Half of the time, the disk is left to uploads.
        const auto goesOn = [&] {
            if (!m_isClosing)
                std::this_thread::sleep_for(std::min(kMaxPause, std::chrono::milliseconds(slice.elapsed())));
            slice.start();
            return !m_isClosing && mayGoOn() && m_context->watch.verify();
        };
        JournalCompaction compaction{m_context->files, m_context->root, m_context->journals, before, goesOn};
        answer.resolve(m_context->watch.verify().and_then([&] { return compaction.run(); }));
    });
    if (!taken)
        answer.resolve(isClosed());
    return answer.future();
}

void DiskArchive::run(std::function<void()> work)
{
    m_workThread.post(std::move(work));
}

std::shared_ptr<StorageWorker> DiskArchive::leastBusy()
{
    // Starts at a different worker each time, so that equally idle ones take turns.
    const size_t first = m_parts.load() % m_workers.size();
    size_t best = first;
    for (size_t i = 1; i < m_workers.size(); ++i) {
        const size_t candidate = (first + i) % m_workers.size();
        if (m_workers[candidate]->thread.waiting() < m_workers[best]->thread.waiting())
            best = candidate;
    }
    return m_workers[best];
}

StorageWorker &DiskArchive::workerOf(ItemId item) const
{
    // One worker per item, so that its journal lines stay in order in one file.
    return *m_workers[static_cast<size_t>(item.value) % m_workers.size()];
}

} // namespace gatehouse::archive
