#include "timeline/timeline_chunk.h"

#include "models/time_text.h"

#include <limits>

namespace gatehouse::timeline
{

namespace
{

constexpr qint64 kCountHourMs = 3'600'000;

CountAnswer blockOf(QHash<CameraId, QVector<CountBar>> bars,
                    Result<QHash<CameraId, QVector<catalog::DeletedSpan>>> deleted)
{
    if (!deleted)
        return tl::unexpected(deleted.error());
    for (QVector<CountBar> &lane : bars)
        std::sort(lane.begin(), lane.end(),
                  [](const CountBar &a, const CountBar &b) { return a.start < b.start; });
    return std::make_shared<const CountBlock>(CountBlock{std::move(bars), std::move(*deleted)});
}

} // namespace

TimelineChunk::TimelineChunk(QVector<catalog::TimelineItem> items, qint64 dayStart,
                             QVector<catalog::DeletedSpan> deletedSpans,
                             QHash<ItemId, MotionProfile> motionProfiles)
    : deleted(std::move(deletedSpans)), motion(std::move(motionProfiles))
{
    QVector<catalog::TimelineItem> eventClips;
    QVector<catalog::TimelineItem> scheduled;
    QVector<catalog::TimelineItem> pictures;
    for (const catalog::TimelineItem &item : std::as_const(items)) {
        if (item.kind == Kind::Still) {
            pictures.append(item);
            continue;
        }
        if (item.kind != Kind::Clip)
            continue;
        const ClipCategory category = categoryOf(item);
        (category == ClipCategory::Continuous ? scheduled : eventClips).append(item);
        const qint64 bucket = (item.captured - dayStart) / (kChunkMs / kBuckets);
        if (item.captured >= dayStart && bucket < kBuckets) {
            quint16 &count = strip[size_t(bucket)][size_t(category)];
            if (count < std::numeric_limits<quint16>::max())
                ++count;
        }
    }
    events = LaneSeries(std::move(eventClips));
    continuous = LaneSeries(std::move(scheduled));
    stills = LaneSeries(std::move(pictures));
}

bool TimelineChunk::hasSameItems(const TimelineChunk &other) const
{
    return events.items() == other.events.items() && continuous.items() == other.continuous.items() &&
           stills.items() == other.stills.items() && deleted == other.deleted && motion == other.motion;
}

ChunkAnswer readChunk(catalog::Reader &reader, CameraId camera, qint64 dayStart, const QSet<ItemId> &withheld)
{
    const TimeRange day{dayStart, dayStart + kChunkMs};
    auto deleted = reader.deletedSpans(camera, day);
    if (!deleted)
        return tl::unexpected(deleted.error());
    auto items = reader.timeline(camera, day);
    if (!items)
        return tl::unexpected(items.error());
    if (!withheld.isEmpty())
        items->removeIf([&](const catalog::TimelineItem &item) { return withheld.contains(item.id); });
    auto motion = reader.motion(camera, day);
    if (!motion)
        return tl::unexpected(motion.error());
    return std::make_shared<const TimelineChunk>(std::move(*items), dayStart, std::move(*deleted),
                                                 std::move(*motion));
}

CountAnswer readHours(catalog::Reader &reader, TimeRange hours)
{
    const auto counts = reader.hourCounts(hours);
    if (!counts)
        return tl::unexpected(counts.error());
    QHash<CameraId, QVector<CountBar>> bars;
    for (const catalog::HourCount &hour : *counts) {
        bars[hour.camera].append({hour.hour * kCountHourMs,
                                  (hour.hour + 1) * kCountHourMs,
                                  {},
                                  hour.clips,
                                  hour.stills,
                                  0,
                                  hour.recorded});
    }
    return blockOf(std::move(bars), reader.deletedSpans(catalog::DeletionUnit::Hour, hours));
}

CountAnswer readDays(catalog::Reader &reader, QDate first, QDate last, const QTimeZone &zone)
{
    const auto counts = reader.dayCounts(first, last);
    if (!counts)
        return tl::unexpected(counts.error());
    QHash<CameraId, QVector<CountBar>> bars;
    for (const catalog::DayCount &count : *counts) {
        const TimeRange range = models::dayRange(count.day, zone);
        bars[count.camera].append(
            {range.start, range.end, count.day, count.clips, count.stills, count.events, count.recorded});
    }
    const QTimeZone utc = QTimeZone::utc();
    return blockOf(std::move(bars),
                   reader.deletedSpans(catalog::DeletionUnit::Day, {models::dayRange(first, utc).start,
                                                                    models::dayRange(last, utc).end}));
}

} // namespace gatehouse::timeline
