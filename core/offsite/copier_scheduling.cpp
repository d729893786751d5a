#include "base/when_done.h"
#include "offsite/copier_private.h"
#include "offsite/object_key.h"

#include <algorithm>

namespace gatehouse::offsite
{

namespace
{

constexpr qint64 kFresh = 15 * 60'000;   // ms; what arrived before is the backlog
constexpr int kMaxMaking = 2;            // low-res copies that are made or wait for a slot
constexpr qint64 kArchiveLook = 5'000;   // ms
constexpr qint64 kCatalogWait = 10'000;  // ms; it could not be read
constexpr int kLookThroughPause = 20;    // ms
constexpr qint64 kLongestSleep = 60'000; // ms; the PC's clock may be set meanwhile

// Another one has nothing of ours.
QString bucketOf(const s3::ClientOptions &options, const QString &root)
{
    const s3::BucketAddress &address = options.address;
    const QString &server = address.endpoint.isEmpty() ? options.profile.id : address.endpoint;
    return QStringList{server, address.account, address.bucket, root}.join(QLatin1Char('|'));
}

} // namespace

Load OffsiteCopier::Private::running() const
{
    Load load;
    for (const auto &[id, one] : m_running)
        ++load.of(one.lane);
    return load;
}

QSet<PartId> OffsiteCopier::Private::held() const
{
    QSet<PartId> out = m_making | m_settling;
    for (const auto &[id, one] : m_running)
        out.insert(id);
    for (const auto &[id, one] : m_ready)
        out.insert(id);
    return out;
}

bool OffsiteCopier::Private::maySend() const
{
    const qint64 now = m_clock.elapsed();
    return m_isRunning && m_client && !m_options.isPaused && now >= m_quietUntil && m_breaker.allows(now) &&
           (m_breaker.isClosed() || m_running.empty());
}

bool OffsiteCopier::Private::isLong(const Task &task) const
{
    return partSizeFor(task.item.bytes, m_client->profile()) > 0 && task.row.id.part == Part::Original;
}

// Empty: it has to be made.
QString OffsiteCopier::Private::fileOf(const Task &task) const
{
    switch (task.row.id.part) {
    case Part::Original:
        return task.item.path;
    case Part::Poster:
        return m_surroundings.cacheFolder + QLatin1Char('/') + task.poster;
    case Part::LowRes:
        break;
    }
    return {};
}

void OffsiteCopier::Private::pump()
{
    if (m_isAsking) {
        m_asksAgain = true;
        return;
    }
    if (m_isRunning && m_client && !m_options.isPaused && m_breaker.until() > 0)
        wakeAt(m_breaker.until());
    if (!maySend()) {
        holdLengthy(running().urgent > 0); // what is to end before the next one may go
        return;
    }
    const bool isAway = !m_surroundings.isArchiveThere();
    if (std::exchange(m_isArchiveAway, isAway) != isAway)
        touch();
    if (isAway)
        return wakeIn(kArchiveLook);
    tidy();
    m_isAsking = true;
    const qint64 now = m_clock.now();
    whenDone(m_writer.submit(FindWork{now, firstItemAt(now - kFresh), held()}), this,
             [this](const Result<Work> &work) {
                 m_isAsking = false;
                 const bool isOutdated = std::exchange(m_asksAgain, false);
                 if (!work)
                     return wakeIn(kCatalogWait);
                 if (maySend())
                     admit(*work);
                 if (isOutdated)
                     pump();
             });
}

void OffsiteCopier::Private::admit(const Work &work)
{
    Load waiting{int(work.urgent.size()), int(work.bulk.size()), int(work.backlog.size())};
    for (const auto &[id, one] : m_ready)
        ++waiting.of(one.lane);
    admitFrom(Lane::Urgent, work.urgent, waiting);
    if (running().backlog == 0)
        admitFrom(Lane::Backlog, work.backlog, waiting);
    admitReady(waiting);
    admitFrom(Lane::Bulk, work.bulk, waiting);
    admitFrom(Lane::Backlog, work.backlog, waiting);
    holdLengthy(running().urgent > 0 || waiting.urgent > 0);
    if (work.nextDue > 0)
        wakeIn(work.nextDue - m_clock.now());
}

void OffsiteCopier::Private::admitFrom(Lane lane, const QVector<Task> &tasks, Load &waiting)
{
    const QSet<PartId> before = held();
    for (const Task &task : tasks) {
        if (before.contains(task.row.id))
            continue; // begun by an earlier call
        const QString file = fileOf(task);
        if (file.isEmpty()) {
            makeLowRes(lane, task);
            continue;
        }
        // Until then, one of its own would look stale.
        if (!m_isTidy && isLong(task))
            continue;
        if (!maySend() || !mayBegin(lane, running(), waiting, m_options.uploadLimit > 0))
            return;
        begin(lane, task, file);
        --waiting.of(lane);
    }
}

void OffsiteCopier::Private::admitReady(Load &waiting)
{
    for (auto it = m_ready.begin(); it != m_ready.end();) {
        const Ready &one = it->second;
        if (!maySend() || !mayBegin(one.lane, running(), waiting, m_options.uploadLimit > 0)) {
            ++it;
            continue;
        }
        --waiting.of(one.lane);
        begin(one.lane, one.task, one.file);
        it = m_ready.erase(it);
    }
}

void OffsiteCopier::Private::begin(Lane lane, const Task &task, const QString &file)
{
    const PartId id = task.row.id;
    TransferJob job;
    job.row = task.row;
    job.key = task.row.key.isEmpty() ? objectKey(m_root, task.camera, task.item, id.part) : task.row.key;
    job.file = file;
    if (id.part == Part::Original) {
        job.bytes = task.item.bytes;
        job.sha256 = task.item.sha256;
    }
    job.options.contentType = contentTypeOf(job.key);
    job.options.metadata = metadataOf(task.item, task.camera, id.part, job.sha256);
    job.options.storageClass = m_options.storageClass;
    job.options.encrypts = m_options.encrypts;
    Running one{std::make_unique<ObjectTransfer>(*m_client, m_writer, m_hasher, m_clock, job), task, lane};
    ObjectTransfer *transfer = one.transfer.get();
    connect(transfer, &ObjectTransfer::ended, this, [this, id](const TransferEnd &end) { onEnded(id, end); });
    connect(transfer, &ObjectTransfer::progressed, this, [this, id] {
        Running &moved = m_running.at(id);
        const qint64 sent = moved.transfer->sent();
        m_throughput.add(std::max<qint64>(sent - moved.counted, 0), m_clock.elapsed());
        moved.counted = sent;
        touch();
    });
    m_running.emplace(id, std::move(one));
    m_breaker.started();
    transfer->start();
    touch();
}

// It takes no slot: the HD clip may go meanwhile.
void OffsiteCopier::Private::makeLowRes(Lane lane, const Task &task)
{
    const PartId id = task.row.id;
    if (m_making.size() + qsizetype(m_ready.size()) >= kMaxMaking)
        return;
    m_making.insert(id);
    const auto made = m_surroundings.makeLowRes(id.item);
    whenDone(made, this, [this, lane, task, id](const Result<catalog::Derivative> &copy) {
        if (!m_making.remove(id))
            return; // stopped meanwhile
        if (!copy)
            return onMakingFailed(task, copy.error());
        m_ready.insert_or_assign(
            id, Ready{task, m_surroundings.cacheFolder + QLatin1Char('/') + copy->path, lane});
        pump();
    });
}

// Between two parts, so that pictures have the line to themselves.
void OffsiteCopier::Private::holdLengthy(bool isUrgentWaiting)
{
    for (auto &[id, one] : m_running)
        one.transfer->setHeld(isUrgentWaiting && one.lane != Lane::Urgent);
}

void OffsiteCopier::Private::wakeAt(qint64 elapsed)
{
    wakeIn(elapsed - m_clock.elapsed());
}

void OffsiteCopier::Private::wakeIn(qint64 ms)
{
    const int wait = int(std::clamp<qint64>(ms, 1, kLongestSleep));
    if (!m_wake.isActive() || m_wake.remainingTime() > wait)
        m_wake.start(wait);
}

void OffsiteCopier::Private::tidy()
{
    if (m_isTidy || m_stale)
        return;
    m_stale = std::make_unique<StaleUploads>(*m_client, m_writer, m_root);
    connect(m_stale.get(), &StaleUploads::ended, this, [this](bool isDone) {
        m_stale.release()->deleteLater();
        m_isTidy = isDone;
        isDone ? pump() : wakeIn(kLongestSleep);
    });
    m_stale->start();
}

void OffsiteCopier::Private::setTarget()
{
    const int target = ++m_target;
    const QString bucket = m_options.isSet ? bucketOf(m_options.client, m_root) : QString();
    whenDone(m_writer.submit(SetTarget{bucket, m_policy->choices(), m_clock.now()}), this,
             [this, target](const Result<bool> &isOlderLeft) {
                 if (target != m_target)
                     return;
                 touch();
                 if (isOlderLeft && *isOlderLeft)
                     return lookThrough();
                 if (!isOlderLeft)
                     QTimer::singleShot(int(kCatalogWait), this, [this, target] {
                         if (target == m_target)
                             setTarget();
                     });
             });
}

void OffsiteCopier::Private::lookThrough()
{
    const int target = m_target;
    whenDone(m_writer.submit(LookThrough{m_policy, m_clock.now()}), this,
             [this, target](const Result<bool> &more) {
                 if (target != m_target)
                     return;
                 pump();
                 touch();
                 if (more && !*more)
                     return;
                 QTimer::singleShot(more ? kLookThroughPause : int(kCatalogWait), this, [this, target] {
                     if (target == m_target)
                         lookThrough();
                 });
             });
}

void OffsiteCopier::Private::onItemsChanged(const QVector<catalog::ItemChange> &items)
{
    if (!m_options.isSet)
        return;
    for (const catalog::ItemChange &change : items)
        m_changed.insert(change.item);
    if (!m_changedTimer.isActive())
        m_changedTimer.start();
}

void OffsiteCopier::Private::lookAgain()
{
    const auto items = QVector<ItemId>(m_changed.cbegin(), m_changed.cend());
    m_changed.clear();
    whenDone(m_writer.submit(LookAgain{m_policy, items, m_clock.now()}), this, [this](const Result<void> &) {
        pump();
        touch();
    });
}

} // namespace gatehouse::offsite
