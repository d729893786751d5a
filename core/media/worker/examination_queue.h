// Has the workers examine items: first the poster, then, for a clip, the check to its end. A crash, a hang or
// a bomb costs one item its Ok. Lives on one thread with an event loop.
#pragma once

#include "media/probe/examination.h"
#include "media/worker/worker_pool.h"

#include <QHash>
#include <QObject>

namespace gatehouse::media
{

class ExaminationQueue : public QObject
{
    Q_OBJECT

public:
    explicit ExaminationQueue(WorkerPool &pool, QObject *parent = nullptr);

    // Requested twice while in progress: one examination. Creates the poster's folder if needed.
    void examine(ItemId item, const QString &file, const QString &posterFile);
    [[nodiscard]] int waiting() const { return m_pool.waiting(); } // including running ones

Q_SIGNALS:
    // The poster file exists; for a clip, long before its examination ends.
    void posterReady(gatehouse::ItemId item);
    void examined(gatehouse::ItemId item, const gatehouse::media::ProbeResult &result);
    // The pool had dropped some, and has room again: request what is still unexamined.
    void roomAgain();

private:
    void onFinished(const Job &job, JobEnd how, const QJsonObject &result);
    void onPoster(const Job &job, JobEnd how, const Examination &found);
    void onFullProbe(const Job &job, JobEnd how, const Examination &found);

    WorkerPool &m_pool;
    QHash<ItemId, ProbeResult> m_quick; // results of the quick look, for items with a full probe to come
};

} // namespace gatehouse::media
