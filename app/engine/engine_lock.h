// One engine for each data folder, across kill -9 of the last one and by whatever path the folder is named.
// The kernel holds it, so it needs no room on the disk. Main thread.
#pragma once

#include "base/result.h"
#include "settings/paths.h"

namespace gatehouse::app
{

class EngineLock
{
public:
    explicit EngineLock(const settings::Paths &paths);
    ~EngineLock();
    EngineLock(const EngineLock &) = delete;
    EngineLock &operator=(const EngineLock &) = delete;

    // Makes the data folder on the way. Waits so many ms for one that has it for a moment, or is just ending.
    // Unavailable: another engine has it; Denied: it cannot be written; Full: there is no room for the
    // folder.
    Result<void> take(int waitMs = 0);
    // Whether somebody has it now. Makes nothing.
    static bool isTaken(const settings::Paths &paths);

private:
    Result<void> tryOnce();
    Result<void> hold(int &descriptor);
    void release();

    const QString m_data;
    const QString m_path;
    int m_folder = -1;
    int m_file = -1;
};

} // namespace gatehouse::app
