// One row of the timeline: the recordings of a camera, the curve of a sensor, the spans of an alarm. A track
// paints itself into its lane, hit-tests points and describes itself; the timeline needs nothing else. A new
// kind is one class, registered with TimelineModel::setTracks(). GUI thread, no I/O.
#pragma once

#include "base/ids.h"
#include "base/time_range.h"
#include "timeline/time_scale.h"

#include <QDate>
#include <QObject>
#include <QPointF>
#include <QVector>
#include <memory>
#include <optional>

namespace gatehouse::timeline
{

struct DayStrip;
struct LaneCanvas;

struct TrackId {
    QLatin1String kind; // a literal, such as "camera"
    qint64 value = 0;   // unique within the kind; 0: none

    [[nodiscard]] bool isValid() const { return value != 0; }
    friend bool operator==(const TrackId &a, const TrackId &b)
    {
        return a.value == b.value && a.kind == b.kind;
    }
    friend size_t qHash(const TrackId &id, size_t seed = 0) { return qHashMulti(seed, id.kind, id.value); }
};

// What is under a point of a lane.
struct TrackHit {
    TimeRange range;
    ItemId item = {}; // none: not playable, a click only moves the playhead

    // Where a click at `time` goes: to the nearest time within the range.
    [[nodiscard]] qint64 timeWithin(qint64 time) const
    {
        return std::clamp(time, range.start, std::max(range.start, range.end - 1));
    }
};

// What a track recorded on a day.
struct DayTotals {
    int events = 0;
    int clips = 0;
    int stills = 0;

    DayTotals &operator+=(const DayTotals &other);
    // "3 events"; where a schedule records without events, "12 clips": never nothing above full bars.
    [[nodiscard]] QString text() const;
};

// Something of a track in words, for screen readers.
struct SpokenItem {
    TimeRange range;
    ItemId item = {}; // none: not playable
    QString text;     // "13:52:04, person, clip, 34 s"

    friend bool operator==(const SpokenItem &a, const SpokenItem &b)
    {
        return a.range == b.range && a.item == b.item && a.text == b.text;
    }
};

// Logical pixels of the axis.
struct LaneSpan {
    double left = 0;
    double right = 0;
};

// Logical pixels: the timeline distributes its space among the lanes within these bounds.
struct LaneHeights {
    int min = 0;
    int max = 0;
};

class Track : public QObject
{
    Q_OBJECT

public:
    explicit Track(TrackId id) : m_id(id) {}

    [[nodiscard]] TrackId id() const { return m_id; }
    [[nodiscard]] virtual QString name() const = 0; // the lane's header
    // Right of the name: a count for the day, or a current value. Empty: nothing.
    [[nodiscard]] virtual QString headerText(QDate day) const;
    // The tooltip where hitTest() finds nothing to play; x: logical pixels. Empty: none.
    [[nodiscard]] virtual QString textAt(const TimeScale &scale, double x) const;
    [[nodiscard]] virtual LaneHeights heights() const;
    // A click that hits nothing goes to the nearest event of this camera, and hiding the camera hides the
    // lane. None: the track belongs to no camera.
    [[nodiscard]] virtual CameraId camera() const { return {}; }
    // Counted in the header of the whole day.
    [[nodiscard]] virtual DayTotals totalsOn(QDate day) const;

    virtual void paint(const LaneCanvas &canvas) const = 0;
    // Adds what it has of the day to the overview.
    virtual void addTo(DayStrip &strip) const;
    // at: logical pixels, x of the axis, y from the lane's top.
    [[nodiscard]] virtual std::optional<TrackHit> hitTest(const TimeScale &scale, QPointF at) const = 0;
    // What the lane shows of the visible range, by start; at most a few hundred.
    [[nodiscard]] virtual QVector<SpokenItem> spokenItems(const TimeScale &scale) const;
    // Where an item is painted, for the frame around the selected one. near: a time within a day of it.
    [[nodiscard]] virtual std::optional<LaneSpan> spanOf(ItemId item, qint64 near,
                                                         const TimeScale &scale) const;

Q_SIGNALS:
    void contentChanged(gatehouse::TimeRange range);
    void summaryChanged(); // the header, and what long views show in place of the content

private:
    TrackId m_id;
};

using TrackPtr = std::shared_ptr<const Track>;

} // namespace gatehouse::timeline
