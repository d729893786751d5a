#include "ingest/examiner.h"

#include "base/when_done.h"
#include "catalog/operations/add_item.h"
#include "media/probe/poster_path.h"

#include <QDir>

namespace gatehouse::ingest
{

namespace
{

constexpr int kResumeAtOnce = 10'000; // the pool's capacity; it asks again when there is room

// Those that still exist.
Result<QVector<catalog::Item>> read(catalog::Reader &reader, const QVector<ItemId> &ids)
{
    QVector<catalog::Item> out;
    for (const ItemId id : ids) {
        const auto item = reader.item(id);
        if (!item)
            return tl::unexpected(item.error());
        if (*item)
            out.append(**item);
    }
    return out;
}

} // namespace

Examiner::Examiner(catalog::Writer &writer, catalog::ReaderPool &readers, media::ExaminationQueue &queue,
                   std::shared_ptr<const vendors::Matcher> matcher, QString cacheFolder, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_queue(queue), m_matcher(std::move(matcher)),
      m_cacheFolder(std::move(cacheFolder))
{
    connect(&m_queue, &media::ExaminationQueue::examined, this, &Examiner::write);
    connect(&m_queue, &media::ExaminationQueue::roomAgain, this, &Examiner::resume);
    connect(&m_writer.changes(), &catalog::Changes::itemsAdded, this,
            [this](const QVector<catalog::ItemChange> &items) { note(items, true); });
    // A cut upload that turned out to be complete is examined again.
    connect(&m_writer.changes(), &catalog::Changes::itemsChanged, this,
            [this](const QVector<catalog::ItemChange> &items) { note(items, false); });
}

void Examiner::note(const QVector<catalog::ItemChange> &changes, bool isNew)
{
    for (const catalog::ItemChange &change : changes) {
        // A cut upload is incomplete from the start, but still gets its poster and length. One that was moved
        // to another camera is not new.
        const bool isCut = isNew && change.state == ItemState::Incomplete;
        if (change.kind != Kind::Sidecar && (isCut || change.state == ItemState::Unexamined))
            m_noted.append(change.item);
    }
    lookUp();
}

// One query at a time, for everything that arrived meanwhile.
void Examiner::lookUp()
{
    if (m_isLookingUp || m_noted.isEmpty())
        return;
    m_isLookingUp = true;
    const auto asked = m_readers.ask(
        [items = std::exchange(m_noted, {})](catalog::Reader &reader) { return read(reader, items); });
    whenDone(asked, this, [this](const Result<QVector<catalog::Item>> &items) {
        m_isLookingUp = false;
        if (items) {
            for (const catalog::Item &item : *items)
                examine(item);
        }
        lookUp();
    });
}

void Examiner::resume()
{
    const auto asked =
        m_readers.ask([](catalog::Reader &reader) { return reader.unexamined(kResumeAtOnce); });
    whenDone(asked, this, [this](const Result<QVector<catalog::Item>> &items) {
        if (!items)
            return;
        for (const catalog::Item &item : *items)
            examine(item);
    });
}

int Examiner::waiting() const
{
    return m_queue.waiting();
}

void Examiner::examine(const catalog::Item &item)
{
    m_paths.insert(item.id, item.sourcePath);
    m_queue.examine(item.id, item.path, m_cacheFolder + QLatin1Char('/') + media::posterPath(item.id));
}

void Examiner::write(ItemId item, const media::ProbeResult &found)
{
    const QString path = m_paths.take(item);
    if (found.state == ItemState::Unexamined)
        return; // could not be read now: retried at the next start
    catalog::Examined examined;
    examined.item = item;
    examined.state = found.state;
    examined.reason = found.reason;
    examined.kind = found.kind;
    examined.duration = found.duration;
    examined.isDurationAssumed = found.isDurationAssumed;
    examined.width = found.width;
    examined.height = found.height;
    examined.container = found.container;
    examined.videoCodec = found.videoCodec;
    examined.audioCodec = found.audioCodec;
    examined.motion = found.motion;
    examined.contentTime = found.contentTime;
    examined.contentLocalTime = found.contentLocalTime;
    if (!found.cameraSerial.isEmpty() && m_matcher->match(path).cameraKey.isEmpty()) {
        examined.cameraSerial = found.cameraSerial;
        examined.cameraModel = found.cameraModel;
    }
    if (found.hasPoster())
        examined.derivatives.append(
            {item, catalog::DerivativeKind::Poster, found.posterBytes, media::posterPath(item)});
    m_writer.submit(catalog::SetExamined{examined});
}

} // namespace gatehouse::ingest
