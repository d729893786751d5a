// `gatehouse --headless`: one engine per data folder, until it is told to stop (by a signal, or the command
// quit). Returns the exit code. Main thread of its process.
#pragma once

#include "app/options.h"
#include "base/file_system.h"

class QCoreApplication;

namespace gatehouse::app
{

// files: null for the system's; benchmarks pass one that does not sync.
int runEngine(QCoreApplication &application, const Options &options, FileSystem *files = nullptr);

} // namespace gatehouse::app
