// Whether a process has work to do, according to the kernel. Any thread.
#pragma once

#include <sys/types.h>

namespace gatehouse::media
{

// One of its threads is running, or waits for a CPU or a disk.
bool isAnyThreadRunnable(pid_t process);

} // namespace gatehouse::media
