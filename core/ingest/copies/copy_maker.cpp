#include "ingest/copies/copy_maker.h"

#include "base/messages.h"
#include "base/when_done.h"
#include "catalog/operations/derivatives.h"
#include "media/copy/copy_path.h"
#include "media/copy/copy_report.h"
#include "media/copy/low_res_job.h"
#include "media/copy/preview_job.h"
#include "media/copy/remux_job.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QLoggingCategory>
#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcCopies, "gatehouse.copies")

using catalog::Derivative;
using catalog::DerivativeKind;
using catalog::DerivativeState;

const media::JobKind *jobKindOf(DerivativeKind kind)
{
    switch (kind) {
    case DerivativeKind::Poster:
        break; // made by the examination
    case DerivativeKind::LowRes:
        return &media::kLowResJob;
    case DerivativeKind::Preview:
        return &media::kPreviewJob;
    case DerivativeKind::Remux:
        return &media::kRemuxJob;
    }
    return nullptr;
}

std::optional<DerivativeKind> derivativeKindOf(const media::JobKind *job)
{
    for (const DerivativeKind kind :
         {DerivativeKind::LowRes, DerivativeKind::Preview, DerivativeKind::Remux}) {
        if (jobKindOf(kind) == job)
            return kind;
    }
    return std::nullopt;
}

QString pathOf(ItemId item, DerivativeKind kind)
{
    return media::copyPath(QString::fromLatin1(jobKindOf(kind)->name), item);
}

struct Found {
    std::optional<catalog::Item> item;
    Derivative copy;     // without a path: there is none
    bool hasRoom = true; // for it
};

// Bytes of a copy that has not been made yet; rather too many.
qint64 likelyBytes(const catalog::Item &item, DerivativeKind kind)
{
    constexpr qint64 bitsPerMs = 450; // of low-res copies and previews, sound included
    if (kind == DerivativeKind::Remux || !item.durationKnown)
        return item.bytes;
    return item.duration * bitsPerMs / 8;
}

Result<Found> find(catalog::Reader &reader, ItemId item, DerivativeKind kind, const QString &cacheFolder,
                   const std::optional<CopyReserve> &reserve)
{
    auto found = reader.item(item);
    if (!found)
        return tl::unexpected(found.error());
    const auto copies = reader.derivatives(kind, {item});
    if (!copies)
        return tl::unexpected(copies.error());
    Derivative copy = copies->value(item);
    // Whoever needs space may delete everything in the cache.
    if (!copy.path.isEmpty() && !QFile::exists(cacheFolder + QLatin1Char('/') + copy.path))
        copy = {};
    const bool hasRoom =
        !copy.path.isEmpty() || !*found || !reserve || reserve->allows(likelyBytes(**found, kind));
    return Found{std::move(*found), copy, hasRoom};
}

} // namespace

