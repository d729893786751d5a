#include "media/worker/worker_pool.h"

#include "base/messages.h"
#include "media/worker/worker_process.h"

#include <QHash>
#include <QLoggingCategory>
#include <QSet>
#include <algorithm>
#include <map>
#include <vector>

namespace gatehouse::media
{

namespace
{

Q_LOGGING_CATEGORY(lcWorkers, "gatehouse.media")

constexpr size_t kMaxWaiting = 10'000;
constexpr int kFirstPauseMs = 500; // after a worker could not be started
constexpr int kMaxRestartPauseMs = 30'000;

void giveUp(ProbeResult &result, WorkerEnd how)
{
    if (how == WorkerEnd::TooLong) {
        result.state = ItemState::TooLong;
        result.reason = Messages::tr("Checking this file took too long and was stopped.");
    } else {
        result.state = ItemState::Damaged;
        result.reason = Messages::tr("The file is damaged and crashed the reader.");
    }
}

} // namespace

QString posterPath(const QString &folder, ItemId item)
{
    // The low byte spreads the newest items over all folders.
    const QString spread = QStringLiteral("%1").arg(item.value & 0xFF, 2, 16, QLatin1Char('0'));
    return QStringLiteral("%1/%2/%3.jpg").arg(folder, spread, QString::number(item.value));
}

struct WorkerPool::Private {
    struct Job {
        ItemId item;
        QString file;
        QString poster;
        Depth depth = Depth::Quick;
        bool wasTried = false;
        ProbeResult soFar; // what the quick look found
    };

    WorkerPool *q;
    WorkerOptions options;
    // By sequence number: the last is the newest. A job keeps its number on its way.
    std::map<qint64, Job> quick;
    std::map<qint64, Job> full;
    std::map<qint64, Job> running;
    QSet<ItemId> known;
    std::vector<WorkerProcess *> workers;
    QTimer startTimer;
    int pauseMs = 0;
    qint64 lastNumber = 0;
    bool hasForgotten = false;

    [[nodiscard]] int runningFull() const
    {
        return int(std::count_if(running.begin(), running.end(),
                                 [](const auto &entry) { return entry.second.depth == Depth::Full; }));
    }

    void pump()
    {
        while (!startTimer.isActive()) {
            const bool mayCheck = !full.empty() && runningFull() < std::max(1, options.workers - 1);
            if (quick.empty() && !mayCheck)
                return;
            WorkerProcess *worker = freeWorker();
            if (worker == nullptr)
                return;
            auto &queue = quick.empty() ? full : quick;
            auto node = queue.extract(std::prev(queue.end()));
            const Job &job = node.mapped();
            const WorkerRequest request{node.key(), job.file, job.poster, job.depth};
            running.insert(std::move(node));
            worker->give(request);
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
                         [this](qint64 number, const Examination &found) { onAnswered(number, found); });
        QObject::connect(worker, &WorkerProcess::ended, q,
                         [this, worker](qint64 number, WorkerEnd how) { onEnded(worker, number, how); });
        return worker;
    }

    void onAnswered(qint64 number, const Examination &found)
    {
        auto node = running.extract(number);
        if (node.empty())
            return;
        pauseMs = 0;
        Job &job = node.mapped();
        const ItemId item = job.item;
        const bool hasNewPoster = found.result.hasPoster && !job.soFar.hasPoster;
        if (found.isFinal || job.depth == Depth::Full) {
            ProbeResult result = found.result;
            result.hasPoster = result.hasPoster || job.soFar.hasPoster;
            finish(item, result, hasNewPoster);
            return;
        }
        job.depth = Depth::Full;
        job.wasTried = false;
        job.soFar = found.result;
        full.insert(std::move(node));
        if (hasNewPoster)
            Q_EMIT q->posterReady(item);
        pump();
    }

    void onEnded(WorkerProcess *worker, qint64 number, WorkerEnd how)
    {
        workers.erase(std::remove(workers.begin(), workers.end(), worker), workers.end());
        auto node = running.extract(number);
        if (how == WorkerEnd::NotReady)
            pause();
        if (node.empty()) {
            pump();
            return;
        }
        Job &job = node.mapped();
        // The reader may have been ended from outside (memory short elsewhere): one more try. What takes
        // too long would take too long again.
        const bool isTriedAgain = how == WorkerEnd::NotReady || (how == WorkerEnd::Crashed && !job.wasTried);
        if (isTriedAgain) {
            job.wasTried = job.wasTried || how == WorkerEnd::Crashed;
            (job.depth == Depth::Quick ? quick : full).insert(std::move(node));
            pump();
            return;
        }
        qCWarning(lcWorkers, "item %lld ended its reader (%s)", static_cast<long long>(job.item.value),
                  how == WorkerEnd::TooLong ? "too long" : "crash");
        ProbeResult result = job.soFar;
        giveUp(result, how);
        finish(job.item, result, false);
    }

    void pause()
    {
        pauseMs = std::clamp(pauseMs * 2, kFirstPauseMs, kMaxRestartPauseMs);
        qCWarning(lcWorkers, "a media worker could not be started; next try in %d ms", pauseMs);
        startTimer.start(pauseMs);
    }

    void finish(ItemId item, const ProbeResult &result, bool hasNewPoster)
    {
        known.remove(item);
        if (hasNewPoster)
            Q_EMIT q->posterReady(item);
        Q_EMIT q->examined(item, result);
        if (known.isEmpty() && std::exchange(hasForgotten, false))
            Q_EMIT q->roomAgain();
        pump();
    }

    void forgetOldest()
    {
        auto &queue =
            full.empty() || (!quick.empty() && quick.begin()->first < full.begin()->first) ? quick : full;
        known.remove(queue.begin()->second.item);
        queue.erase(queue.begin());
        hasForgotten = true;
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

void WorkerPool::examine(ItemId item, const QString &file, const QString &posterFile)
{
    if (d->known.contains(item))
        return;
    d->known.insert(item);
    d->quick.emplace(++d->lastNumber, Private::Job{item, file, posterFile, Depth::Quick, false, {}});
    while (d->quick.size() + d->full.size() > kMaxWaiting)
        d->forgetOldest();
    d->pump();
}

int WorkerPool::waiting() const
{
    return int(d->known.size());
}

} // namespace gatehouse::media
