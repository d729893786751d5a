// Runs jobs on files in child processes (`gatehouse media-worker`) with limits on memory, CPU time and wall
// time: a crash, a hang or a bomb costs one job, never the engine. The most urgent kind first, then the
// newest item; one worker stays free of long and idle jobs so that others never queue behind them. Lives on
// one thread with an event loop; results arrive there.
#pragma once

#include "base/ids.h"
#include "media/worker/job_kind.h"

#include <QObject>
#include <memory>

namespace gatehouse::media
{

struct WorkerLimits {
    qint64 memory = qint64(1) << 30; // bytes of address space beyond the program itself
    int cpuSeconds = 60;
    int wallMs = 60'000;         // without an answer or a report of progress
    qint64 fileBytes = 16 << 20; // of a written file; a poster is some 20 KB
};

// Of `gatehouse media-copier`, a worker that makes copies of clips: enough for some hours.
inline constexpr WorkerLimits kCopyLimits{qint64(1) << 30, 3'600, 120'000, qint64(64) << 30};

struct WorkerOptions {
    QString program;       // the gatehouse binary
    QStringList arguments; // {"media-worker"}
    int workers = 2;
    int idleMs = 10'000; // an idle worker exits after this
    WorkerLimits limits;
};

// Of a job, before its kind and item count: a later one goes first.
enum class Urgency {
    Idle, // nobody waits for it
    Usual,
    OffSite, // the clip is to leave this PC
};

struct Job {
    const JobKind *kind = nullptr; // never null; static
    ItemId item;
    QString file;
    QString output = {};       // creates its folder if needed
    qint64 length = 0;         // see JobInput, as is hardware
    QStringList hardware = {}; // names
    Urgency urgency = Urgency::Usual;
};

enum class JobEnd {
    Done,
    Refused, // unknown to the worker: another version replaced the program file
    Crashed, // on this file, twice
    TooLong, // by CPU or wall time
};

class WorkerPool : public QObject
{
    Q_OBJECT

public:
    explicit WorkerPool(WorkerOptions options, QObject *parent = nullptr);
    ~WorkerPool() override;

    // Requested twice, the same kind for the same item, while it waits or runs: one job, of the higher
    // urgency.
    void add(const Job &job);
    [[nodiscard]] int waiting() const; // including running ones

Q_SIGNALS:
    // `result` is empty unless Done.
    void finished(const gatehouse::media::Job &job, gatehouse::media::JobEnd how, const QJsonObject &result);
    // 0 to 1; not every kind reports it.
    void progressed(const gatehouse::media::Job &job, double progress);
    // Drops the oldest item's job if over 10,000 wait.
    void forgotten(const gatehouse::media::Job &job);
    // Some were dropped, and the queue is empty now: request what is still to be done.
    void roomAgain();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// The child's main loop: one JSON line per request on stdin, one per reply on stdout.
int runWorker(const WorkerLimits &limits);

} // namespace gatehouse::media
