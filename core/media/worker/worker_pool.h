// Examines files in child processes (`gatehouse media-worker`) with limits on memory, CPU time and wall
// time: a crash, a hang or a bomb costs one item its Ok, never the engine. Newest request first; posters
// before full checks, and one worker is kept free of full checks so that posters never queue behind them.
// Lives on one thread with an event loop; results arrive there.
#pragma once

#include "base/ids.h"
#include "media/probe/probe.h"

#include <QObject>
#include <memory>

namespace gatehouse::media
{

struct WorkerLimits {
    qint64 memory = qint64(1) << 30; // bytes of address space beyond the program itself
    int cpuSeconds = 60;
    int wallMs = 60'000;
};

struct WorkerOptions {
    QString program;       // the gatehouse binary
    QStringList arguments; // {"media-worker"}
    int workers = 2;
    int idleMs = 10'000; // an idle worker ends after this
    WorkerLimits limits;
};

// <folder>/<ab>/<item id>.jpg, 320 px wide.
QString posterPath(const QString &folder, ItemId item);

class WorkerPool : public QObject
{
    Q_OBJECT

public:
    explicit WorkerPool(WorkerOptions options, QObject *parent = nullptr);
    ~WorkerPool() override;

    // Asked for twice while it waits or runs: one examination. The poster's folder is made if need be.
    void examine(ItemId item, const QString &file, const QString &posterFile);
    [[nodiscard]] int waiting() const; // including those under way

Q_SIGNALS:
    // The poster file is there; of a clip this comes well before its examination ends.
    void posterReady(gatehouse::ItemId item);
    void examined(gatehouse::ItemId item, const gatehouse::media::ProbeResult &result);
    // The queue had overflowed (50,000: the oldest were forgotten) and is empty now: ask again for what is
    // still unexamined.
    void roomAgain();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// The child's whole life: one JSON line per request on stdin, one per answer on stdout.
int runWorker(const WorkerLimits &limits);

} // namespace gatehouse::media
