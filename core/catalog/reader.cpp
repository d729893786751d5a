#include "catalog/reader.h"

#include "catalog/tables/camera_value.h"
#include "catalog/tables/event_page.h"
#include "catalog/tables/item_value.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace gatehouse::catalog
{

struct Reader::Private {
    std::unique_ptr<db::Connection> connection;

    template<typename Value>
    Result<Value> answer(Value value)
    {
        if (auto error = connection->takeError())
            return tl::unexpected(*error);
        return value;
    }

    // Few at most, and cheaper to check here than in each row's query.
    QSet<qint64> hiddenCameras()
    {
        QSet<qint64> out;
        db::Statement row = connection->query("SELECT id FROM camera WHERE removed = 1");
        while (row.step())
            out.insert(row.integer(0));
        return out;
    }
};

namespace
{

constexpr qint64 kBeginningOfTime = std::numeric_limits<qint64>::min();
constexpr qint64 kEndOfTime = std::numeric_limits<qint64>::max();

template<typename Value>
std::optional<Value> firstOf(const QVector<Value> &values)
{
    return values.isEmpty() ? std::nullopt : std::optional(values.first());
}

QString jsonOf(const QVector<CameraId> &cameras)
{
    QJsonArray out;
    for (const CameraId camera : cameras)
        out.append(camera.value);
    return QString::fromLatin1(QJsonDocument(out).toJson(QJsonDocument::Compact));
}

constexpr qint64 kJulian1970 = 2'440'588;

// What a camera says it saw it often says of one file only; it is true of the whole event. A camera's events
// do not overlap, so the items of each, sorted by time like the events, follow one another. Recording by
// schedule goes on regardless of what is seen.
void giveSubjects(db::Connection &db, CameraId camera, QVector<TimelineItem> &items)
{
    if (items.isEmpty())
        return;
    // The last one that began before the first item may still go on.
    db::Statement row = db.query(R"(
        SELECT start, end, subject FROM event INDEXED BY event_camera
        WHERE camera = ?1 AND start <= ?3
            AND start >= coalesce((SELECT max(start) FROM event WHERE camera = ?1 AND start <= ?2), ?2)
        ORDER BY start)",
                                 camera, items.first().captured, items.last().captured);
    qsizetype at = 0;
    while (row.step()) {
        const TimeRange range{row.integer(0), row.integer(1)};
        while (at < items.size() && items[at].captured < range.start)
            ++at;
        const auto subject = row.as<Subject>(2);
        for (; at < items.size() && items[at].captured <= range.end; ++at) {
            if (subject != Subject::None && items[at].trigger != Trigger::Schedule)
                items[at].subject = subject;
        }
    }
}

} // namespace

Reader::Reader(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const QString &databasePath)
{
    auto connection = db::Connection::open({databasePath, true});
    if (!connection)
        return tl::unexpected(connection.error());
    auto priv = std::make_unique<Private>();
    priv->connection = std::move(*connection);
    return std::unique_ptr<Reader>(new Reader(std::move(priv)));
}

Result<QVector<Camera>> Reader::cameras()
{
    return d->answer(readCameras(*d->connection));
}

Result<std::optional<Item>> Reader::item(ItemId id)
{
    return d->answer(
        firstOf(itemValues(d->connection->query(GATEHOUSE_SELECT_ITEM_VALUE "WHERE i.id = ?", id))));
}

Result<QVector<Item>> Reader::items(const ItemQuery &query)
{
    const TimeRange range = query.range.value_or(TimeRange{kBeginningOfTime, kEndOfTime});
    db::Connection &db = *d->connection;
    if (query.camera.isValid() && query.newestFirst)
        return d->answer(itemValues(db.query(GATEHOUSE_SELECT_ITEM_VALUE R"(
        WHERE i.camera = ? AND i.captured >= ? AND i.captured < ?
        ORDER BY i.captured DESC, i.id DESC LIMIT ?)",
                                             query.camera, range.start, range.end, query.limit)));
    if (query.camera.isValid())
        return d->answer(itemValues(db.query(GATEHOUSE_SELECT_ITEM_VALUE R"(
        WHERE i.camera = ? AND i.captured >= ? AND i.captured < ?
        ORDER BY i.captured, i.id LIMIT ?)",
                                             query.camera, range.start, range.end, query.limit)));
    if (query.newestFirst)
        return d->answer(itemValues(db.query(GATEHOUSE_SELECT_ITEM_VALUE R"(
        WHERE i.captured >= ? AND i.captured < ?
        ORDER BY i.captured DESC, i.id DESC LIMIT ?)",
                                             range.start, range.end, query.limit)));
    return d->answer(itemValues(db.query(GATEHOUSE_SELECT_ITEM_VALUE R"(
        WHERE i.captured >= ? AND i.captured < ?
        ORDER BY i.captured, i.id LIMIT ?)",
                                         range.start, range.end, query.limit)));
}

