// Long-running work, each job on its own thread, stopped before the objects it uses are destroyed. Engine's
// main thread.
#pragma once

#include <QObject>
#include <functional>

namespace gatehouse::app
{

class BackgroundWork : public QObject
{
    Q_OBJECT

public:
    // `mayGoOn` returns false once the work must stop. Any thread.
    using Work = std::function<void(const std::function<bool()> &mayGoOn)>;

    ~BackgroundWork() override; // end()

    void start(Work work);
    // Tells all jobs to stop, and waits for them.
    void end();
};

} // namespace gatehouse::app
