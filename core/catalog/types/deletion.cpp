#include "catalog/types/deletion.h"

#include "base/byte_name.h"
#include "db/connection.h"

#include <algorithm>
#include <limits>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kMaxBreakMs = 300'000;   // ms
constexpr qint64 kMaxFileBreakMs = 1'000; // between two files of one recording
constexpr qsizetype kReasonsInTurns = 4;

// One recording may be in many files, and files may overlap. A still within a recording needs no place of its
// own.
void addRecording(QVector<TimeRange> &recordings, TimeRange next)
{
    const qint64 apart = recordings.isEmpty() ? 0 : next.start - recordings.last().end;
    const bool goesOn = !recordings.isEmpty() && !recordings.last().isEmpty() &&
                        (next.isEmpty() ? apart < 0 : apart <= kMaxFileBreakMs);
    if (goesOn)
        recordings.last().end = std::max(recordings.last().end, next.end);
    else
        recordings.append(next);
}

// If deletions by age and for space alternate, the span to continue is not necessarily the last one.
void addDeleted(QVector<DeletedSpan> &spans, const DeletedSpan &next, qint64 maxBreak)
{
    const auto from = spans.end() - std::min(spans.size(), kReasonsInTurns);
    const auto before = std::find_if(from, spans.end(), [&](const DeletedSpan &span) {
        return span.reason == next.reason && next.range.start - span.range.end <= maxBreak;
    });
    if (before == spans.end()) {
        spans.append(next);
        return;
    }
    before->range = before->range.united(next.range);
    before->clips += next.clips;
    before->stills += next.stills;
    before->at = std::max(before->at, next.at);
    for (const TimeRange &recording : next.recordings)
        addRecording(before->recordings, recording);
}

} // namespace

QVector<Deletion> readDeletions(db::Connection &db, const DeletionQuery &query)
{
    const TimeRange range = query.range.value_or(TimeRange{0, std::numeric_limits<qint64>::max()});
    const qint64 lastAt = query.after ? query.after->at : range.end - 1;
    const qint64 lastItem = query.after ? query.after->item.value : std::numeric_limits<qint64>::max();
    QVector<Deletion> out;
    db::Statement row = db.query(R"(
        SELECT item, camera, kind, captured, bytes, source_path, reason, at, duration
        FROM deletion
        WHERE at >= ?1 AND (at, item) < (?2, ?3) AND (?4 = 0 OR camera = ?4)
        ORDER BY at DESC, item DESC LIMIT ?5)",
                                 range.start, lastAt, lastItem, query.camera.value, query.limit);
    while (row.step())
        out.append({row.id<ItemId>(0), row.id<CameraId>(1), row.as<Kind>(2), row.integer(3), row.integer(4),
                    readableName(row.text(5)), row.text(6), row.integer(7), row.maybe(8)});
    return out;
}

QVector<DeletedSpan> readDeletedSpans(db::Connection &db, CameraId camera, TimeRange range)
{
    QVector<DeletedSpan> out;
    db::Statement row = db.query(R"(
        WITH RECURSIVE source(id) AS (SELECT ? UNION SELECT c.id FROM camera c
            JOIN source s ON c.merged_into = s.id)
        SELECT d.captured, d.reason, d.kind, d.at, coalesce(d.duration, 0) FROM source s
            CROSS JOIN deletion d ON d.camera = s.id
        WHERE d.captured >= ? AND d.captured < ? AND d.kind IN (?, ?) AND d.replaced = 0
        ORDER BY d.captured, d.item)",
                                 camera, range.start, range.end, Kind::Still, Kind::Clip);
    while (row.step()) {
        const qint64 captured = row.integer(0);
        const bool isClip = row.as<Kind>(2) == Kind::Clip;
        const TimeRange recording{captured, captured + row.integer(4)};
        addDeleted(out, {recording, row.text(1), isClip ? 1 : 0, isClip ? 0 : 1, row.integer(3), {recording}},
                   kMaxBreakMs);
    }
    return out;
}

QHash<CameraId, QVector<DeletedSpan>> readDeletedSpans(db::Connection &db, DeletionUnit unit, TimeRange range)
{
    QHash<CameraId, QVector<DeletedSpan>> out;
    db::Statement row = db.query(R"(
        WITH RECURSIVE lane(source, id) AS (SELECT id, id FROM camera WHERE merged_into IS NULL
            UNION SELECT c.id, l.id FROM camera c JOIN lane l ON c.merged_into = l.source)
        SELECT l.id, n.first, n.last, n.reason, n.clips, n.stills
        FROM deletion_count n
            CROSS JOIN lane l ON l.source = n.camera
        WHERE n.span = ? AND n.start >= ? AND n.start < ?
        ORDER BY n.start)",
                                 unit, range.start, range.end);
    while (row.step())
        addDeleted(out[row.id<CameraId>(0)],
                   {{row.integer(1), row.integer(2)}, row.text(3), row.number(4), row.number(5)},
                   qint64(unit));
    for (QVector<DeletedSpan> &spans : out)
        std::sort(spans.begin(), spans.end(),
                  [](const DeletedSpan &a, const DeletedSpan &b) { return a.range.start < b.range.start; });
    return out;
}

} // namespace gatehouse::catalog
