// A day's activity over time, summed over tracks: painted by the overview strip. Any thread.
#pragma once

#include "timeline/timeline_chunk.h"

#include <array>

namespace gatehouse::timeline
{

struct DayStrip {
    static constexpr qint64 kBucketMs = kChunkMs / TimelineChunk::kBuckets;

    struct Bucket {
        std::array<int, 5> counts = {}; // by ClipCategory
        bool hasStills = false;         // that are still there
        bool isDeleted = false;         // something recorded then was
    };

    DayStrip() = default;
    explicit DayStrip(TimeRange ofDay) : day(ofDay), buckets((ofDay.length() + kBucketMs - 1) / kBucketMs) {}

    // t: within the day.
    [[nodiscard]] qsizetype indexOf(qint64 t) const { return (t - day.start) / kBucketMs; }
    [[nodiscard]] qint64 startOf(qsizetype index) const { return day.start + index * kBucketMs; }

    TimeRange day;
    QVector<Bucket> buckets;
};

} // namespace gatehouse::timeline
