#include "support/catalog_filler.h"
#include "support/durations.h"

#include "catalog/types/item.h"
#include "catalog/writer.h"
#include "db/transaction.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTimeZone>
#include <algorithm>

namespace gatehouse::tests
{

namespace
{

class Filler
{
public:
    Filler(db::Connection &db, const Filling &filling) : m_db(db), m_filling(filling), m_random(filling.seed)
    {
    }

    void camera(int number)
    {
        const QString name = QStringLiteral("camera %1").arg(number, 2, 10, QLatin1Char('0'));
        m_db.run("INSERT INTO account(user) VALUES(?)", QStringLiteral("cam%1").arg(number));
        m_account = AccountId{m_db.lastInsertId()};
        m_db.run("INSERT INTO camera(account, key, name, zone, created) VALUES(?,?,?,?,?)", m_account,
                 QStringLiteral("K%1").arg(number), name, QString::fromLatin1(m_filling.zone),
                 m_filling.range.start);
        m_camera = CameraId{m_db.lastInsertId()};
        const qint64 wanted = m_filling.items / m_filling.cameras;
        const qint64 scheduled = std::min(wanted / 4, m_filling.range.length() / kHourMs);
        for (qint64 i = 0; i < scheduled; ++i)
            item({}, Kind::Still, Trigger::Schedule,
                 m_filling.range.start + i * (m_filling.range.length() / scheduled), 0);
        const qint64 events = std::max<qint64>((wanted - scheduled) / 4, 1);
        for (qint64 i = 0; i < events; ++i)
            event(m_filling.range.start + i * m_filling.range.length() / events,
                  m_filling.range.length() / events);
    }

private:
    // Three stills and a clip somewhere in its share of the time, well apart from its neighbours.
    void event(qint64 start, qint64 share)
    {
        const qint64 room = share - 150'000;
        const qint64 t = start + (room > 0 ? m_random.bounded(quint32(std::min<qint64>(room, 1 << 30))) : 0);
        const qint64 length = 8'000 + m_random.bounded(40'000);
        const EventId event{++m_event};
        const ItemId first{m_item + 1};
        for (int still = 0; still < 3; ++still)
            item(event, Kind::Still, Trigger::Motion, t + still * 1'000, 0);
        item(event, Kind::Clip, Trigger::Motion, t, length);
        m_db.run("INSERT INTO event(id, camera, start, end, trigger, subject, stills, clips, poster, "
                 "first_item, worst, protected) VALUES(?,?,?,?,1,?,3,1,?,?,1,0)",
                 event, m_camera, t, t + length, int(m_random.bounded(4)), first, ItemId{m_item});
    }

    void item(EventId event, Kind kind, Trigger trigger, qint64 captured, qint64 duration)
    {
        const ItemId id{++m_item};
        const bool clip = kind == Kind::Clip;
        m_db.run("INSERT INTO item VALUES(?,?,?,?,?,0,1,?,?,1,1,0,?,?)", id, m_camera, event, kind, trigger,
                 captured, duration, clip ? 2'400'000 : 60'000, captured + duration + 2'000);
        const QString name =
            QStringLiteral("%1.%2").arg(id.value).arg(clip ? QStringLiteral("mp4") : QStringLiteral("jpg"));
        m_db.run("INSERT INTO item_detail(id, account, origin, archive, relative_path, source_path, "
                 "same_key, sha256, live, cut, time_source, clock_offset, hint_source, width, height, "
                 "container, video_codec) VALUES(?,?,?,1,?,?,?,?,1,0,0,0,0,1920,1080,?,?)",
                 id, m_account, m_camera, QStringLiteral("cam/2026-01-01/") + name,
                 QStringLiteral("/record/") + name, qint64(m_random.generate64()), sha(id),
                 clip ? QStringLiteral("mov") : QStringLiteral("jpeg"),
                 clip ? QStringLiteral("h264") : QStringLiteral("mjpeg"));
    }

    static QByteArray sha(ItemId id) { return QByteArray::number(id.value).rightJustified(32, '0'); }