CopyMaker::CopyMaker(catalog::Writer &writer, catalog::ReaderPool &readers, media::WorkerPool &pool,
                     QString cacheFolder, QStringList hardware, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_pool(pool),
      m_cacheFolder(std::move(cacheFolder)), m_hardware(std::move(hardware))
{
    connect(&m_pool, &media::WorkerPool::finished, this, &CopyMaker::onFinished);
    connect(&m_pool, &media::WorkerPool::progressed, this, [this](const media::Job &job, double progress) {
        if (const auto kind = derivativeKindOf(job.kind))
            Q_EMIT progressed(job.item, *kind, progress);
    });
    connect(&m_pool, &media::WorkerPool::forgotten, this, [this](const media::Job &job) {
        if (const auto kind = derivativeKindOf(job.kind))
            resolve({job.item, *kind}, fail(ErrorKind::Unavailable, tr("Too many clips are waiting.")));
    });
    m_thread.setMaxThreadCount(1);
    removeLeftOvers();
}

CopyMaker::~CopyMaker()
{
    m_thread.waitForDone();
}

// Of workers that were killed. Those being written meanwhile are newer.
void CopyMaker::removeLeftOvers()
{
    m_thread.start([folder = m_cacheFolder + QLatin1Char('/') + media::kCopyFolder,
                    started = QDateTime::currentDateTime()] {
        QDirIterator files(folder, {QLatin1Char('*') + media::kPartSuffix}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            files.next();
            if (files.fileInfo().lastModified() < started)
                QFile::remove(files.filePath());
        }
    });
}

QFuture<Result<Derivative>> CopyMaker::make(ItemId item, DerivativeKind kind, media::Urgency urgency)
{
    const SharedPromise<Result<Derivative>> promise;
    const Key key{item, kind};
    const bool isNew = !m_wanted.contains(key);
    Wanted &wanted = m_wanted[key];
    wanted.promises.append(promise);
    if (m_limit && urgency > media::Urgency::Idle)
        m_limit->noteAsked(item, kind);
    if (isNew || wanted.urgency < urgency) {
        wanted.urgency = urgency;
        if (wanted.job) {
            wanted.job->urgency = urgency;
            m_pool.add(*wanted.job);
        }
    }
    if (isNew)
        lookUp(key);
    return promise.future();
}

void CopyMaker::lookUp(const Key &key)
{
    const auto reserve = m_limit ? std::optional(m_limit->reserve()) : std::nullopt;
    const auto asked = m_readers.ask([key, folder = m_cacheFolder, reserve](catalog::Reader &reader) {
        return find(reader, key.first, key.second, folder, reserve);
    });
    whenDone(asked, this, [this, key](const Result<Found> &found) {
        if (!found)
            return resolve(key, tl::unexpected(found.error()));
        if (!found->item)
            return resolve(key, fail(ErrorKind::NotFound, tr("This item no longer exists.")));
        if (found->item->kind != Kind::Clip || jobKindOf(key.second) == nullptr)
            return resolve(key, fail(ErrorKind::Invalid, tr("This is not a clip.")));
        if (!found->hasRoom)
            return resolve(
                key,
                fail(ErrorKind::Full,
                     tr("The disk that holds %1 is too full for a copy of this clip.").arg(m_cacheFolder)));
        if (found->copy.path.isEmpty())
            return start(key, *found->item);
        if (m_wanted[key].urgency > media::Urgency::Idle)
            m_writer.submit(catalog::MarkDerivativeAsked{key.first, key.second});
        resolve(key, found->copy);
    });
}

void CopyMaker::start(const Key &key, const catalog::Item &item)
{
    media::Job job;
    job.kind = jobKindOf(key.second);
    job.item = key.first;
    job.file = item.path;
    job.output = m_cacheFolder + QLatin1Char('/') + pathOf(key.first, key.second);
    // As the player shows it; a cut stream contains fewer frames than its name says.
    if (item.durationKnown && item.state != ItemState::Incomplete)
        job.length = item.duration * 1000;
    job.hardware = m_hardware;
    Wanted &wanted = m_wanted[key];
    job.urgency = wanted.urgency;
    wanted.job = job;
    m_pool.add(job);
}

void CopyMaker::onFinished(const media::Job &job, media::JobEnd how, const QJsonObject &result)
{
    const auto kind = derivativeKindOf(job.kind);
    if (!kind)
        return;
    const Key key{job.item, *kind};
    if (!m_wanted.contains(key) || retryInSoftware(key, job, how))
        return;
    media::CopyReport report;
    switch (how) {
    case media::JobEnd::Done:
        report = media::CopyReport::fromJson(result);
        break;
    case media::JobEnd::Refused:
        report.reason = tr("Gatehouse was updated: restart it first.");
        break;
    case media::JobEnd::Crashed:
        report = media::CopyReport::impossible(tr("The file is damaged and crashed the reader."));
        break;
    case media::JobEnd::TooLong:
        report = media::CopyReport::impossible(tr("Copying this clip took too long and was stopped."));
        break;
    }
    for (const QString &name : report.failedHardware) {
        if (m_hardware.removeAll(name) > 0)
            qCInfo(lcCopies).noquote() << "video encoder not used in this session:" << name;
    }
    keep(key, job, report);
}

// A driver may take its process down.
bool CopyMaker::retryInSoftware(const Key &key, const media::Job &job, media::JobEnd how)
{
    if (job.hardware.isEmpty() || (how != media::JobEnd::Crashed && how != media::JobEnd::TooLong))
        return false;
    m_hardware.clear();
    media::Job again = job;
    again.hardware.clear();
    again.urgency = m_wanted[key].urgency;
    m_wanted[key].job = again;
    m_pool.add(again);
    return true;
}

void CopyMaker::keep(const Key &key, const media::Job &job, const media::CopyReport &report)
{
    using Outcome = media::CopyReport::Outcome;
    if (report.outcome == Outcome::Failed)
        return resolve(key, fail(ErrorKind::Unavailable, report.reason));
    Derivative copy{key.first, key.second, 0, {}};
    DerivativeState state = DerivativeState::Impossible;
    if (report.isMade()) {
        copy.bytes = std::clamp<qint64>(report.bytes, 1, media::kCopyLimits.fileBytes);
        copy.path = job.output.mid(m_cacheFolder.size() + 1);
        state = m_wanted[key].urgency > media::Urgency::Idle ? DerivativeState::Asked : DerivativeState::Made;
    }
    whenDone(m_writer.submit(catalog::KeepDerivative{copy, state}), this,
             [this, key, copy, report](const Result<void> &kept) {
                 if (!kept)
                     return resolve(key, tl::unexpected(kept.error()));
                 if (!report.isMade())
                     return resolve(key, fail(ErrorKind::Corrupt, report.reason));
                 Q_EMIT made(copy);
                 resolve(key, copy);
             });
}

void CopyMaker::resolve(const Key &key, const Result<Derivative> &result)
{
    const auto node = m_wanted.extract(key);
    if (node.empty())
        return;
    if (!result)
        qCInfo(lcCopies, "item %lld: %s", static_cast<long long>(key.first.value),
               qPrintable(result.error().text));
    for (const auto &promise : node.mapped().promises)
        promise.resolve(result);
    Q_EMIT finished(key.first, key.second);
}

} // namespace gatehouse::ingest
