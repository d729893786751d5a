// The environment of operations: the connection inside the open transaction, and the changes of the
// operation. Writer thread only.
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

// Time zones are slow to construct and never change.
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

// Marks that a person revoked during this run: marks restored later do not undo that.
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
    ChangeSet changes = {}; // of the current operation
    // Whether recovered items may exist. Never reset: uploads query them only if set.
    bool hasRecovered = false;
    // Whether facts are waiting for items that a rebuild adds again.
    bool hasSalvaged = false;
    TakenBack takenBack = {};
};

} // namespace gatehouse::catalog
