// A camera on the timeline: clips and stills as blocks and ticks, in long views bars per hour or day, and
// deletions as gaps. Reads only what the cache has loaded. GUI thread, no I/O.
#pragma once

#include "timeline/recording_cache.h"
#include "timeline/track.h"

namespace gatehouse::timeline
{

class TimelineModel;

[[nodiscard]] TrackId cameraTrackId(CameraId camera);

class CameraTrack final : public Track
{
    Q_OBJECT

public:
    CameraTrack(const RecordingCache &recordings, CameraId camera, const QString &name);

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString headerText(QDate day) const override;
    [[nodiscard]] QString textAt(const TimeScale &scale, double x) const override;
    [[nodiscard]] CameraId camera() const override { return m_camera; }
    [[nodiscard]] DayTotals totalsOn(QDate day) const override;
    void paint(const LaneCanvas &canvas) const override;
    void addTo(DayStrip &strip) const override;
    [[nodiscard]] std::optional<TrackHit> hitTest(const TimeScale &scale, QPointF at) const override;
    [[nodiscard]] QVector<SpokenItem> spokenItems(const TimeScale &scale) const override;
    [[nodiscard]] std::optional<LaneSpan> spanOf(ItemId item, qint64 near,
                                                 const TimeScale &scale) const override;

private:
    [[nodiscard]] QString countText(const TimeScale &scale, double x) const;
    [[nodiscard]] QString barText(const CountBar &bar, Detail detail) const;
    void addDeleted(QVector<SpokenItem> &items, Detail detail, TimeRange view) const;
    [[nodiscard]] QString itemText(const catalog::TimelineItem &item) const;

    const RecordingCache &m_recordings;
    CameraId m_camera;
    QString m_name;
};

// Registers a track for each camera of the catalog and keeps them up to date.
void registerCameraTracks(TimelineModel &model, RecordingCache &recordings);

} // namespace gatehouse::timeline
