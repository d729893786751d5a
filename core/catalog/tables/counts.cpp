#include "catalog/tables/counts.h"

#include "catalog/types/capture_time.h"

#include <limits>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kHourMs = 3'600'000;

qint64 hourOf(qint64 utc)
{
    return utc >= 0 ? utc / kHourMs : (utc - kHourMs + 1) / kHourMs;
}

void addToDay(WriteContext &context, qint64 day, CameraId camera, int clips, int stills, int events,
              qint64 recorded)
{
    context.db.run(R"(
        INSERT INTO day_count(day, camera, clips, stills, events, recorded) VALUES(?,?,?,?,?,?)
        ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills,
            events = events + excluded.events, recorded = recorded + excluded.recorded)",
                   day, camera, clips, stills, events, recorded);
    if (clips + stills + events < 0)
        context.db.run(R"(
        DELETE FROM day_count
        WHERE day = ? AND camera = ? AND clips = 0 AND stills = 0 AND events = 0)",
                       day, camera);
}

void countDeletions(WriteContext &context, ItemId first, ItemId last)
{
    context.db.run(R"(
        INSERT INTO deletion_count
        SELECT span, start, camera, reason, clips, stills, captured, ended
        FROM deletion_share
        WHERE item BETWEEN ? AND ?
        ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills,
            first = min(first, excluded.first), last = max(last, excluded.last))",
                   first.value, last.value);
}

} // namespace

const QTimeZone &zoneOf(WriteContext &context, CameraId camera)
{
    db::Statement row = context.db.query("SELECT zone FROM camera WHERE id = ?", camera);
    return context.zones.zone(row.step() ? row.blob(0) : QByteArray("UTC"));
}

void countItem(WriteContext &context, const ItemRow &item, Counting counting)
{
    const int sign = counting == Counting::In ? 1 : -1;
    context.db.run(R"(
        UPDATE camera SET items = items + ?, bytes = bytes + ?, max_duration = max(max_duration, ?),
            last_received = max(last_received, ?)
        WHERE id = ?)",
                   sign, sign * item.bytes, item.duration, item.received, item.camera);
    const int clips = item.kind == Kind::Clip ? sign : 0;
    const int stills = item.kind == Kind::Still ? sign : 0;
    if (!clips && !stills)
        return;
    const qint64 recorded = clips * item.duration;
    addToDay(context, localDay(item.captured, zoneOf(context, item.camera)), item.camera, clips, stills, 0,
             recorded);
    const qint64 hour = hourOf(item.captured);
    context.db.run(R"(
        INSERT INTO hour_count(hour, camera, clips, stills, recorded) VALUES(?,?,?,?,?)
        ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills,
            recorded = recorded + excluded.recorded)",
                   hour, item.camera, clips, stills, recorded);
    if (sign < 0)
        context.db.run("DELETE FROM hour_count WHERE hour = ? AND camera = ? AND clips = 0 AND stills = 0",
                       hour, item.camera);
}

void countEvent(WriteContext &context, CameraId camera, qint64 start, Counting counting)
{
    addToDay(context, localDay(start, zoneOf(context, camera)), camera, 0, 0,
             counting == Counting::In ? 1 : -1, 0);
}

void countDeletion(WriteContext &context, ItemId item)
{
    countDeletions(context, item, item);
}

void recountDeletions(WriteContext &context, CameraId camera, qint64 day)
{
    const qint64 end = day + 86'400'000;
    context.db.run(R"(
        DELETE FROM deletion_count
        WHERE span IN (3600000, 86400000) AND start >= ? AND start < ? AND camera = ?)",
                   day, end, camera);
    context.db.run(R"(
        INSERT INTO deletion_count
        SELECT span, start, camera, reason, sum(clips), sum(stills), min(captured), max(ended)
        FROM deletion_share
        WHERE camera = ? AND captured >= ? AND captured < ?
        GROUP BY 1, 2, 3, 4)",
                   camera, day, end);
}

void recountDeletions(WriteContext &context)
{
    context.db.run("DELETE FROM deletion_count");
    countDeletions(context, {}, ItemId{std::numeric_limits<qint64>::max()});
}

} // namespace gatehouse::catalog
