#include "catalog/deletion.h"

#include "db/connection.h"

#include <limits>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kLongestBreak = 300'000; // ms

}

QVector<Deletion> readDeletions(db::Connection &db, const DeletionQuery &query)
{
    const TimeRange range = query.range.value_or(TimeRange{0, std::numeric_limits<qint64>::max()});
    const qint64 lastAt = query.after ? query.after->at : range.end - 1;
    const qint64 lastItem = query.after ? query.after->item.value : std::numeric_limits<qint64>::max();
    QVector<Deletion> out;
    db::Statement row = db.query("SELECT item, camera, kind, captured, bytes, source_path, reason, at FROM "
                                 "deletion WHERE at >= ?1 AND (at, item) < (?2, ?3) AND (?4 = 0 OR camera = "
                                 "?4) ORDER BY at DESC, item DESC LIMIT ?5",
                                 range.start, lastAt, lastItem, query.camera.value, query.limit);
    while (row.step())
        out.append({row.id<ItemId>(0), row.id<CameraId>(1), row.as<Kind>(2), row.integer(3), row.integer(4),
                    row.text(5), row.text(6), row.integer(7)});
    return out;
}

QVector<DeletedSpan> readDeletedSpans(db::Connection &db, CameraId camera, TimeRange range)
{
    QVector<DeletedSpan> out;
    db::Statement row =
        db.query("SELECT captured, reason FROM deletion WHERE camera = ? AND captured >= ? AND "
                 "captured < ? AND kind IN (?, ?) ORDER BY captured, item",
                 camera, range.start, range.end, Kind::Still, Kind::Clip);
    while (row.step()) {
        const qint64 captured = row.integer(0);
        const bool goesOn = !out.isEmpty() && captured - out.last().range.end <= kLongestBreak &&
                            out.last().reason == row.text(1);
        if (!goesOn)
            out.append({{captured, captured}, row.text(1), 0});
        out.last().range.end = captured;
        ++out.last().count;
    }
    return out;
}

} // namespace gatehouse::catalog
