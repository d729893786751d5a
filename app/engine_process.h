// `gatehouse --headless`: one engine per data folder, until it is told to end (signal, or the command
// quit). Returns the exit code. Main thread of its process.
#pragma once

#include "app/options.h"

class QCoreApplication;

namespace gatehouse::app
{

int runEngine(QCoreApplication &application, const Options &options);

} // namespace gatehouse::app
