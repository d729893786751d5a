// What operations work on: the connection inside the open transaction, and what the operation changed.
// Writer thread only.
#pragma once

#include "base/clock.h"
#include "catalog/tables/change_set.h"
#include "catalog/types/clock_learning.h"
#include "catalog/types/item_ids.h"
#include "catalog/types/item_participant.h"
#include "catalog/types/writer_options.h"
#include "db/connection.h"

#include <QHash>
#include <QSet>
#include <QTimeZone>
#include <vector>

namespace gatehouse::catalog
{

// Zones are slow to make and never change.
class Zones
{
public:
    const QTimeZone &zone(const QByteArray &id)
    {
        auto known = m_zones.find(id);
        if (known == m_zones.end()) {
            QTimeZone made(id);
            known = m_zones.insert(id, made.isValid() ? made : QTimeZone::utc());
        }
        return *known;
    }

private:
    QHash<QByteArray, QTimeZone> m_zones;
};

// What a person has taken back in this run: marks that come back late do not undo it.
struct TakenBack {
    QSet<EventId> reviews;
    QSet<CameraId> removals;
};

struct WriteContext {
    db::Connection &db;
    WriterOptions options;
    const Clock &clock;
    ItemIds &ids;
    std::vector<ItemParticipant> participants = {};
    Zones zones = {};
    ClockLearning learning = {};
    ChangeSet changes = {}; // of the operation under way
    // Whether there may be recovered items. True stays true: uploads ask for them only then.
    bool hasRecovered = false;
    // Whether anything waits for items that a rebuild makes again.
    bool hasSalvaged = false;
    TakenBack takenBack = {};
};

} // namespace gatehouse::catalog
