// Deletes by age and for free space: days to keep and a reserve, oldest first, never protected items, every
// deletion with its reason. Engine's main thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "ingest/retention/garbage_collector.h"
#include "ingest/retention/history_limit.h"
#include "ingest/retention/retention_plan.h"
#include "ingest/retention/trusted_clock.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::ingest
{

struct RetentionTrouble {
    QString text;                   // sentences for a person
    QVector<QString> settings = {}; // fields of settings/fields.h whose change may help
};

class RetentionJob : public QObject
{
    Q_OBJECT

public:
    RetentionJob(catalog::Writer &writer, archive::Archive &archive, GarbageCollector &garbage,
                 TrustedClock &clock, QObject *parent = nullptr);

    // None: the rules are unknown, and nothing is deleted.
    void setRules(std::optional<RetentionRules> rules);
    // Deletes nothing while on hold: the catalog was rebuilt and nobody has confirmed yet.
    void setHeld(bool isHeld);
    // Runs now; otherwise once a minute.
    void look();
    // A check, or what follows from it, is in progress.
    [[nodiscard]] bool isBusy() const { return m_looking || m_garbage.isRunning(); }

Q_SIGNALS:
    // Space is needed and cannot be freed. An empty text: resolved.
    void troubled(const gatehouse::ingest::RetentionTrouble &trouble);

private:
    // What was deleted for space, and the state of the disk before.
    struct Round {
        qint64 at = 0; // of TrustedClock::elapsed()
        qint64 free = 0;
        qint64 kept = 0;
        qint64 removed = 0;
    };

    // The inputs that look() gathers.
    struct Sight {
        Space space;
        catalog::Volume volume;
        qint64 reserve = 0;
        qint64 free = 0;      // expected: including what is deleted and not yet free
        qint64 reachable = 0; // of the reserve, by deleting
    };

    void holdHistory();
    void lookAt(const Space &space, const catalog::Volume &volume);
    void judge(const Sight &sight);
    [[nodiscard]] qint64 expectedFree(const Sight &sight) const;
    void remove(const QVector<catalog::Item> &oldest, const Sight &sight);
    void tryStuckAgain();
    void reportTrouble(const Sight &sight, bool hasCandidates);

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    GarbageCollector &m_garbage;
    TrustedClock &m_clock;
    HistoryLimit m_history;
    std::optional<RetentionRules> m_rules;
    QTimer m_timer;
    std::optional<Round> m_round; // the last one for space, until the disk shows what it freed
    int m_fruitless = 0;          // rounds that freed almost nothing
    qint64 m_minFree = 0;         // while fruitless
    bool m_hasFreed = false;      // deletion is known to free space on this disk
    QString m_trouble;
    qint64 m_tried = 0; // TrustedClock::elapsed() of the last attempt to delete what is stuck
    bool m_looking = false;
    bool m_isHeld = true; // until the catalog is known to be as new as the state backup
    bool m_goOn = false;  // more may have to be deleted once this round's bytes are gone
};

} // namespace gatehouse::ingest
