#include "timeline/camera_track.h"

#include "models/event_words.h"
#include "models/time_text.h"
#include "timeline/camera_lane_painter.h"
#include "timeline/day_strip.h"
#include "timeline/deleted_gaps.h"
#include "timeline/lane_hit_test.h"
#include "timeline/timeline_model.h"
#include "widgets/format.h"

#include <QDateTime>
#include <QSet>
#include <algorithm>

namespace gatehouse::timeline
{

namespace
{

constexpr QLatin1String kCameraKind("camera");
constexpr qsizetype kMaxSpoken = 500;
constexpr int kTopPart = 10; // px at the top of a lane where ticks take precedence

} // namespace

TrackId cameraTrackId(CameraId camera)
{
    return {kCameraKind, camera.value};
}

CameraTrack::CameraTrack(const RecordingCache &recordings, CameraId camera, const QString &name)
    : Track(cameraTrackId(camera)), m_recordings(recordings), m_camera(camera), m_name(name)
{
    connect(&recordings, &RecordingCache::itemsChanged, this, [this](CameraId changed, TimeRange range) {
        if (changed == m_camera)
            Q_EMIT contentChanged(range);
    });
    connect(&recordings, &RecordingCache::countsChanged, this, &CameraTrack::summaryChanged);
}

DayTotals CameraTrack::totalsOn(QDate day) const
{
    const CountBar count = m_recordings.dayCount(m_camera, day);
    return {count.events, count.clips, count.stills};
}

QString CameraTrack::headerText(QDate day) const
{
    const int events = totalsOn(day).events;
    return events ? QString::number(events) : QString();
}

// The content of an hour or day, if those are displayed.
QString CameraTrack::countText(const TimeScale &scale, double x) const
{
    const Detail detail = detailFor(scale.span());
    if (detail == Detail::Items)
        return {};
    const qint64 t = scale.timeAt(x);
    const auto bars = m_recordings.bars(detail, m_camera, {t, t + 1});
    if (bars.isEmpty())
        return {};
    return barText(bars.first(), detail);
}

QString CameraTrack::barText(const CountBar &bar, Detail detail) const
{
    const QTimeZone &zone = m_recordings.zone();
    QString when = widgets::dayText(models::localTime(bar.start, zone).date());
    if (detail == Detail::Hours)
        when += QLatin1Char(' ') + models::rangeText({bar.start, bar.end}, zone);
    return tr("%1\nClips: %2, %3\nPictures: %4")
        .arg(when, QString::number(bar.clips), models::spanText(bar.recorded), QString::number(bar.stills));
}

QString CameraTrack::itemText(const catalog::TimelineItem &item) const
{
    QStringList out{models::clockText(item.captured, m_recordings.zone())};
    catalog::Event asEvent;
    asEvent.subject = item.subject;
    asEvent.trigger = item.trigger;
    out.append(models::kindText(asEvent));
    out.append(item.kind == Kind::Still ? tr("picture") : tr("clip"));
    if (item.duration > 0)
        out.append(models::spanText(item.duration));
    if (item.state == ItemState::Incomplete)
        out.append(tr("incomplete"));
    else if (item.state == ItemState::Damaged)
        out.append(tr("damaged"));
    else if (item.state == ItemState::TooLong)
        out.append(tr("slow to decode"));
    return out.join(QStringLiteral(", "));
}

QVector<SpokenItem> CameraTrack::spokenItems(const TimeScale &scale) const
{
    QVector<SpokenItem> out;
    const TimeRange view = scale.range();
    const Detail detail = detailFor(scale.span());
    if (detail != Detail::Items) {
        for (const CountBar &bar : m_recordings.bars(detail, m_camera, view)) {
            if (out.size() < kMaxSpoken && (bar.clips || bar.stills))
                out.append({{bar.start, bar.end},
                            {},
                            barText(bar, detail).replace(QLatin1Char('\n'), QStringLiteral(", "))});
        }
        addDeleted(out, detail, view);
        return out;
    }
    QSet<ItemId> known; // a clip over midnight is in two chunks
    for (qint64 day = view.start / kChunkMs - 1; day <= view.end / kChunkMs; ++day) {
        const auto chunk = m_recordings.chunk(m_camera, day);
        if (!chunk)
            continue;
        for (const LaneSeries *series : {&chunk->events, &chunk->continuous, &chunk->stills}) {
            for (int i = series->firstEndingAfter(view.start - 1); i < series->size(); ++i) {
                const catalog::TimelineItem &item = series->items()[i];
                if (item.captured >= view.end || out.size() >= kMaxSpoken)
                    break;
                if (endOf(item) < view.start || known.contains(item.id))
                    continue;
                known.insert(item.id);
                out.append({{item.captured, endOf(item)}, item.id, itemText(item)});
            }
        }
    }
    addDeleted(out, detail, view);
    return out;
}

// By start.
void CameraTrack::addDeleted(QVector<SpokenItem> &items, Detail detail, TimeRange view) const
{
    for (const catalog::DeletedSpan &span : m_recordings.deleted(detail, m_camera, view)) {
        if (items.size() < kMaxSpoken)
            items.append({span.range, {}, deletedWords(span, m_recordings.zone())});
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const SpokenItem &a, const SpokenItem &b) { return a.range.start < b.range.start; });
}

