#include "media/worker/examination_queue.h"

#include "base/messages.h"
#include "media/probe/full_probe_job.h"
#include "media/probe/poster_job.h"

namespace gatehouse::media
{

namespace
{

// `soFar`: the result of an earlier look.
ProbeResult resultOf(JobEnd how, const Examination &found, ProbeResult soFar)
{
    switch (how) {
    case JobEnd::Done:
        break;
    case JobEnd::Refused:
        soFar.state = ItemState::Unexamined; // the file may be intact
        return soFar;
    case JobEnd::Crashed:
        soFar.state = ItemState::Damaged;
        soFar.reason = Messages::tr("The file is damaged and crashed the reader.");
        return soFar;
    case JobEnd::TooLong:
        soFar.state = ItemState::TooLong;
        soFar.reason = Messages::tr("Checking this file took too long and was stopped.");
        return soFar;
    }
    ProbeResult out = found.result;
    if (!out.hasPoster())
        out.posterBytes = soFar.posterBytes;
    return out;
}

} // namespace

ExaminationQueue::ExaminationQueue(WorkerPool &pool, QObject *parent) : QObject(parent), m_pool(pool)
{
    connect(&m_pool, &WorkerPool::finished, this, &ExaminationQueue::onFinished);
    connect(&m_pool, &WorkerPool::roomAgain, this, &ExaminationQueue::roomAgain);
    connect(&m_pool, &WorkerPool::forgotten, this, [this](const Job &job) {
        if (job.kind == &kFullProbeJob)
            m_quick.remove(job.item);
    });
}

void ExaminationQueue::examine(ItemId item, const QString &file, const QString &posterFile)
{
    if (!m_quick.contains(item))
        m_pool.add({&kPosterJob, item, file, posterFile});
}

void ExaminationQueue::onFinished(const Job &job, JobEnd how, const QJsonObject &result)
{
    if (job.kind == &kPosterJob)
        onPoster(job, how, Examination::fromJson(result));
    else if (job.kind == &kFullProbeJob)
        onFullProbe(job, how, Examination::fromJson(result));
}

void ExaminationQueue::onPoster(const Job &job, JobEnd how, const Examination &found)
{
    const ProbeResult result = resultOf(how, found, {});
    const bool isWhole = how != JobEnd::Done || found.isFinal;
    if (!isWhole) {
        m_quick.insert(job.item, result);
        m_pool.add({&kFullProbeJob, job.item, job.file, job.output});
    }
    if (result.hasPoster())
        Q_EMIT posterReady(job.item);
    if (isWhole)
        Q_EMIT examined(job.item, result);
}

void ExaminationQueue::onFullProbe(const Job &job, JobEnd how, const Examination &found)
{
    const ProbeResult quick = m_quick.take(job.item);
    const ProbeResult result = resultOf(how, found, quick);
    if (result.hasPoster() && !quick.hasPoster())
        Q_EMIT posterReady(job.item);
    Q_EMIT examined(job.item, result);
}

} // namespace gatehouse::media
