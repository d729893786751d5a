// Salvages a data folder's catalog if it is damaged, and reports the result. The caller holds the engine's
// lock, and nobody has the catalog open. Blocks.
#pragma once

#include "base/clock.h"
#include "catalog/operations/salvage.h"
#include "protocol/repair.h"
#include "settings/paths.h"

#include <optional>

namespace gatehouse::app
{

// None: the catalog is intact, or there is none.
Result<std::optional<catalog::Salvaged>> salvageIfDamaged(const settings::Paths &paths, const Clock &clock);

// Items lost here still have their files: the rebuild adds their rows again. hasCopy: names and logins are
// restored from the backup next to the recordings.
protocol::SalvageReport reportOf(const catalog::Salvaged &salvaged);
// The same as text, line by line; `rebuilt`: how many items have their rows again.
QStringList salvageLines(const protocol::SalvageReport &salvaged, qint64 rebuilt, bool hasCopy);
// Whether something is permanently lost.
bool isAnythingLost(const protocol::SalvageReport &salvaged, qint64 rebuilt, bool hasCopy);
bool hasStateCopy(const settings::Paths &paths);

} // namespace gatehouse::app
