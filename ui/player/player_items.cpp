#include "player/player_items.h"

#include "base/limits.h"

#include <QFile>
#include <algorithm>
#include <limits>
#include <tuple>

namespace gatehouse::player
{

namespace
{

constexpr qint64 kNearby = 1'000;         // ms: a still has no length, and pointing is imprecise
constexpr qint64 kDeletedLength = 60'000; // ms: of a deleted clip whose length is unknown
constexpr int kBatch = 64;
constexpr int kMaxBatches = 64; // a camera that sends thousands of stills between two clips

QString nameOfCamera(catalog::Reader &reader, CameraId camera)
{
    const auto cameras = reader.cameras();
    if (!cameras)
        return {};
    const auto at = std::find_if(cameras->begin(), cameras->end(),
                                 [&](const catalog::Camera &one) { return one.id == camera; });
    return at == cameras->end() ? QString() : at->name;
}

qint64 distance(const catalog::TimelineItem &item, qint64 time)
{
    if (time < item.captured)
        return item.captured - time;
    return std::max<qint64>(0, time - (item.captured + item.duration));
}

QString deletedAt(catalog::Reader &reader, CameraId camera, qint64 time)
{
    const auto spans = reader.deletedSpans(camera, {time - limits::kMaxItemDuration, time + kNearby});
    for (const catalog::DeletedSpan &span : spans.value_or(QVector<catalog::DeletedSpan>())) {
        for (const TimeRange &recording : span.recordings) {
            const qint64 end = recording.isEmpty() ? recording.start + kDeletedLength : recording.end;
            if (time >= recording.start - kNearby && time <= end + kNearby)
                return span.reason;
        }
    }
    return {};
}

// Somebody may have deleted it to free space.
QString lowResCopyOf(catalog::Reader &reader, const QString &cacheFolder, ItemId item)
{
    const auto copies = reader.derivatives(catalog::DerivativeKind::LowRes, {item});
    const QString path = copies ? copies->value(item).path : QString();
    const QString file = cacheFolder + QLatin1Char('/') + path;
    return !path.isEmpty() && QFile::exists(file) ? file : QString();
}

} // namespace

QFuture<Result<FoundItem>> findItem(catalog::ReaderPool &reader, const QString &cacheFolder, CameraId camera,
                                    ItemId item)
{
    return reader.ask([camera, item, cacheFolder](catalog::Reader &catalog) -> Result<FoundItem> {
        auto found = catalog.item(item);
        if (!found)
            return tl::unexpected(found.error());
        const CameraId owner = *found ? (*found)->camera : camera;
        return FoundItem{std::move(*found), nameOfCamera(catalog, owner),
                         lowResCopyOf(catalog, cacheFolder, item)};
    });
}

QFuture<Result<FoundItem>> findItemAt(catalog::ReaderPool &reader, const QString &cacheFolder,
                                      CameraId camera, qint64 time)
{
    return reader.ask([camera, time, cacheFolder](catalog::Reader &catalog) -> Result<FoundItem> {
        const auto around = catalog.timeline(camera, {time - kNearby, time + kNearby});
        if (!around)
            return tl::unexpected(around.error());
        FoundItem found{std::nullopt, nameOfCamera(catalog, camera)};
        const catalog::TimelineItem *best = nullptr;
        const auto rank = [time](const catalog::TimelineItem &item) {
            return std::tuple(distance(item, time), item.kind != Kind::Clip, -item.captured);
        };
        for (const catalog::TimelineItem &item : *around) {
            if ((item.kind == Kind::Clip || item.kind == Kind::Still) &&
                (best == nullptr || rank(item) < rank(*best)))
                best = &item;
        }
        if (best == nullptr) {
            found.deletedFor = deletedAt(catalog, camera, time);
            return found;
        }
        auto item = catalog.item(best->id);
        if (!item)
            return tl::unexpected(item.error());
        found.item = std::move(*item);
        found.lowResCopy = lowResCopyOf(catalog, cacheFolder, best->id);
        return found;
    });
}

QFuture<Result<std::optional<NextClip>>> findNextClip(catalog::ReaderPool &reader, const QString &cacheFolder,
                                                      const catalog::Item &after)
{
    const auto order = [](const catalog::Item &item) { return std::tuple(item.captured, item.id); };
    return reader.ask([camera = after.camera, last = order(after), order,
                       cacheFolder](catalog::Reader &catalog) -> Result<std::optional<NextClip>> {
        qint64 from = std::get<0>(last);
        for (int i = 0; i < kMaxBatches; ++i) {
            const auto items = catalog.items({.camera = camera,
                                              .range = TimeRange{from, std::numeric_limits<qint64>::max()},
                                              .limit = kBatch,
                                              .newestFirst = false});
            if (!items)
                return tl::unexpected(items.error());
            for (const catalog::Item &item : *items) {
                if (item.kind == Kind::Clip && order(item) > last)
                    return NextClip{item, lowResCopyOf(catalog, cacheFolder, item.id)};
            }
            if (items->size() < kBatch)
                break;
            from = std::max(from + 1, items->last().captured);
        }
        return std::nullopt;
    });
}

} // namespace gatehouse::player