    db::Connection &m_db;
    const Filling &m_filling;
    QRandomGenerator m_random;
    AccountId m_account;
    CameraId m_camera;
    qint64 m_event = 0;
    qint64 m_item = 0;
};

// Builds indexes at the end: sorted once instead of updated row by row.
QVector<QByteArray> takeIndexes(db::Connection &db)
{
    QVector<QByteArray> made;
    QVector<QByteArray> names;
    {
        db::Statement row = db.query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name "
                                     "IN ('item', 'item_detail', 'event') AND sql IS NOT NULL");
        while (row.step()) {
            names.append(row.blob(0));
            made.append(row.blob(1));
        }
    }
    for (const QByteArray &name : names)
        db.script("DROP INDEX " + name);
    return made;
}

void count(db::Connection &db, qint64 zoneOffset)
{
    db.run("INSERT INTO day_count SELECT day, camera, sum(clips), sum(stills), sum(events), sum(recorded) "
           "FROM (SELECT (captured + ?1) / 86400000 AS day, camera, sum(kind = 1) AS clips, sum(kind = 0) AS "
           "stills, 0 AS events, sum(duration) AS recorded FROM item GROUP BY 1, 2 UNION ALL SELECT (start + "
           "?1) / 86400000, camera, 0, 0, count(*), 0 FROM event GROUP BY 1, 2) GROUP BY 1, 2",
           zoneOffset);
    db.run("INSERT INTO hour_count SELECT captured / 3600000, camera, sum(kind = 1), sum(kind = 0), "
           "sum(duration) FROM item GROUP BY 1, 2");
    db.run("UPDATE camera SET (items, bytes, max_duration, last_received) = (SELECT count(*), sum(bytes), "
           "max(duration), max(received) FROM item WHERE camera = camera.id)");
}

void deleteMost(db::Connection &db, int keptOf)
{
    db.run(
        "INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at) SELECT "
        "i.id, i.camera, i.kind, i.captured, i.bytes, d.sha256, d.source_path, 'Older than 60 days', "
        "i.received FROM item i JOIN item_detail d USING(id) WHERE i.id % ? <> 0",
        keptOf);
    db.script("DELETE FROM item WHERE id IN (SELECT item FROM deletion);"
              "DELETE FROM item_detail WHERE id IN (SELECT item FROM deletion);"
              "DELETE FROM event WHERE id NOT IN (SELECT event FROM item WHERE event IS NOT NULL);"
              "INSERT INTO deletion_count SELECT span, start, camera, reason, sum(clips), sum(stills), "
              "min(captured), max(captured) FROM deletion_share GROUP BY 1, 2, 3, 4;");
}

} // namespace

Result<void> fillCatalog(const QString &databasePath, const Filling &wanted)
{
    const SystemClock clock;
    Filling filling = wanted;
    if (filling.range.isEmpty())
        filling.range = {clock.now() - 365 * 24 * kHourMs, clock.now()};
    catalog::WriterOptions options;
    options.databasePath = databasePath;
    if (auto writer = catalog::Writer::open(options, clock); !writer) // creates the schema
        return tl::unexpected(writer.error());
    auto opened = db::Connection::open({databasePath});
    if (!opened)
        return tl::unexpected(opened.error());
    db::Connection &db = **opened;
    db.script("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA foreign_keys = 0;"
              "PRAGMA cache_size = -262144;");
    {
        db::Transaction all(db, db::Transaction::Write);
        const QVector<QByteArray> indexes = takeIndexes(db);
        db.run("INSERT INTO archive(id, uuid, root) VALUES(1, 'filled', '/nowhere')");
        Filler filler(db, filling);
        for (int camera = 1; camera <= filling.cameras; ++camera)
            filler.camera(camera);
        if (filling.keptOf > 0)
            deleteMost(db, filling.keptOf);
        for (const QByteArray &index : indexes)
            db.script(index);
        count(db, qint64(QTimeZone(filling.zone).standardTimeOffset(QDateTime::currentDateTimeUtc())) * 1000);
        if (auto done = all.commit(); !done)
            return done;
    }
    db.script("PRAGMA journal_mode = WAL");
    return db.takeResult();
}

} // namespace gatehouse::tests
