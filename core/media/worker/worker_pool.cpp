#include "media/worker/worker_pool.h"

#include "media/worker/worker_process.h"

#include <QLoggingCategory>
#include <QTimer>
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace gatehouse::media
{

namespace
{

Q_LOGGING_CATEGORY(lcWorkers, "gatehouse.media")

constexpr int kMaxWaiting = 10'000;
constexpr int kFirstPauseMs = 500; // after a worker could not be started
constexpr int kMaxRestartPauseMs = 30'000;

} // namespace

struct WorkerPool::Private {
    struct PendingJob {
        Job job;
        bool wasTried = false;
    };
    using Queue = std::map<ItemId, PendingJob>; // newest last
    struct Rank {
        Urgency urgency;
        const JobKind *kind;

        bool operator<(const Rank &other) const // the first to run
        {
            return std::tuple(urgency, kind->priority) > std::tuple(other.urgency, other.kind->priority);
        }
    };

    WorkerPool *q;
    WorkerOptions options;
    std::map<Rank, Queue> queues;
    std::map<qint64, PendingJob> running; // by request number
    std::vector<WorkerProcess *> workers;
    QTimer startTimer;
    int pauseMs = 0;
    qint64 lastNumber = 0;
    bool hasForgotten = false;

    [[nodiscard]] int waiting() const
    {
        size_t out = 0;
        for (const auto &[rank, queue] : queues)
            out += queue.size();
        return int(out);
    }

    [[nodiscard]] bool isRunning(const Job &job) const
    {
        return std::any_of(running.begin(), running.end(), [&](const auto &entry) {
            return entry.second.job.kind == job.kind && entry.second.job.item == job.item;
        });
    }

    // True: it waits already, now at least as urgently.
    bool raise(const Job &job)
    {
        for (auto &[rank, queue] : queues) {
            if (rank.kind != job.kind || !queue.contains(job.item))
                continue;
            if (rank.urgency < job.urgency) {
                auto node = queue.extract(job.item);
                node.mapped().job.urgency = job.urgency;
                put(node.mapped());
            }
            return true;
        }
        return false;
    }

    void put(const PendingJob &pending)
    {
        queues[{pending.job.urgency, pending.job.kind}].emplace(pending.job.item, pending);
    }

    static bool mayWait(const Rank &rank) { return rank.kind->isLong || rank.urgency == Urgency::Idle; }

    [[nodiscard]] bool mayRun(const Rank &rank) const
    {
        const auto longOnes = std::count_if(running.begin(), running.end(), [](const auto &entry) {
            return mayWait({entry.second.job.urgency, entry.second.job.kind});
        });
        return !mayWait(rank) || longOnes < std::max(1, options.workers - 1);
    }

    void pump()
    {
        while (!startTimer.isActive()) {
            const auto next = std::find_if(queues.begin(), queues.end(), [this](const auto &entry) {
                return !entry.second.empty() && mayRun(entry.first);
            });
            if (next == queues.end())
                return;
            WorkerProcess *worker = freeWorker();
            if (worker == nullptr)
                return;
            const auto node = next->second.extract(std::prev(next->second.end()));
            const Job &job = node.mapped().job;
            const qint64 number = ++lastNumber;
            running.emplace(number, node.mapped());
            worker->give({number, QString::fromLatin1(job.kind->name), job.file, job.output, job.length,
                          job.hardware});
        }
    }

    WorkerProcess *freeWorker()
    {
        const auto idle =
            std::find_if(workers.begin(), workers.end(), [](WorkerProcess *w) { return !w->isBusy(); });
        if (idle != workers.end())
            return *idle;
        if (int(workers.size()) >= std::max(1, options.workers))
            return nullptr;
        auto *worker = new WorkerProcess(options, q);
        workers.push_back(worker);
        QObject::connect(worker, &WorkerProcess::answered, q,
                         [this](const WorkerAnswer &answer) { onAnswered(answer); });
        QObject::connect(worker, &WorkerProcess::progressed, q, [this](qint64 number, double progress) {
            if (const auto found = running.find(number); found != running.end())
                Q_EMIT q->progressed(found->second.job, progress);
        });
        QObject::connect(worker, &WorkerProcess::ended, q,
                         [this, worker](qint64 number, WorkerEnd how) { onEnded(worker, number, how); });
        return worker;
    }

    void onAnswered(const WorkerAnswer &answer)
    {
        const auto node = running.extract(answer.number);
        if (node.empty())
            return;
        pauseMs = 0;
        if (!answer.error.isEmpty())
            qCWarning(lcWorkers).noquote() << "a media worker refused a job:" << answer.error;
        finish(node.mapped().job, answer.error.isEmpty() ? JobEnd::Done : JobEnd::Refused, answer.result);
    }

    void onEnded(WorkerProcess *worker, qint64 number, WorkerEnd how)
    {
        workers.erase(std::remove(workers.begin(), workers.end(), worker), workers.end());
        const auto node = running.extract(number);
        if (how == WorkerEnd::NotReady)
            pause();
        if (node.empty()) {
            pump();
            return;
        }
        PendingJob pending = node.mapped();
        // The worker may have been killed from outside (memory shortage elsewhere): retry once. A job that
        // took too long would do so again.
        const bool isTriedAgain =
            how == WorkerEnd::NotReady || (how == WorkerEnd::Crashed && !pending.wasTried);
        if (isTriedAgain) {
            pending.wasTried = pending.wasTried || how == WorkerEnd::Crashed;
            put(pending);
            pump();
            return;
        }
        const Job &job = pending.job;
        qCWarning(lcWorkers, "item %lld ended its reader (%s, %s)", static_cast<long long>(job.item.value),
                  job.kind->name, how == WorkerEnd::TooLong ? "too long" : "crash");
        finish(job, how == WorkerEnd::TooLong ? JobEnd::TooLong : JobEnd::Crashed, {});
    }

    void pause()
    {
        pauseMs = std::clamp(pauseMs * 2, kFirstPauseMs, kMaxRestartPauseMs);
        qCWarning(lcWorkers, "a media worker could not be started; next try in %d ms", pauseMs);
        startTimer.start(pauseMs);
    }

    void finish(const Job &job, JobEnd how, const QJsonObject &result)
    {
        Q_EMIT q->finished(job, how, result);
        if (q->waiting() == 0 && std::exchange(hasForgotten, false))
            Q_EMIT q->roomAgain();
        pump();
    }

    void forgetOldest()
    {
        Queue *oldest = nullptr;
        for (auto &[rank, queue] : queues) {
            if (!queue.empty() && (oldest == nullptr || queue.begin()->first < oldest->begin()->first))
                oldest = &queue;
        }
        const auto node = oldest->extract(oldest->begin());
        hasForgotten = true;
        Q_EMIT q->forgotten(node.mapped().job);
    }
};

WorkerPool::WorkerPool(WorkerOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->q = this;
    d->options = std::move(options);
    d->startTimer.setSingleShot(true);
    connect(&d->startTimer, &QTimer::timeout, this, [this] { d->pump(); });
}

WorkerPool::~WorkerPool()
{
    for (WorkerProcess *worker : d->workers) {
        worker->disconnect(this);
        delete worker;
    }
}

void WorkerPool::add(const Job &job)
{
    if (d->isRunning(job) || d->raise(job))
        return;
    d->put({job});
    while (d->waiting() > kMaxWaiting)
        d->forgetOldest();
    d->pump();
}

int WorkerPool::waiting() const
{
    return d->waiting() + int(d->running.size());
}

} // namespace gatehouse::media
