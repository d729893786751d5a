// A damaged catalog: what can still be read of it is copied into a new one, which takes its place; the
// damaged file is kept beside it. Indexes, counts and events are made again. Rows that are whole nowhere are
// left to the rebuild from the journal, which the new catalog has marked as due; what is known of them (that
// they were protected, or reviewed) waits there for them. The damaged file stays where it is until the new
// one is complete and synced, so that a crash costs a start over and nothing else. Nobody may have the
// catalog open. Blocks for as long as it takes.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QVector>
#include <functional>

namespace gatehouse::catalog
{

struct SalvageOptions {
    QString databasePath;
    QString archiveId;        // of the archive that its items lie in, should the catalog not say
    QString archiveRoot;      //
    qint64 eventGap = 60'000; // as the writer's
};

// One kind of row: "item", "account", "camera", "event", "deletion", …
struct SalvagedTable {
    QString name;
    qint64 kept = 0;
    qint64 lost = 0; // of those that are known to have been there; -1: there were more, how many is not known
};

struct Salvaged {
    QString aside; // where the damaged file is now
    QVector<SalvagedTable> tables;
};

// Corrupt: the catalog is damaged. NotFound: there is none. Cancelled: `stop` said so. Reads all of it;
// beside a writer, too.
Result<void> verifyCatalog(const QString &databasePath, const std::function<bool()> &stop = {});

// Invalid: the catalog is sound, and nothing was done. Full, Denied: there is no room, or no right, for the
// new one.
Result<Salvaged> salvage(const SalvageOptions &options, const Clock &clock);

// Puts the new catalog of a salvage that was interrupted just then into its place. Before a catalog is
// opened.
Result<void> finishSalvage(const QString &databasePath);

} // namespace gatehouse::catalog
