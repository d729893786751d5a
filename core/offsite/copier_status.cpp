#include "base/when_done.h"
#include "offsite/copier_private.h"

#include <algorithm>

namespace gatehouse::offsite
{

namespace
{

constexpr int kCountEvery = 250; // ms

// What arrived before the oldest of these is safe.
qint64 safeUpTo(const OutboxCounts &counts, Rank last, qint64 now)
{
    qint64 safe = now;
    for (const Rank rank : kRanks) {
        const ItemId oldest = counts.oldest[size_t(rank)];
        if (rank <= last && oldest.isValid())
            safe = std::min(safe, arrivalOf(oldest));
    }
    return safe;
}

} // namespace

void OffsiteCopier::Private::touch()
{
    if (!m_countTimer.isActive())
        m_countTimer.start(kCountEvery);
}

void OffsiteCopier::Private::count()
{
    if (m_isCounting) {
        m_countsAgain = true;
        return;
    }
    m_isCounting = true;
    whenDone(m_writer.submit(CountOutbox{}), this, [this](const Result<OutboxCounts> &counts) {
        m_isCounting = false;
        if (counts)
            show(*counts);
        if (std::exchange(m_countsAgain, false))
            touch();
    });
}

void OffsiteCopier::Private::show(const OutboxCounts &counts)
{
    const qint64 now = m_clock.now();
    Status next;
    next.isSet = m_options.isSet;
    next.isPaused = m_options.isPaused;
    next.isArchiveAway = m_isArchiveAway;
    next.isLookingThrough = m_options.isSet && counts.isLookingThrough;
    for (const Rank rank : kRanks) {
        const auto at = size_t(rank);
        next.waiting[at] = {counts.waiting[at].files, counts.waiting[at].bytes};
        const ItemId oldest = counts.oldest[at];
        if (oldest.isValid() && (next.oldestWaiting == 0 || arrivalOf(oldest) < next.oldestWaiting))
            next.oldestWaiting = arrivalOf(oldest);
    }
    next.failed = {counts.failed.files, counts.failed.bytes};
    next.durable = {counts.durable.files, counts.durable.bytes};
    if (m_options.isSet && !counts.isLookingThrough) {
        next.stillsSafeUpTo = safeUpTo(counts, Rank::Still, now);
        next.allSafeUpTo = safeUpTo(counts, Rank::Full, now);
    }
    for (const auto &[id, one] : m_running) {
        const TransferJob &job = one.transfer->job();
        next.transfers.append({id, job.key, job.bytes, one.transfer->sent()});
    }
    next.bytesPerSecond = m_throughput.perSecond(m_clock.elapsed());
    next.failure = m_failure;
    if (next.failure && m_breaker.until() > 0)
        next.failure->nextTry = now + std::max<qint64>(m_breaker.until() - m_clock.elapsed(), 0);
    if (next.bytesPerSecond > 0 || !next.transfers.isEmpty())
        touch(); // goes on changing
    // The moment up to which everything is safe moves with the clock: nobody needs to hear of that.
    Status known = m_status;
    known.stillsSafeUpTo = next.stillsSafeUpTo;
    known.allSafeUpTo = next.allSafeUpTo;
    const bool isOther = known != next;
    m_status = next;
    if (isOther)
        Q_EMIT q.statusChanged();
}

} // namespace gatehouse::offsite
