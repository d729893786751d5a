// Which items have rows in the outbox: those added from now on, those that changed, and all older ones, which
// are looked through in small steps, newest first, whenever the bucket or the choices are others.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/item_participant.h"
#include "offsite/options.h"

#include <QVector>
#include <memory>
#include <mutex>

namespace gatehouse::offsite
{

// What goes, as it stands now; shared by the copier and the writer's thread. Thread-safe.
class Policy
{
public:
    void set(const Options &options);
    // Nothing, where off-site is not set up.
    [[nodiscard]] Choice choiceOf(CameraId camera) const;
    // The same text for the same choices; empty: off-site is not set up.
    [[nodiscard]] QString choices() const;

private:
    mutable std::mutex m_mutex;
    bool m_isSet = false;
    Choice m_choice = Choice::Nothing;
    QHash<CameraId, Choice> m_cameras;
};

// Writes an item's rows in the transaction that adds it.
catalog::ItemParticipant outboxParticipant(std::shared_ptr<const Policy> policy);

// The bucket and the choices from now on. True: there are older items to look through.
struct SetTarget {
    QString bucket;
    QString choices;
    qint64 now = 0; // UTC ms

    Result<bool> run(catalog::WriteContext &context) const;
};

// The next few older items. True: there are more.
struct LookThrough {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    std::shared_ptr<const Policy> policy;
    qint64 now = 0;
    int limit = 200;

    Result<bool> run(catalog::WriteContext &context) const;
};

// These items changed: more is known about them, or less of them is wanted.
struct LookAgain {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    std::shared_ptr<const Policy> policy;
    QVector<ItemId> items;
    qint64 now = 0;

    Result<void> run(catalog::WriteContext &context) const;
};

} // namespace gatehouse::offsite
