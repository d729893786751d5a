#include "archive/disk_archive.h"

#include "archive/check.h"
#include "archive/disk_intake.h"
#include "archive/journal_compaction.h"
#include "archive/layout.h"
#include "archive/sentences.h"

#include <QElapsedTimer>
#include <algorithm>
#include <sys/resource.h>

namespace gatehouse::archive
{

namespace
{

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kMaxPause = 200ms;
constexpr std::chrono::milliseconds kHeldUpFor = 4s;

tl::unexpected<Error> isClosed()
{
    return fail(ErrorKind::Cancelled, Sentences::tr("The archive is closed."), QStringLiteral("archive"));
}

// The first one looks after the disk while nothing comes. The others do where that one is held up.
StorageThread::Idle idleOf(const std::shared_ptr<Store> &store, int number)
{
    return [store, number] { return store->watch.untilDue() + (number - 1) * kHeldUpFor; };
}

} // namespace

Lane::Lane(const std::shared_ptr<Store> &s, const QString &archiveId, int number)
    : store(s), batch(*s, archiveId, number),
      thread(
          QStringLiteral("storage-%1").arg(number), [this] { afterBurst(); }, idleOf(s, number))
{
}

void Lane::afterBurst()
{
    batch.commit();
    if (store->watch.untilDue() <= 0ms)
        store->watch.look();
}

DiskArchive::DiskArchive(const ArchiveOptions &options, Files &files, const Clock &clock,
                         const Identity &identity)
    : m_id(identity.id), m_store(std::make_shared<Store>(files, clock, options.root, identity)),
      m_run(QString::number(clock.now(), 36)), m_workThread(QStringLiteral("work")),
      m_readThread(QStringLiteral("reading")), m_journalThread(QStringLiteral("journal"))
{
    for (int number = 1; number <= std::max(1, options.threads); ++number)
        m_lanes.push_back(std::make_shared<Lane>(m_store, m_id, number));
}

DiskArchive::~DiskArchive()
{
    m_isClosing = true;
    m_workThread.close();
    m_readThread.close();
    m_journalThread.close();
    for (const auto &lane : m_lanes)
        lane->thread.close();
}

Result<std::unique_ptr<Intake>> DiskArchive::beginIntake(const IntakeOptions &options)
{
    if (auto state = ready(); !state)
        return tl::unexpected(state.error());
    const QString name =
        QStringLiteral("%1/%2-%3").arg(kIncomingName, m_run, QString::number(++m_parts)) + kPartSuffix;
    return std::make_unique<DiskIntake>(
        leastBusy(), std::make_shared<IncomingFile>(m_store, options, m_store->pathOf(name)));
}

QFuture<Result<void>> DiskArchive::remove(ItemId item, QString relativePath, QString reason)
{
    const Answer<Result<void>> answer;
    Lane &lane = laneOf(item);
    lane.thread.post([&lane, item, relativePath, reason, answer] {
        lane.batch.remove(item, relativePath, reason, answer);
    });
    return answer.future();
}

QFuture<Result<bool>> DiskArchive::makeSure(Kept kept, QString spare)
{
    const Answer<Result<bool>> answer;
    const bool taken = m_readThread.post([this, kept = std::move(kept), spare = std::move(spare), answer] {
        const Result<QString> wrong = whatIsWrongWith(kept);
        if (!wrong || wrong->isEmpty()) {
            answer.resolve(wrong.map([](const QString &) { return false; }));
            return;
        }
        Lane &lane = laneOf(kept.placement.item);
        lane.thread.post([&lane, kept, spare, reason = *wrong, answer] {
            lane.batch.restore(kept, spare, reason, answer);
        });
    });
    if (!taken)
        answer.resolve(isClosed());
    return answer.future();
}

// Empty: it is there, and its bytes are what they were.
Result<QString> DiskArchive::whatIsWrongWith(const Kept &kept) const
{
    if (m_isClosing)
        return isClosed();
    Files &files = m_store->files;
    const QString root = kept.archive == m_id ? m_store->root : kept.root;
    if (kept.archive == m_id) {
        if (auto there = m_store->watch.verify(); !there)
            return tl::unexpected(there.error());
    } else if (const auto other = readIdentity(files, root); !other || other->id != kept.archive) {
        return Sentences::tr("Its archive is not there");
    }
    const QString path = root + QLatin1Char('/') + kept.relativePath;
    const auto stat = files.stat(path);
    if (!stat && stat.error().kind == ErrorKind::NotFound)
        return Sentences::tr("It was missing");
    if (!stat)
        return stat.error().text;
    if (stat->isFolder || stat->bytes != kept.bytes)
        return Sentences::tr("It had %1 bytes instead of %2")
            .arg(QString::number(stat->isFolder ? 0 : stat->bytes), QString::number(kept.bytes));
    const auto hash = hashFile(files, path, [this](qint64) { return !m_isClosing; });
    if (!hash && hash.error().kind == ErrorKind::Cancelled)
        return tl::unexpected(hash.error());
    if (!hash)
        return Sentences::tr("It could not be read: %1").arg(hash.error().text);
    return *hash == kept.sha256 ? QString() : Sentences::tr("Its content was not what had been received");
}

QFuture<Result<void>> DiskArchive::noteRename(ItemId item, QString sourcePath)
{
    const Answer<Result<void>> answer;
    Lane &lane = laneOf(item);
    lane.thread.post([&lane, item, sourcePath, answer] { lane.batch.noteRename(item, sourcePath, answer); });
    return answer.future();
}

QFuture<Result<Space>> DiskArchive::space()
{
    const Answer<Result<Space>> answer;
    leastBusy()->thread.post([store = m_store, answer] {
        auto found = store->watch.verify().and_then([&] { return store->files.space(store->root); });
        if (!found)
            found = tl::unexpected(store->watch.explain(found.error()));
        answer.resolve(std::move(found));
    });
    return answer.future();
}

QFuture<Result<Compacted>> DiskArchive::compactJournal(qint64 before, std::function<bool()> mayGoOn)
{
    const Answer<Result<Compacted>> answer;
    const bool taken = m_journalThread.post([this, before, mayGoOn = std::move(mayGoOn), answer] {
        ::setpriority(PRIO_PROCESS, 0, 19); // of this thread
        QElapsedTimer slice;
        slice.start();
        // Half of the time the disk is the uploads' alone.
        const auto goesOn = [&] {
            if (!m_isClosing)
                std::this_thread::sleep_for(std::min(kMaxPause, std::chrono::milliseconds(slice.elapsed())));
            slice.start();
            return !m_isClosing && mayGoOn() && m_store->watch.verify();
        };
        JournalCompaction compaction{m_store->files, m_store->root, m_store->journals, before, goesOn};
        answer.resolve(m_store->watch.verify().and_then([&] { return compaction.run(); }));
    });
    if (!taken)
        answer.resolve(isClosed());
    return answer.future();
}

void DiskArchive::run(std::function<void()> work)
{
    m_workThread.post(std::move(work));
}

std::shared_ptr<Lane> DiskArchive::leastBusy()
{
    // Begins at another lane each time, so that equally idle ones take turns.
    const size_t first = m_parts.load() % m_lanes.size();
    size_t best = first;
    for (size_t i = 1; i < m_lanes.size(); ++i) {
        const size_t candidate = (first + i) % m_lanes.size();
        if (m_lanes[candidate]->thread.waiting() < m_lanes[best]->thread.waiting())
            best = candidate;
    }
    return m_lanes[best];
}

Lane &DiskArchive::laneOf(ItemId item) const
{
    // One lane an item, so that its notes stand in their order in one journal file.
    return *m_lanes[static_cast<size_t>(item.value) % m_lanes.size()];
}

} // namespace gatehouse::archive
