#include "timeline/camera_track.h"

#include "models/time_text.h"
#include "timeline/camera_lane_painter.h"
#include "timeline/day_strip.h"
#include "timeline/deleted_gaps.h"
#include "timeline/lane_hit_test.h"
#include "timeline/timeline_model.h"
#include "widgets/format.h"

#include <QDateTime>

namespace gatehouse::timeline
{

namespace
{

constexpr QLatin1String kCameraKind("camera");
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

int CameraTrack::eventsOn(QDate day) const
{
    return m_recordings.dayCount(m_camera, day).events;
}

QString CameraTrack::headerText(QDate day) const
{
    const int events = eventsOn(day);
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
    const CountBar &bar = bars.first();
    const QTimeZone &zone = m_recordings.zone();
    QString when = widgets::dayText(models::localTime(bar.start, zone).date());
    if (detail == Detail::Hours)
        when += QLatin1Char(' ') + models::rangeText({bar.start, bar.end}, zone);
    return tr("%1\nClips: %2, %3\nPictures: %4")
        .arg(when, QString::number(bar.clips), models::spanText(bar.recorded), QString::number(bar.stills));
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
        for (const catalog::DeletedSpan &span : chunk->deleted) {
            if (span.range.end < day.start)
                continue;
            const qsizetype last = std::min(strip.indexOf(span.range.end), strip.buckets.size() - 1);
            for (qsizetype i = std::max<qsizetype>(0, strip.indexOf(span.range.start)); i <= last; ++i)
                strip.buckets[i].isDeleted = true;
        }
    }
}

std::optional<TrackHit> CameraTrack::hitTest(const TimeScale &scale, QPointF at) const
{
    const auto item = itemAt(m_recordings, m_camera, scale, at.x(), at.y() < kTopPart);
    if (!item)
        return {};
    return TrackHit{{item->captured, endOf(*item)}, item->id};
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
