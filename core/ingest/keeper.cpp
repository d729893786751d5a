#include "ingest/keeper.h"

#include "base/when_done.h"

#include <QLoggingCategory>
#include <QMap>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcKeeper, "gatehouse.keeper")

constexpr int kLookEveryMs = 60'000;
constexpr int kLargestReserve = 10; // of this part of the disk
constexpr int kAtOnce = 500;        // items of one round; the next follows when their bytes are gone

} // namespace

Keeper::Keeper(catalog::Writer &writer, archive::Archive &archive, GarbageCollector &garbage,
               ClockWatch &clock, QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive), m_garbage(garbage), m_clock(clock)
{
    m_timer.setInterval(kLookEveryMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Keeper::look);
    connect(&m_garbage, &GarbageCollector::collected, this, [this] {
        if (std::exchange(m_goOn, false))
            look();
    });
    m_timer.start();
}

void Keeper::setRules(archive::RetentionRules rules)
{
    m_rules = rules;
}

void Keeper::look()
{
    const auto ready = m_archive.ready();
    if (m_looking || (!ready && ready.error().kind == ErrorKind::Unavailable))
        return;
    m_looking = true;
    whenDone(m_archive.space(), this, [this](const Result<Space> &space) {
        if (!space) {
            m_looking = false;
            return;
        }
        whenDone(m_writer.oldest(0, kAtOnce), this,
                 [this, space = *space](const Result<QVector<catalog::Item>> &oldest) {
                     if (oldest)
                         remove(*oldest, space);
                     else
                         m_looking = false;
                 });
    });
}

void Keeper::remove(const QVector<catalog::Item> &oldest, const Space &space)
{
    // On a small disk the reserve must not be most of it.
    archive::RetentionRules rules = m_rules;
    rules.reserveBytes = std::min(rules.reserveBytes, space.total / kLargestReserve);
    const auto plan = archive::planRetention(rules, m_clock.ageNow(), space.free, oldest, kAtOnce);
    if (plan.isEmpty()) {
        m_looking = false;
        return;
    }
    // One removal for each reason, so that every deletion keeps its own.
    QMap<QString, QVector<ItemId>> byReason;
    for (const archive::Departure &departure : plan)
        byReason[departure.reason].append(departure.item);
    using Removal = QFuture<Result<QVector<catalog::Garbage>>>;
    QList<Removal> removals;
    for (auto it = byReason.cbegin(); it != byReason.cend(); ++it) {
        qCInfo(lcKeeper).noquote() << it->size() << "files go:" << it.key();
        removals.append(m_writer.removeItems({*it, it.key()}));
    }
    const bool isFull = plan.size() >= kAtOnce;
    whenDone(QtFuture::whenAll(removals.begin(), removals.end()), this,
             [this, isFull](const QList<Removal> &done) {
                 m_looking = false;
                 m_goOn = isFull && std::all_of(done.begin(), done.end(), [](const Removal &removed) {
                              return removed.result().has_value();
                          });
                 m_garbage.collect();
             });
}

} // namespace gatehouse::ingest
