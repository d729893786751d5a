#include "ingest/retention/retention_job.h"

#include "base/size_text.h"
#include "base/when_done.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/retention.h"
#include "catalog/types/garbage.h"

#include <QLocale>
#include <QLoggingCategory>
#include <QMap>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcRetention, "gatehouse.retention")

constexpr int kLookEveryMs = 60'000;
constexpr int kAtOnce = 500; // items per round; the next follows once their bytes are gone
constexpr int kAtFirst = 50; // until deletion is known to free space
// Btrfs and ZFS release space with their next transaction, by default within half a minute.
constexpr qint64 kFreedWithinMs = 45'000;
constexpr int kFruitlessRounds = 2;
constexpr qint64 kRoomAgain = qint64(64) << 20;
constexpr qint64 kTryAgainMs = 600'000; // each attempt costs one journal line per file

} // namespace

RetentionJob::RetentionJob(catalog::Writer &writer, archive::Archive &archive, GarbageCollector &garbage,
                           TrustedClock &clock, QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive), m_garbage(garbage), m_clock(clock),
      m_history(writer, archive, clock)
{
    m_timer.setInterval(kLookEveryMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RetentionJob::look);
    connect(&m_garbage, &GarbageCollector::collected, this, [this] {
        if (std::exchange(m_goOn, false))
            look();
    });
    m_timer.start();
}

void RetentionJob::setRules(std::optional<RetentionRules> rules)
{
    m_rules = rules;
    holdHistory();
}

void RetentionJob::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    holdHistory();
    if (!isHeld)
        look();
}

void RetentionJob::holdHistory()
{
    m_history.setHeld(m_isHeld || !m_rules);
}

void RetentionJob::look()
{
    const auto ready = m_archive.ready();
    if (m_isHeld || !m_rules || m_looking || (!ready && ready.error().kind == ErrorKind::Unavailable))
        return;
    m_looking = true;
    whenDone(m_archive.space(), this, [this](const Result<Space> &space) {
        if (!space) {
            m_looking = false;
            return;
        }
        whenDone(m_writer.submit(catalog::ReadVolume{m_archive.id()}), this,
                 [this, space = *space](const Result<catalog::Volume> &volume) {
                     if (volume)
                         lookAt(space, *volume);
                     else
                         m_looking = false;
                 });
    });
}

void RetentionJob::lookAt(const Space &space, const catalog::Volume &volume)
{
    Sight sight{space, volume, reserveOn(space.total, m_rules ? m_rules->reserveBytes : 0)};
    judge(sight);
    const qint64 pending = m_garbage.trouble().isEmpty() ? volume.pending : 0; // otherwise it may stay
    sight.free = std::max(space.free + pending, expectedFree(sight));
    // Space taken by other files cannot be freed by deleting all evidence.
    const qint64 most = sight.free + volume.kept;
    if (most < sight.reserve)
        sight.reachable = std::min(sight.reserve, reserveOn(space.total, 0));
    else
        sight.reachable = sight.reserve;
    if (most < sight.reachable)
        sight.reachable = 0;
    whenDone(m_writer.submit(catalog::ReadOldestItems{m_archive.id(), kAtOnce}), this,
             [this, sight](const Result<QVector<catalog::Item>> &oldest) {
                 if (oldest)
                     remove(*oldest, sight);
                 else
                     m_looking = false;
             });
}

// Accounts for arrivals, so that a disk that fills as fast as it is emptied does not look fruitless.
qint64 RetentionJob::expectedFree(const Sight &sight) const
{
    return m_round ? m_round->free + m_round->kept - sight.volume.kept : 0;
}

void RetentionJob::judge(const Sight &sight)
{
    if (m_fruitless > 0 && sight.space.free >= m_minFree + kRoomAgain)
        m_fruitless = 0; // whatever held the bytes has released some
    if (!m_round)
        return;
    const qint64 expected = expectedFree(sight);
    const bool hasFreed = sight.space.free >= expected - m_round->removed * 3 / 4;
    if (hasFreed) {
        m_hasFreed = true;
        m_fruitless = 0;
    }
    // Until all of it is free, what is still pending counts as free.
    const bool isOver = m_clock.elapsed() - m_round->at >= kFreedWithinMs;
    if (!isOver && sight.space.free < expected)
        return;
    m_round.reset();
    if (hasFreed)
        return;
    m_hasFreed = false;
    ++m_fruitless;
    m_minFree = sight.space.free;
}

