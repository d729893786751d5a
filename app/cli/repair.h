// gatehouse check --repair: salvages a damaged catalog, then adds rows for files without one. A running
// engine exits for the salvage and restarts. Main thread; returns the exit code.
#pragma once

#include "settings/paths.h"

class QCoreApplication;

namespace gatehouse::app
{

// 0: done, everything has been restored; 1: something is lost or could not be repaired; higher: nothing was
// done.
int runRepair(QCoreApplication &application, const settings::Paths &paths, bool json);

} // namespace gatehouse::app
