#include "media/worker/worker_pool.h"

#include "media/worker/worker_process.h"

#include <QLoggingCategory>
#include <QTimer>
#include <algorithm>
#include <map>
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
    struct MoreUrgent {
        bool operator()(const JobKind *a, const JobKind *b) const { return a->priority > b->priority; }
    };

    WorkerPool *q;
    WorkerOptions options;
    std::map<const JobKind *, Queue, MoreUrgent> queues;
    std::map<qint64, PendingJob> running; // by request number
    std::vector<WorkerProcess *> workers;
    QTimer startTimer;
    int pauseMs = 0;
    qint64 lastNumber = 0;
    bool hasForgotten = false;

    [[nodiscard]] int waiting() const
    {
        size_t out = 0;
        for (const auto &[kind, queue] : queues)
            out += queue.size();
        return int(out);
    }

    [[nodiscard]] bool isKnown(const Job &job) const
    {
        const auto queue = queues.find(job.kind);
        return (queue != queues.end() && queue->second.contains(job.item)) ||
               std::any_of(running.begin(), running.end(), [&](const auto &entry) {
                   return entry.second.job.kind == job.kind && entry.second.job.item == job.item;
               });
    }

    [[nodiscard]] bool mayRun(const JobKind &kind) const
    {
        const auto longOnes = std::count_if(running.begin(), running.end(),
                                            [](const auto &entry) { return entry.second.job.kind->isLong; });
        return !kind.isLong || longOnes < std::max(1, options.workers - 1);
    }

    void pump()
    {
        while (!startTimer.isActive()) {
            const auto next = std::find_if(queues.begin(), queues.end(), [this](const auto &entry) {
                return !entry.second.empty() && mayRun(*entry.first);
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
            worker->give({number, QString::fromLatin1(job.kind->name), job.file, job.output});
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
            queues[pending.job.kind].emplace(pending.job.item, pending);
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
        for (auto &[kind, queue] : queues) {
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
    if (d->isKnown(job))
        return;
    d->queues[job.kind].emplace(job.item, Private::PendingJob{job});
    while (d->waiting() > kMaxWaiting)
        d->forgetOldest();
    d->pump();
}

int WorkerPool::waiting() const
{
    return d->waiting() + int(d->running.size());
}

} // namespace gatehouse::media
