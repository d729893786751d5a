#include "review/timeline_chunk.h"

#include "review/time_text.h"

#include <limits>

namespace gatehouse::review
{

namespace
{

void sortBars(CountBlock &block)
{
    for (QVector<CountBar> &bars : block)
        std::sort(bars.begin(), bars.end(),
                  [](const CountBar &a, const CountBar &b) { return a.start < b.start; });
}

} // namespace

TimelineChunk::TimelineChunk(QVector<catalog::TimelineItem> items, qint64 dayStart,
                             QVector<catalog::DeletedSpan> deletedSpans)
    : deleted(std::move(deletedSpans))
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
        const Look look = lookOf(item);
        (look == Look::Continuous ? scheduled : eventClips).append(item);
        const qint64 bucket = (item.captured - dayStart) / (ChunkMs / Buckets);
        if (item.captured >= dayStart && bucket < Buckets) {
            quint16 &count = strip[size_t(bucket)][size_t(look)];
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
           stills.items() == other.stills.items() && deleted == other.deleted;
}

CountBlock barsOf(const QVector<catalog::HourCount> &hours)
{
    constexpr qint64 hourMs = 3'600'000;
    CountBlock out;
    for (const catalog::HourCount &hour : hours) {
        out[hour.camera].append(
            {hour.hour * hourMs, (hour.hour + 1) * hourMs, {}, hour.clips, hour.stills, 0, hour.recorded});
    }
    sortBars(out);
    return out;
}

CountBlock barsOf(const QVector<catalog::DayCount> &days, const QTimeZone &zone)
{
    CountBlock out;
    for (const catalog::DayCount &count : days) {
        const TimeRange range = dayRange(count.day, zone);
        out[count.camera].append(
            {range.start, range.end, count.day, count.clips, count.stills, count.events, count.recorded});
    }
    sortBars(out);
    return out;
}

} // namespace gatehouse::review