Result<QVector<Item>> Reader::unexamined(int limit)
{
    return d->answer(itemValues(d->connection->query(
        GATEHOUSE_SELECT_ITEM_VALUE "WHERE i.state = 0 ORDER BY i.id DESC LIMIT ?", limit)));
}

Result<QHash<ItemId, Derivative>> Reader::derivatives(DerivativeKind kind, const QVector<ItemId> &items)
{
    QHash<ItemId, Derivative> out;
    for (const ItemId item : items) {
        db::Statement row = d->connection->query(
            "SELECT bytes, path FROM derivative WHERE item = ? AND kind = ? AND state IN (?, ?)", item, kind,
            DerivativeState::Made, DerivativeState::Asked);
        if (row.step())
            out.insert(item, {item, kind, row.integer(0), row.text(1)});
    }
    return d->answer(out);
}

Result<std::optional<Item>> Reader::newestClipWithout(DerivativeKind kind, ItemId after, ItemId before)
{
    const QVector<Item> found = itemValues(d->connection->query(GATEHOUSE_SELECT_ITEM_VALUE R"(
        WHERE i.id > ? AND i.id < ? AND i.kind = ? AND i.state BETWEEN 1 AND 3 AND i.has_picture = 1
            AND NOT EXISTS (SELECT 1 FROM derivative v WHERE v.item = i.id AND v.kind = ?)
        ORDER BY i.id DESC LIMIT 1)",
                                                                after.value, before.value, Kind::Clip, kind));
    return d->answer(found.isEmpty() ? std::nullopt : std::optional(found.first()));
}

Result<QVector<Derivative>> Reader::copies(int limit)
{
    QVector<Derivative> out;
    db::Statement row = d->connection->query(R"(
        SELECT item, kind, bytes, path FROM derivative INDEXED BY derivative_copy
        WHERE kind <> 0 AND state IN (0, 2)
        ORDER BY state, item LIMIT ?)",
                                             limit);
    while (row.step())
        out.append({row.id<ItemId>(0), DerivativeKind(row.number(1)), row.integer(2), row.text(3)});
    return d->answer(out);
}

Result<qint64> Reader::copyBytes()
{
    db::Statement row = d->connection->query(R"(
        SELECT coalesce(sum(bytes), 0) FROM derivative INDEXED BY derivative_copy
        WHERE kind <> 0 AND state IN (0, 2))");
    return d->answer(row.step() ? row.integer(0) : qint64(0));
}

Result<QVector<PartialUpload>> Reader::partialUploads()
{
    QVector<PartialUpload> out;
    db::Statement row = d->connection->query(R"(
        SELECT i.id, w.id
        FROM item_detail d INDEXED BY item_detail_unfinished
            CROSS JOIN view v ON v.account = d.account AND v.path = d.source_path
            CROSS JOIN item i ON i.id = d.id
            CROSS JOIN item w ON w.id = v.item
        WHERE d.unfinished = 1 AND w.id <> i.id AND w.bytes > i.bytes)");
    while (row.step())
        out.append({row.id<ItemId>(0), row.id<ItemId>(1)});
    // Only the end of a recovered item's name is known. ('_' stands for characters that no file system
    // accepts.)
    db::Statement recovered = d->connection->query(R"(
        SELECT i.id, w.id
        FROM (
                SELECT id, account, substr(recovered, instr(recovered, '/')) AS name
                FROM item_detail INDEXED BY item_detail_recovered
                WHERE recovered IS NOT NULL
                ORDER BY id DESC LIMIT 100
            ) d
            CROSS JOIN item i ON i.id = d.id
            CROSS JOIN view v ON v.account = d.account
            CROSS JOIN item w ON w.id = v.item
        WHERE v.path LIKE '%' || d.name AND w.id <> i.id AND w.bytes > i.bytes)");
    while (recovered.step())
        out.append({recovered.id<ItemId>(0), recovered.id<ItemId>(1)});
    return d->answer(out);
}

