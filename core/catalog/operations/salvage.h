// Copies everything readable from a damaged catalog into a new one, which replaces it; the damaged file is
// kept next to it. Rebuilds indexes, counts and events. Rows that cannot be read are left to the rebuild from
// the journal, which the new catalog marks as due; facts about them (protected, reviewed) are stored until
// then. The damaged file stays in place until the new one is complete and synced, so that a crash only means
// starting over. Nobody may have the catalog open. Blocks for a long time.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QVector>
#include <functional>

namespace gatehouse::catalog
{

struct SalvageOptions {
    QString databasePath;
    QString archiveId;        // the archive of its items, in case the catalog does not say
    QString archiveRoot;      //
    qint64 eventGap = 60'000; // as the writer's
};

// One kind of row: "item", "account", "camera", "event", "deletion", …
struct SalvagedTable {
    QString name;
    qint64 kept = 0;
    qint64 lost = 0; // rows known to have existed; -1: an unknown number
};

struct Salvaged {
    QString aside; // new location of the damaged file
    QVector<SalvagedTable> tables;
};

// Corrupt: the catalog is damaged. NotFound: there is none. Cancelled: stopped by `stop`. Reads the whole
// file; works alongside a writer.
Result<void> verifyCatalog(const QString &databasePath, const std::function<bool()> &stop = {});

// Invalid: the catalog is intact, and nothing was done. Full, Denied: no space, or no permission, for the new
// one.
Result<Salvaged> salvage(const SalvageOptions &options, const Clock &clock);

// Completes a salvage that was interrupted while replacing the catalog. Call before opening a catalog.
Result<void> finishSalvage(const QString &databasePath);

} // namespace gatehouse::catalog
