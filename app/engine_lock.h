// One engine for each data folder, across kill -9 of the last one. Main thread.
#pragma once

#include "base/result.h"
#include "settings/paths.h"

#include <QLockFile>

namespace gatehouse::app
{

class EngineLock
{
public:
    explicit EngineLock(const settings::Paths &paths);

    // Makes the data folder on the way. Waits so many ms for one that has it for a moment, or is just ending.
    // Unavailable: another engine has it; Denied: it cannot be written.
    Result<void> take(int waitMs = 0);

private:
    QString m_data;
    QLockFile m_lock;
};

} // namespace gatehouse::app
