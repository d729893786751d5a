// Takes from a worker process what it does not need: memory beyond its limit, long files, many
// descriptors, core dumps, a new program, the network, outliving its parent; from a decoder every way to
// a file that it was not given, too. Best effort where the system lacks a door. Call once, before any
// hostile byte is read; one thread.
#pragma once

#include "media/worker/worker_pool.h"

namespace gatehouse::media
{

// False: a limit could not be set, a door that the system has did not close, or the engine is already gone;
// do not go on.
bool closeDoors(const WorkerLimits &limits);
// `memory`: bytes of address space beyond what the process has now.
bool closeDecoderDoors(qint64 memory);

// CPU seconds from now; the process is ended by the system when they are used up.
void armCpuLimit(int seconds);

} // namespace gatehouse::media
