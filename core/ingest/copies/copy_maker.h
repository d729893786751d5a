// Has the media workers make copies of clips (low-res copy, preview, MP4) and records them. A clip's file is
// checked by the worker before it has its name, and its row follows: a crash leaves no copy that counts.
// Engine's main thread.
#pragma once

#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ingest/copies/copy_limit.h"
#include "media/worker/worker_pool.h"

#include <QObject>
#include <QPointer>
#include <map>

namespace gatehouse::media
{
struct CopyReport;
}

namespace gatehouse::ingest
{

class CopyMaker : public QObject
{
    Q_OBJECT

public:
    // `hardware`: names of the video encoders to try.
    CopyMaker(catalog::Writer &writer, catalog::ReaderPool &readers, media::WorkerPool &pool,
              QString cacheFolder, QStringList hardware, QObject *parent = nullptr);
    ~CopyMaker() override; // waits for the files being deleted

    // Asked whether there is room, and told what somebody has asked for. Until then there is always room.
    void setLimit(CopyLimit *limit) { m_limit = limit; }

    // The copy, once it is there; at once, if it is there already. Of any urgency but Idle, somebody has
    // asked for it. Errors: NotFound (no such item), Invalid (not a clip), Corrupt (no copy of this clip can
    // be made), Full (it would take what has to stay free on the disk), Unavailable.
    QFuture<Result<catalog::Derivative>> make(ItemId item, catalog::DerivativeKind kind,
                                              media::Urgency urgency = media::Urgency::Usual);
    // Copies being made or waited for.
    [[nodiscard]] int waiting() const { return int(m_wanted.size()); }
    // Encoders that have not failed in this session.
    [[nodiscard]] const QStringList &hardware() const { return m_hardware; }

Q_SIGNALS:
    void progressed(gatehouse::ItemId item, gatehouse::catalog::DerivativeKind kind, double progress);
    void made(const gatehouse::catalog::Derivative &copy);
    // After every one, made or not.
    void finished(gatehouse::ItemId item, gatehouse::catalog::DerivativeKind kind);

private:
    using Key = std::pair<ItemId, catalog::DerivativeKind>;
    struct Wanted {
        QVector<SharedPromise<Result<catalog::Derivative>>> promises;
        media::Urgency urgency = media::Urgency::Idle;
        std::optional<media::Job> job; // once the pool has it
    };

    void removeLeftOvers();
    void lookUp(const Key &key);
    void start(const Key &key, const catalog::Item &item);
    void onFinished(const media::Job &job, media::JobEnd how, const QJsonObject &result);
    bool retryInSoftware(const Key &key, const media::Job &job, media::JobEnd how);
    void keep(const Key &key, const media::Job &job, const media::CopyReport &report);
    void resolve(const Key &key, const Result<catalog::Derivative> &result);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    media::WorkerPool &m_pool;
    QPointer<CopyLimit> m_limit;
    QString m_cacheFolder;
    QStringList m_hardware;
    std::map<Key, Wanted> m_wanted;
    QThreadPool m_thread;
};

} // namespace gatehouse::ingest
