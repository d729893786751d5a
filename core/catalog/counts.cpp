#include "catalog/counts.h"

#include "catalog/capture_time.h"

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

void addToDay(Store &store, qint64 day, CameraId camera, int clips, int stills, int events, qint64 recorded)
{
    store.db.run("INSERT INTO day_count(day, camera, clips, stills, events, recorded) VALUES(?,?,?,?,?,?) "
                 "ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + "
                 "excluded.stills, events = events + excluded.events, recorded = recorded + "
                 "excluded.recorded",
                 day, camera, clips, stills, events, recorded);
    if (clips + stills + events < 0)
        store.db.run("DELETE FROM day_count WHERE day = ? AND camera = ? AND clips = 0 AND stills = 0 AND "
                     "events = 0",
                     day, camera);
}

void countDeletions(Store &store, ItemId first, ItemId last)
{
    store.db.run("INSERT INTO deletion_count SELECT span, start, camera, reason, clips, stills, captured, "
                 "captured FROM deletion_share WHERE item BETWEEN ? AND ? ON CONFLICT DO UPDATE SET clips = "
                 "clips + excluded.clips, stills = stills + excluded.stills, first = min(first, "
                 "excluded.first), last = max(last, excluded.last)",
                 first.value, last.value);
}

} // namespace

const QTimeZone &zoneOf(Store &store, CameraId camera)
{
    db::Statement row = store.db.query("SELECT zone FROM camera WHERE id = ?", camera);
    return store.zones.zone(row.step() ? row.blob(0) : QByteArray("UTC"));
}

void countItem(Store &store, const ItemRow &item, Counting counting)
{
    const int sign = counting == Counting::In ? 1 : -1;
    store.db.run("UPDATE camera SET items = items + ?, bytes = bytes + ?, max_duration = max(max_duration, "
                 "?), last_received = max(last_received, ?) WHERE id = ?",
                 sign, sign * item.bytes, item.duration, item.received, item.camera);
    const int clips = item.kind == Kind::Clip ? sign : 0;
    const int stills = item.kind == Kind::Still ? sign : 0;
    if (!clips && !stills)
        return;
    const qint64 recorded = clips * item.duration;
    addToDay(store, localDay(item.captured, zoneOf(store, item.camera)), item.camera, clips, stills, 0,
             recorded);
    const qint64 hour = hourOf(item.captured);
    store.db.run("INSERT INTO hour_count(hour, camera, clips, stills, recorded) VALUES(?,?,?,?,?) ON "
                 "CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills, "
                 "recorded = recorded + excluded.recorded",
                 hour, item.camera, clips, stills, recorded);
    if (sign < 0)
        store.db.run("DELETE FROM hour_count WHERE hour = ? AND camera = ? AND clips = 0 AND stills = 0",
                     hour, item.camera);
}

void countEvent(Store &store, CameraId camera, qint64 start, Counting counting)
{
    addToDay(store, localDay(start, zoneOf(store, camera)), camera, 0, 0, counting == Counting::In ? 1 : -1,
             0);
}

void countDeletion(Store &store, ItemId item)
{
    countDeletions(store, item, item);
}

void recountDeletions(Store &store, CameraId camera, qint64 day)
{
    const qint64 end = day + 86'400'000;
    store.db.run("DELETE FROM deletion_count WHERE span IN (3600000, 86400000) AND start >= ? AND start < ? "
                 "AND camera = ?",
                 day, end, camera);
    store.db.run("INSERT INTO deletion_count SELECT span, start, camera, reason, sum(clips), sum(stills), "
                 "min(captured), max(captured) FROM deletion_share WHERE camera = ? AND captured >= ? AND "
                 "captured < ? GROUP BY 1, 2, 3, 4",
                 camera, day, end);
}

void recountDeletions(Store &store)
{
    store.db.run("DELETE FROM deletion_count");
    countDeletions(store, {}, ItemId{std::numeric_limits<qint64>::max()});
}

} // namespace gatehouse::catalog