Result<QVector<TimelineItem>> Reader::timeline(CameraId camera, TimeRange range)
{
    QVector<TimelineItem> out;
    // An item that extends into the range starts before it by at most the camera's longest duration.
    db::Statement row = d->connection->query(R"(
        SELECT id, captured, duration, kind, trigger, subject, state
        FROM item INDEXED BY item_timeline
        WHERE camera = ?1 AND captured >= ?2 - (SELECT max_duration FROM camera WHERE id = ?1)
            AND captured < ?3
        ORDER BY captured)",
                                             camera, range.start, range.end);
    while (row.step()) {
        TimelineItem item;
        item.id = row.id<ItemId>(0);
        item.captured = row.integer(1);
        item.duration = row.integer(2);
        if (item.captured < range.start && item.captured + item.duration <= range.start)
            continue;
        item.kind = row.as<Kind>(3);
        item.trigger = row.as<Trigger>(4);
        item.subject = row.as<Subject>(5);
        item.state = row.as<ItemState>(6);
        out.append(item);
    }
    giveSubjects(*d->connection, camera, out);
    return d->answer(out);
}

Result<QHash<ItemId, MotionProfile>> Reader::motion(CameraId camera, TimeRange range)
{
    QHash<ItemId, MotionProfile> out;
    db::Statement row = d->connection->query(R"(
        SELECT m.item, m.profile FROM item i INDEXED BY item_timeline
            CROSS JOIN motion m ON m.item = i.id
        WHERE i.camera = ? AND i.captured >= ? AND i.captured < ?)",
                                             camera, range.start, range.end);
    while (row.step())
        out.insert(row.id<ItemId>(0), MotionProfile::fromBytes(row.blob(1)));
    return d->answer(out);
}

Result<QVector<Event>> Reader::events(const EventQuery &query)
{
    const qint64 before = query.before.value_or(kEndOfTime);
    const qint64 from = query.from.value_or(kBeginningOfTime);
    if (query.camera.isValid())
        return d->answer(eventValues(d->connection->query(R"(
        SELECT )" GATEHOUSE_EVENT_COLUMNS R"( FROM event
        WHERE camera = ? AND start >= ? AND start < ?
        ORDER BY start DESC, id DESC LIMIT ?)",
                                                          query.camera, from, before, query.limit)));
    return d->answer(eventValues(d->connection->query(R"(
        SELECT )" GATEHOUSE_EVENT_COLUMNS R"( FROM event
        WHERE start >= ? AND start < ? AND camera NOT IN (SELECT id FROM camera WHERE removed = 1)
        ORDER BY start DESC, id DESC LIMIT ?)",
                                                      from, before, query.limit)));
}

Result<QVector<Event>> Reader::eventPage(const EventPageQuery &query)
{
    const EventFilter &filter = query.filter;
    if (filter.cameras && filter.cameras->isEmpty())
        return QVector<Event>();
    const EventKey ends = query.newestFirst ? EventKey{kEndOfTime, EventId{kEndOfTime}}
                                            : EventKey{kBeginningOfTime, EventId{kBeginningOfTime}};
    const EventKey after = query.after.value_or(ends);
    const bool isOneCamera = filter.cameras && filter.cameras->size() == 1;
    const PageOrder order = query.newestFirst ? PageOrder::NewestFirst : PageOrder::OldestFirst;
    db::Statement rows = d->connection->query(eventPageQuery(isOneCamera, order));
    rows.bind(1, after.start);
    rows.bind(2, after.id.value);
    if (isOneCamera)
        rows.bind(3, filter.cameras->first());
    else if (filter.cameras)
        rows.bind(3, jsonOf(*filter.cameras));
    else
        rows.bindNull(3);
    rows.bind(4, filter.reviewed);
    rows.bind(5, filter.hasClip);
    rows.bind(6, filter.onlyProtected);
    rows.bind(7, filter.onlyUnsound);
    rows.bind(8, qint64(filter.causes));
    rows.bind(9, query.limit);
    return d->answer(eventValues(std::move(rows)));
}

Result<std::optional<Event>> Reader::event(EventId id)
{
    return d->answer(firstOf(
        eventValues(d->connection->query("SELECT " GATEHOUSE_EVENT_COLUMNS " FROM event WHERE id = ?", id))));
}

