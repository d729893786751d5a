// gatehouse check --repair: salvages a damaged catalog, then makes rows for files that have none. Where an
// engine runs, it ends for the salvage and starts again. Main thread; returns the exit code.
#pragma once

#include "settings/paths.h"

class QCoreApplication;

namespace gatehouse::app
{

// 0: done, and all that could be known is there; 1: something is lost or could not be repaired; more: nothing
// was done.
int runRepair(QCoreApplication &application, const settings::Paths &paths, bool json);

} // namespace gatehouse::app
