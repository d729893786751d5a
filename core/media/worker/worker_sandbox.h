// Removes what a worker process does not need: memory beyond its limit, long files, many descriptors, core
// dumps, executing programs, the network, outliving its parent; for a decoder also every way to open files
// itself. Best effort where the system lacks a mechanism. Call once, before reading any hostile byte; one
// thread.
#pragma once

#include "media/worker/worker_pool.h"

namespace gatehouse::media
{

// False: a limit could not be set, a mechanism that the system has failed, or the engine is already gone; do
// not continue.
bool closeDoors(const WorkerLimits &limits);
// `memory`: bytes of address space beyond what the process has now.
bool closeDecoderDoors(qint64 memory);

// CPU seconds from now; the system kills the process when they are used up.
void armCpuLimit(int seconds);

} // namespace gatehouse::media