Result<QVector<Item>> Reader::eventItems(EventId id)
{
    return d->answer(itemValues(d->connection->query(GATEHOUSE_SELECT_ITEM_VALUE R"(
            CROSS JOIN event e ON e.id = ?1
        WHERE i.camera = (SELECT camera FROM event WHERE id = ?1)
            AND i.captured BETWEEN (SELECT start FROM event WHERE id = ?1)
                AND (SELECT end FROM event WHERE id = ?1)
            AND i.event = e.id
        ORDER BY i.captured, i.id)",
                                                     id)));
}

Result<std::optional<Event>> Reader::eventBefore(CameraId camera, qint64 t)
{
    const Result<QVector<Event>> found = events({camera, t, 1});
    if (!found)
        return tl::unexpected(found.error());
    return firstOf(*found);
}

Result<std::optional<Event>> Reader::eventAfter(CameraId camera, qint64 t)
{
    if (camera.isValid())
        return d->answer(firstOf(eventValues(d->connection->query(R"(
        SELECT )" GATEHOUSE_EVENT_COLUMNS R"( FROM event
        WHERE camera = ? AND start > ?
        ORDER BY start, id LIMIT 1)",
                                                                  camera, t))));
    return d->answer(firstOf(eventValues(d->connection->query(R"(
        SELECT )" GATEHOUSE_EVENT_COLUMNS R"( FROM event
        WHERE start > ? AND camera NOT IN (SELECT id FROM camera WHERE removed = 1)
        ORDER BY start, id LIMIT 1)",
                                                              t))));
}

Result<QVector<DayCount>> Reader::dayCounts(QDate first, QDate last)
{
    QVector<DayCount> out;
    const QSet<qint64> hidden = d->hiddenCameras();
    db::Statement row =
        d->connection->query(R"(
        SELECT day, camera, clips, stills, events, recorded
        FROM day_count
        WHERE day BETWEEN ? AND ?
        ORDER BY day, camera)",
                             first.toJulianDay() - kJulian1970, last.toJulianDay() - kJulian1970);
    while (row.step()) {
        if (!hidden.contains(row.integer(1)))
            out.append({row.id<CameraId>(1), QDate::fromJulianDay(row.integer(0) + kJulian1970),
                        row.number(2), row.number(3), row.number(4), row.integer(5)});
    }
    return d->answer(out);
}

Result<QVector<HourCount>> Reader::hourCounts(TimeRange range)
{
    QVector<HourCount> out;
    const QSet<qint64> hidden = d->hiddenCameras();
    constexpr qint64 hour = 3'600'000;
    db::Statement row = d->connection->query(R"(
        SELECT hour, camera, clips, stills, recorded FROM hour_count
        WHERE hour >= ? AND hour < ?
        ORDER BY hour, camera)",
                                             range.start / hour, (range.end + hour - 1) / hour);
    while (row.step()) {
        if (!hidden.contains(row.integer(1)))
            out.append({row.id<CameraId>(1), row.integer(0), row.number(2), row.number(3), row.integer(4)});
    }
    return d->answer(out);
}

Result<QVector<Deletion>> Reader::deletions(const DeletionQuery &query)
{
    return d->answer(readDeletions(*d->connection, query));
}

Result<QVector<DeletedSpan>> Reader::deletedSpans(CameraId camera, TimeRange range)
{
    return d->answer(readDeletedSpans(*d->connection, camera, range));
}

Result<QHash<CameraId, QVector<DeletedSpan>>> Reader::deletedSpans(DeletionUnit unit, TimeRange range)
{
    return d->answer(readDeletedSpans(*d->connection, unit, range));
}

Result<StateSnapshot> Reader::state()
{
    return d->answer(readState(*d->connection));
}

Result<TimeRange> Reader::extent()
{
    TimeRange extent;
    db::Statement row = d->connection->query(R"(
        SELECT (SELECT min(captured) FROM item),
            (SELECT max((
                SELECT max(i.captured + i.duration) FROM item i
                WHERE i.camera = c.id AND i.captured >=
                    (SELECT max(captured) FROM item WHERE camera = c.id) - c.max_duration
            )) FROM camera c))");
    if (row.step() && !row.isNull(0))
        extent = {row.integer(0), row.integer(1)};
    return d->answer(extent);
}

} // namespace gatehouse::catalog
