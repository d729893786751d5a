// Whether a process has anything to do, as the kernel tells it. Any thread.
#pragma once

#include <sys/types.h>

namespace gatehouse::media
{

// One of its threads runs, or waits for a processor or a disk.
bool isAnyThreadRunnable(pid_t process);

} // namespace gatehouse::media
