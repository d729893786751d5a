#include "models/poster_cache.h"

#include "base/when_done.h"

#include <QDateTime>
#include <QFile>
#include <QImageReader>
#include <QPointer>

namespace gatehouse::models
{

namespace
{

constexpr int kPosterCacheKb = 48 * 1024; // about 200 posters of 320x180
constexpr int kPosterThreads = 2;
constexpr qint64 kPosterRetryMs = 5'000;
constexpr int kMaxAbsent = 10'000;
constexpr int kPosterMaxSide = 1024;          // posters are 320 px wide
constexpr qint64 kPosterMaxBytes = 256 << 10; // posters have some 20 KB
constexpr int kPosterAllocationMb = 16;

// A worker wrote it, and a crafted file may have taken the worker over: accept one format, with tight limits.
QImage readPoster(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kPosterMaxBytes)
        return {};
    QImageReader reader(&file, QByteArrayLiteral("jpeg"));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > kPosterMaxSide || size.height() > kPosterMaxSide)
        return {};
    return reader.read();
}

} // namespace

PosterCache::PosterCache(const Services &services, QObject *parent)
    : QObject(parent), m_reader(services.reader), m_folder(services.cache), m_pictures(kPosterCacheKb)
{
    m_threads.setMaxThreadCount(kPosterThreads);
    QImageReader::setAllocationLimit(kPosterAllocationMb);
    connect(&services.changes, &catalog::Changes::itemsChanged, this, &PosterCache::examined);
    connect(&services.changes, &catalog::Changes::reset, this, [this] {
        m_pictures.clear();
        m_absent.clear();
    });
}

PosterCache::~PosterCache()
{
    m_threads.clear();
    m_threads.waitForDone();
}

QPixmap PosterCache::picture(ItemId item)
{
    if (!item.isValid())
        return {};
    if (const QPixmap *found = m_pictures.object(item))
        return *found;
    const auto absent = m_absent.constFind(item);
    if (absent == m_absent.constEnd() || QDateTime::currentMSecsSinceEpoch() - *absent > kPosterRetryMs)
        load(item);
    return {};
}

void PosterCache::load(ItemId item)
{
    if (m_loading.contains(item))
        return;
    m_loading.insert(item);
    m_requested.append(item);
    lookUp();
}

// One query at a time, for everything that was requested meanwhile.
void PosterCache::lookUp()
{
    if (m_isLookingUp || m_requested.isEmpty())
        return;
    m_isLookingUp = true;
    const QVector<ItemId> items = std::exchange(m_requested, {});
    const auto asked = m_reader.ask([items](catalog::Reader &reader) {
        return reader.derivatives(catalog::DerivativeKind::Poster, items);
    });
    whenDone(asked, this, [this, items](const Result<QHash<ItemId, catalog::Derivative>> &posters) {
        m_isLookingUp = false;
        for (const ItemId item : items) {
            const QString path = posters ? posters->value(item).path : QString();
            if (path.isEmpty())
                put(item, {});
            else
                read(item, m_folder + QLatin1Char('/') + path);
        }
        lookUp();
    });
}

void PosterCache::read(ItemId item, const QString &path)
{
    m_threads.start(
        [this, item, path] {
            const QImage image = readPoster(path);
            QMetaObject::invokeMethod(
                this, [this, item, image] { put(item, image); }, Qt::QueuedConnection);
        },
        ++m_newest);
}

void PosterCache::put(ItemId item, const QImage &image)
{
    m_loading.remove(item);
    if (image.isNull()) {
        if (m_absent.size() > kMaxAbsent)
            m_absent.clear();
        m_absent.insert(item, QDateTime::currentMSecsSinceEpoch());
        return;
    }
    m_absent.remove(item);
    m_pictures.insert(item, new QPixmap(QPixmap::fromImage(image)), int(image.sizeInBytes() / 1024) + 1);
    Q_EMIT loaded(item);
}

void PosterCache::examined(const QVector<catalog::ItemChange> &items)
{
    for (const catalog::ItemChange &change : items) {
        // Reload only posters that were requested and missing; others load on demand.
        if (m_absent.remove(change.item))
            load(change.item);
    }
}

} // namespace gatehouse::models
