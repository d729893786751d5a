#include "support/catalog_invariants.h"

#include "base/media_types.h"
#include "db/connection.h"

#include <QDateTime>
#include <QMap>
#include <QSet>
#include <QTimeZone>
#include <QVector>

namespace gatehouse::tests
{

namespace
{

struct Kept {
    qint64 id;
    qint64 camera;
    qint64 event;
    int kind;
    int trigger;
    int state;
    qint64 captured;
    qint64 duration;
    bool picture;
    bool isProtected;
    qint64 bytes;
};

using Key = std::pair<qint64, qint64>;

struct Sums {
    qint64 clips = 0;
    qint64 stills = 0;
    qint64 events = 0;
    qint64 recorded = 0;
    friend bool operator==(const Sums &, const Sums &) = default;
};

class Checker
{
public:
    Checker(db::Connection &db, qint64 gap) : m_db(db), m_gap(gap) {}

    QStringList run()
    {
        load();
        rows();
        events();
        counts();
        if (auto error = m_db.takeError())
            wrong(error->where);
        return m_wrong;
    }

private:
    void wrong(const QString &text) { m_wrong.append(text); }

    void load()
    {
        db::Statement zone = m_db.query("SELECT id, zone FROM camera");
        while (zone.step())
            m_zones.insert(zone.integer(0), QTimeZone(zone.blob(1)));
        db::Statement row =
            m_db.query("SELECT id, camera, event, kind, trigger, state, captured, duration, "
                       "has_picture, protected, bytes FROM item ORDER BY camera, captured, id");
        while (row.step())
            m_items.append({row.integer(0), row.integer(1), row.integer(2), row.number(3), row.number(4),
                            row.number(5), row.integer(6), row.integer(7), row.flag(8), row.flag(9),
                            row.integer(10)});
    }

    qint64 dayOf(qint64 utc, qint64 camera)
    {
        return QDate(1970, 1, 1).daysTo(QDateTime::fromMSecsSinceEpoch(utc, m_zones[camera]).date());
    }

    void expectNone(const char *sql, const QString &text)
    {
        db::Statement row = m_db.query(sql);
        while (row.step())
            wrong(text.arg(row.text(0)));
    }

    void rows()
    {
        expectNone("PRAGMA foreign_key_check", QStringLiteral("foreign key broken in %1"));
        {
            db::Statement row = m_db.query("PRAGMA integrity_check");
            while (row.step()) {
                if (row.text(0) != QLatin1String("ok"))
                    wrong(row.text(0));
            }
        }
        expectNone(
            "SELECT id FROM item WHERE id NOT IN (SELECT id FROM item_detail) UNION ALL SELECT id FROM "
            "item_detail WHERE id NOT IN (SELECT id FROM item)",
            QStringLiteral("I6: item %1 is only half there"));
        expectNone(
            "SELECT id FROM item WHERE id IN (SELECT item FROM garbage UNION SELECT item FROM deletion)",
            QStringLiteral("I6: item %1 is also deleted"));
        expectNone(
            "SELECT i.id FROM item i JOIN item_detail d ON d.id = i.id WHERE d.unfinished <> (i.state IN "
            "(2, 3, 4))",
            QStringLiteral("I8: item %1 is listed wrongly as unfinished"));
        expectNone("SELECT id FROM item_detail WHERE recovered IS NOT NULL AND relative_path NOT LIKE "
                   "replace(recovered, '/', '/%-%-%/%-%-')",
                   QStringLiteral("I9: item %1 was not recovered under this name"));
        expectNone("SELECT item FROM garbage WHERE item NOT IN (SELECT item FROM deletion)",
                   QStringLiteral("I2: item %1 went without a reason"));
        // An evicted copy is unwanted while its item stays.
        expectNone("SELECT item FROM derivative WHERE (state <> 1 AND item NOT IN (SELECT id FROM item)) "
                   "OR (state = 1 AND kind = 0 AND item IN (SELECT id FROM item))",
                   QStringLiteral("I11: the derivatives of item %1 have the wrong state"));
        expectNone("SELECT item FROM motion WHERE item NOT IN (SELECT id FROM item)",
                   QStringLiteral("I12: the motion of item %1 outlives it"));
        expectNone("SELECT item FROM outbox WHERE item NOT IN (SELECT id FROM item)",
                   QStringLiteral("I13: the outbox still has item %1"));
        expectNone("SELECT rank FROM outbox_count c WHERE (files, bytes) IS NOT (SELECT count(*), "
                   "coalesce(sum(bytes), 0) FROM outbox o WHERE o.rank = c.rank AND o.state = c.state)",
                   QStringLiteral("I14: the outbox of rank %1 is counted wrongly"));
        expectNone("SELECT item FROM outbox WHERE state IN (1, 2, 3) AND key = ''",
                   QStringLiteral("I15: item %1 was sent without a key"));
        expectNone(
            "SELECT i.id FROM item i JOIN camera c ON c.id = i.camera WHERE i.duration > c.max_duration",
            QStringLiteral("I3: item %1 is longer than its camera knows"));
        expectNone("SELECT id FROM camera c WHERE (items, bytes) IS NOT (SELECT count(*), "
                   "coalesce(sum(bytes), 0) FROM item WHERE camera = c.id)",
                   QStringLiteral("I4: the sums of camera %1"));
    }

