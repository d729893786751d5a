// The timeline's copy of catalog data: one camera's items of one UTC day, ready to paint, and counts by hour
// or day for the long views, with deletions. Created on a reader's thread (read...() block on disk),
// immutable from then on. Any thread.
#pragma once

#include "catalog/reader.h"
#include "catalog/types/deletion.h"
#include "catalog/types/event.h"
#include "timeline/lane_series.h"

#include <QDate>
#include <QHash>
#include <QSet>
#include <array>
#include <memory>

namespace gatehouse::timeline
{

constexpr qint64 kChunkMs = 86'400'000;

struct TimelineChunk {
    static constexpr int kBuckets = 288;                        // of 5 minutes: fits every zone's offset
    using Strip = std::array<std::array<quint16, 5>, kBuckets>; // clips by ClipCategory

    TimelineChunk(QVector<catalog::TimelineItem> items, qint64 dayStart,
                  QVector<catalog::DeletedSpan> deletedSpans = {},
                  QHash<ItemId, MotionProfile> motionProfiles = {});

    // By start; includes clips that started the day before and extend into this one.
    LaneSeries events;     // clips with a trigger
    LaneSeries continuous; // scheduled clips: painted below the events
    LaneSeries stills;
    QVector<catalog::DeletedSpan> deleted; // by start
    Strip strip = {};                      // of items that start on this day
    QHash<ItemId, MotionProfile> motion;   // of clips that start on this day, as far as it is known

    [[nodiscard]] int size() const { return events.size() + continuous.size() + stills.size(); }
    // In memory, in items.
    [[nodiscard]] qint64 weight() const { return size() + motion.size() + deleted.size(); }
    [[nodiscard]] bool hasSameItems(const TimelineChunk &other) const;
};

// One hour or one day of one camera.
struct CountBar {
    qint64 start = 0; // UTC ms
    qint64 end = 0;
    QDate day; // days only
    int clips = 0;
    int stills = 0;
    int events = 0;      // days only
    qint64 recorded = 0; // ms

    friend bool operator==(const CountBar &, const CountBar &) = default;
};

// Each by start.
struct CountBlock {
    QHash<CameraId, QVector<CountBar>> bars;
    QHash<CameraId, QVector<catalog::DeletedSpan>> deleted;

    [[nodiscard]] bool isEmpty() const { return bars.isEmpty() && deleted.isEmpty(); }
    friend bool operator==(const CountBlock &, const CountBlock &) = default;
};

using ChunkAnswer = Result<std::shared_ptr<const TimelineChunk>>;
using CountAnswer = Result<std::shared_ptr<const CountBlock>>;

// withheld: left out, as if they were deleted already.
ChunkAnswer readChunk(catalog::Reader &reader, CameraId camera, qint64 dayStart,
                      const QSet<ItemId> &withheld = {});
CountAnswer readHours(catalog::Reader &reader, TimeRange hours);
// Days follow this PC's zone, like everything on screen; deletions are placed by capture time, and belong to
// the block of their UTC day.
CountAnswer readDays(catalog::Reader &reader, QDate first, QDate last, const QTimeZone &zone);

} // namespace gatehouse::timeline
