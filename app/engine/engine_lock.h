// One engine per data folder, even after kill -9 of the previous one and whatever path names the folder. The
// kernel holds the lock, so it needs no disk space. Main thread.
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
    Q_DISABLE_COPY_MOVE(EngineLock)

    // Creates the data folder if needed. Waits up to `waitMs` for an engine that holds the lock briefly or is
    // just exiting. Unavailable: another engine has it; Denied: the folder is not writable; Full: no space
    // for the folder.
    Result<void> take(int waitMs = 0);
    // Whether an engine has it now. Creates nothing.
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