    void events()
    {
        QVector<QVector<Kept>> groups;
        qint64 end = 0;
        for (const Kept &item : std::as_const(m_items)) {
            const bool joins = item.kind <= int(Kind::Clip) && item.trigger != int(Trigger::Schedule);
            if (!joins) {
                if (item.event != 0)
                    wrong(QStringLiteral("I5: item %1 is in an event").arg(item.id));
                continue;
            }
            if (groups.isEmpty() || groups.last().last().camera != item.camera ||
                item.captured > end + m_gap) {
                groups.append(QVector<Kept>());
                end = item.captured;
            }
            groups.last().append(item);
            end = std::max(end, item.captured + item.duration);
        }
        QSet<qint64> seen;
        for (const QVector<Kept> &group : std::as_const(groups))
            event(group, seen);
        db::Statement row = m_db.query("SELECT id FROM event");
        while (row.step()) {
            if (!seen.contains(row.integer(0)))
                wrong(QStringLiteral("I5: event %1 is empty").arg(row.integer(0)));
        }
    }

    void event(const QVector<Kept> &group, QSet<qint64> &seen)
    {
        const Kept &first = group.first();
        qint64 end = 0;
        qint64 poster = 0;
        qint64 clipPoster = 0;
        qint64 firstClip = 0;
        qint64 clips = 0;
        bool isProtected = false;
        for (const Kept &item : group) {
            if (item.event != first.event)
                wrong(QStringLiteral("I5: items %1 and %2 belong together").arg(first.id).arg(item.id));
            end = std::max(end, item.captured + item.duration);
            isProtected = isProtected || item.isProtected;
            clips += item.kind == int(Kind::Clip);
            if (item.kind == int(Kind::Clip) && !firstClip)
                firstClip = item.id;
            if (item.kind == int(Kind::Still) && item.picture && !poster)
                poster = item.id;
            if (item.kind == int(Kind::Clip) && item.picture && !clipPoster)
                clipPoster = item.id;
        }
        if (seen.contains(first.event))
            wrong(QStringLiteral("I5: event %1 should be two").arg(first.event));
        seen.insert(first.event);
        m_days[{dayOf(first.captured, first.camera), first.camera}].events += 1;
        db::Statement row = m_db.query("SELECT start, end, stills, clips, coalesce(poster, 0), first_item, "
                                       "protected, camera FROM event WHERE id = ?",
                                       first.event);
        if (!row.step()) {
            wrong(QStringLiteral("I5: event %1 of item %2 is missing").arg(first.event).arg(first.id));
            return;
        }
        const QVector<qint64> is{row.integer(0), row.integer(1), row.integer(2), row.integer(3),
                                 row.integer(4), row.integer(5), row.integer(6), row.integer(7)};
        const QVector<qint64> should{first.captured,
                                     end,
                                     group.size() - clips,
                                     clips,
                                     poster ? poster : clipPoster,
                                     firstClip ? firstClip : first.id,
                                     isProtected,
                                     first.camera};
        for (int i = 0; i < is.size(); ++i) {
            if (is[i] != should[i])
                wrong(QStringLiteral("I5: event %1, field %2 is %3, not %4")
                          .arg(first.event)
                          .arg(i)
                          .arg(is[i])
                          .arg(should[i]));
        }
    }

    void counts()
    {
        QMap<Key, Sums> hours;
        for (const Kept &item : std::as_const(m_items)) {
            if (item.kind > int(Kind::Clip))
                continue;
            const qint64 hour = qint64(std::floor(double(item.captured) / 3'600'000.0));
            for (Sums *sums :
                 {&m_days[{dayOf(item.captured, item.camera), item.camera}], &hours[{hour, item.camera}]}) {
                sums->clips += item.kind == int(Kind::Clip);
                sums->stills += item.kind == int(Kind::Still);
                sums->recorded += item.kind == int(Kind::Clip) ? item.duration : 0;
            }
        }
        compare("SELECT day, camera, clips, stills, events, recorded FROM day_count", m_days,
                QStringLiteral("day"));
        compare("SELECT hour, camera, clips, stills, 0, recorded FROM hour_count", hours,
                QStringLiteral("hour"));
        const char *should = "SELECT span, start, camera, reason, sum(clips), sum(stills), min(captured), "
                             "max(ended) FROM deletion_share GROUP BY 1, 2, 3, 4";
        for (const auto &[a, b] : {std::pair{"SELECT * FROM deletion_count", should},
                                   std::pair{should, "SELECT * FROM deletion_count"}})
            expectNone((std::string("SELECT start FROM (") + a + " EXCEPT " + b + ')').c_str(),
                       QStringLiteral("I10: deletions of the span that begins at %1"));
    }

    void compare(const char *sql, const QMap<Key, Sums> &should, const QString &what)
    {
        QMap<Key, Sums> is;
        db::Statement row = m_db.query(sql);
        while (row.step())
            is[{row.integer(0), row.integer(1)}] = {row.integer(2), row.integer(3), row.integer(4),
                                                    row.integer(5)};
        for (const Key &key : is.keys() + should.keys()) {
            if (!is.contains(key) || is.value(key) != should.value(key)) {
                wrong(QStringLiteral("I4: %1 %2 of camera %3").arg(what).arg(key.first).arg(key.second));
                return;
            }
        }
    }

    db::Connection &m_db;
    const qint64 m_gap;
    QStringList m_wrong;
    QMap<qint64, QTimeZone> m_zones;
    QVector<Kept> m_items;
    QMap<Key, Sums> m_days;
};

} // namespace

QStringList brokenInvariants(const QString &databasePath, qint64 eventGap)
{
    const auto connection = db::Connection::open({databasePath, true});
    if (!connection)
        return {connection.error().where};
    return Checker(**connection, eventGap).run();
}

} // namespace gatehouse::tests