QString CameraTrack::textAt(const TimeScale &scale, double x) const
{
    QStringList parts{countText(scale, x), deletedText(m_recordings, m_camera, scale, x)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("\n\n"));
}

void CameraTrack::paint(const LaneCanvas &canvas) const
{
    CameraLanePainter(m_recordings, m_camera, canvas).paint();
}

void CameraTrack::addTo(DayStrip &strip) const
{
    const TimeRange day = strip.day;
    // What was recorded the day before may extend into the day.
    for (const catalog::DeletedSpan &span : m_recordings.deleted(Detail::Items, m_camera, day)) {
        for (const TimeRange &recording : span.recordings) {
            if (!recording.intersects(day) && !day.contains(recording.start))
                continue;
            const qint64 end = std::max(recording.start, recording.end - 1);
            const qsizetype last = std::min(strip.indexOf(end), strip.buckets.size() - 1);
            for (qsizetype i = std::max<qsizetype>(0, strip.indexOf(recording.start)); i <= last; ++i)
                strip.buckets[i].isDeleted = true;
        }
    }
    for (qint64 index = day.start / kChunkMs; index <= day.end / kChunkMs; ++index) {
        const auto chunk = m_recordings.chunk(m_camera, index);
        if (!chunk)
            continue;
        for (size_t i = 0; i < TimelineChunk::kBuckets; ++i) {
            const qint64 t = index * kChunkMs + qint64(i) * DayStrip::kBucketMs;
            if (!day.contains(t))
                continue;
            DayStrip::Bucket &bucket = strip.buckets[strip.indexOf(t)];
            for (size_t category = 0; category < bucket.counts.size(); ++category)
                bucket.counts[category] += chunk->strip[i][category];
        }
        for (const catalog::TimelineItem &still : chunk->stills.items()) {
            if (day.contains(still.captured))
                strip.buckets[strip.indexOf(still.captured)].hasStills = true;
        }
    }
}

std::optional<TrackHit> CameraTrack::hitTest(const TimeScale &scale, QPointF at) const
{
    const auto item = itemAt(m_recordings, m_camera, scale, at.x(), at.y() < kTopPart);
    if (item)
        return TrackHit{{item->captured, endOf(*item)}, item->id};
    if (const auto deleted = deletedAt(m_recordings, m_camera, scale, at.x()))
        return TrackHit{*deleted};
    return {};
}

std::optional<LaneSpan> CameraTrack::spanOf(ItemId item, qint64 near, const TimeScale &scale) const
{
    if (detailFor(scale.span()) != Detail::Items)
        return {};
    const auto found = findItem(m_recordings, m_camera, item, near);
    if (!found)
        return {};
    const double least = isTroubled(*found)           ? LaneInsets::kMinTroubledWidth
                         : found->kind == Kind::Still ? 2
                                                      : LaneInsets::kMinWidth;
    const double left = scale.xOf(found->captured);
    return LaneSpan{left, std::max(left + least, scale.xOf(endOf(*found)))};
}

void registerCameraTracks(TimelineModel &model, RecordingCache &recordings)
{
    const auto refresh = [&model, &recordings] {
        QVector<TrackPtr> tracks;
        for (const RecordingCache::CameraName &camera : recordings.cameras())
            tracks.append(std::make_shared<CameraTrack>(recordings, camera.camera, camera.name));
        model.setTracks(kCameraKind, tracks);
    };
    QObject::connect(&recordings, &RecordingCache::camerasChanged, &model, refresh);
    QObject::connect(&model, &TimelineModel::visibleRangeChanged, &recordings,
                     &RecordingCache::setVisibleRange);
    refresh();
}

} // namespace gatehouse::timeline
