// `gatehouse --headless`: one engine per data folder, until it is told to stop (by a signal, or the command
// quit). Returns the exit code. Main thread of its process.
#pragma once

#include "app/options.h"
#include "base/file_system.h"
#include "protocol/greeting.h"

class QCoreApplication;

namespace gatehouse::app
{

// What an engine with these options says of itself; port: where it receives, 0: nowhere yet.
protocol::Greeting greetingFor(const Options &options, quint16 port);

// files: null for the system's; benchmarks pass one that does not sync.
int runEngine(QCoreApplication &application, const Options &options, FileSystem *files = nullptr);

} // namespace gatehouse::app