void RetentionJob::remove(const QVector<catalog::Item> &oldest, const Sight &sight)
{
    RetentionRules rules = m_rules.value_or(RetentionRules());
    // One small attempt at a time until it is seen to help.
    const bool isTried = m_round && !m_hasFreed;
    rules.reserveBytes = m_fruitless < kFruitlessRounds && !isTried ? sight.reachable : 0;
    const bool isForSpace = sight.free < rules.reserveBytes;
    const int limit = isForSpace && !m_hasFreed ? kAtFirst : kAtOnce;
    const auto plan = planRetention(rules, m_clock.ageNow(), sight.free, oldest, limit);
    reportTrouble(sight, !oldest.isEmpty());
    if (plan.isEmpty() || m_isHeld || !m_rules || m_garbage.isStuck()) {
        m_looking = false;
        tryStuckAgain();
        return;
    }
    // One request per reason, so that every deletion keeps its own.
    QMap<QString, QVector<ItemId>> byReason;
    qint64 bytes = 0;
    for (const PlannedDeletion &deletion : plan) {
        byReason[deletion.reason].append(deletion.item);
        bytes += deletion.bytes;
    }
    if (isForSpace && !m_round)
        m_round = Round{m_clock.elapsed(), sight.space.free, sight.volume.kept, 0};
    if (m_round)
        m_round->removed += bytes;
    using Removal = Result<QVector<catalog::Garbage>>;
    QList<QFuture<Removal>> removals;
    for (auto it = byReason.cbegin(); it != byReason.cend(); ++it) {
        qCInfo(lcRetention).noquote() << it->size() << "files go:" << it.key();
        removals.append(m_writer.submit(catalog::RemoveItems{*it, it.key()}));
    }
    const bool isFull = plan.size() >= limit;
    whenAllDone(removals, this, [this, isFull](const QList<Removal> &done) {
        m_looking = false;
        m_goOn = isFull && std::all_of(done.begin(), done.end(),
                                       [](const Removal &removed) { return removed.has_value(); });
        m_garbage.collect();
    });
}

void RetentionJob::tryStuckAgain()
{
    if (m_garbage.trouble().isEmpty() || m_clock.elapsed() - m_tried < kTryAgainMs)
        return;
    m_tried = m_clock.elapsed();
    m_garbage.collect();
}

void RetentionJob::reportTrouble(const Sight &sight, bool hasCandidates)
{
    RetentionTrouble trouble;
    const QString otherFolder = QStringLiteral("archive.folder");
    const bool isShort = sight.space.free < sight.reserve;
    if (m_garbage.isStuck() || (isShort && !m_garbage.trouble().isEmpty())) {
        trouble.text =
            tr("Deleted recordings still take up space because their files can't be removed: %1 Nothing "
               "more is deleted until they can be.")
                .arg(m_garbage.trouble());
    } else if (isShort && m_fruitless >= kFruitlessRounds) {
        trouble = {tr("Deleting recordings frees no space on the disk that holds %1, so nothing more is "
                      "deleted. Snapshots or hard links may still refer to the files: remove them, or free "
                      "space in another way.")
                       .arg(m_archive.root()),
                   {otherFolder}};
    } else if (isShort && sight.reachable < sight.reserve) {
        trouble = {
            tr("The disk that holds %1 is nearly full with other files: deleting every recording would "
               "not leave %2 free. Free some space, or lower the free space to leave in the settings.")
                .arg(m_archive.root(), sizeText(sight.reserve)),
            {QStringLiteral("retention.reserveBytes"), otherFolder}};
    } else if (isShort && !hasCandidates && sight.volume.kept > 0) {
        trouble = {tr("The disk that holds %1 is nearly full, and every recording on it is protected. Stop "
                      "protecting some of them, or free space in another way.")
                       .arg(m_archive.root()),
                   {otherFolder}};
    }
    if (std::exchange(m_trouble, trouble.text) != trouble.text)
        Q_EMIT troubled(trouble);
}

} // namespace gatehouse::ingest
