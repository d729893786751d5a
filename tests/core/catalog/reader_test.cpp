#include "catalog/operations/add_item.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "support/durations.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

} // namespace

class ReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<CatalogFixture>();
        m_a = m_fixture->addCamera(QStringLiteral("a"));
        m_b = m_fixture->addCamera(QStringLiteral("b"));
        for (int i = 0; i < 5; ++i) {
            m_clips.append(add(m_a, kTestNow + i * kHourMs));
            m_stills.append(add(m_b, kTestNow + i * kHourMs + 30 * kMinuteMs, Kind::Still));
        }
    }

    void cleanup()
    {
        m_fixture.reset();
        m_clips.clear();
        m_stills.clear();
    }

    void timelineReturnsItemsOverlappingTheRange()
    {
        Examined found;
        found.item = m_clips[1];
        found.duration = 3 * kHourMs; // into the fifth hour
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(timeline(m_a, 3 * kHourMs + 10 * kMinuteMs, 3 * kHourMs + 20 * kMinuteMs),
                 (QVector<ItemId>{m_clips[1]}));
        QCOMPARE(timeline(m_a, 0, 2 * kHourMs + 1), (QVector<ItemId>{m_clips[0], m_clips[1], m_clips[2]}));
        QCOMPARE(timeline(m_b, 30 * kMinuteMs, 30 * kMinuteMs + 1), (QVector<ItemId>{m_stills[0]}));
        QCOMPARE(timeline(m_b, 0, 30 * kMinuteMs), QVector<ItemId>());
        QCOMPARE(timeline(m_a, kMinuteMs, 2 * kMinuteMs), QVector<ItemId>()); // half open
    }

    void returnsItemsInTheRequestedOrder()
    {
        ItemQuery query;
        query.limit = 3;
        QCOMPARE(ids(query), (QVector<ItemId>{m_stills[4], m_clips[4], m_stills[3]}));
        query.newestFirst = false;
        QCOMPARE(ids(query), (QVector<ItemId>{m_clips[0], m_stills[0], m_clips[1]}));
        query.camera = m_b.id;
        QCOMPARE(ids(query), (QVector<ItemId>{m_stills[0], m_stills[1], m_stills[2]}));
        query.range = TimeRange{kTestNow + kHourMs, kTestNow + 2 * kHourMs};
        QCOMPARE(ids(query), (QVector<ItemId>{m_stills[1]}));
        query.newestFirst = true;
        query.camera = m_a.id;
        QCOMPARE(ids(query), (QVector<ItemId>{m_clips[1]}));
    }

    void walksEventsInBothDirections()
    {
        const auto all = *m_fixture->reader->events({});
        QCOMPARE(all.size(), 10);
        QCOMPARE(all[0].firstItem, m_stills[4]);
        QCOMPARE(m_fixture->reader->events({m_a.id, kTestNow + 2 * kHourMs, 10})->size(), 2);
        QCOMPARE((*m_fixture->reader->eventBefore({}, kTestNow + kHourMs))->firstItem, m_stills[0]);
        QCOMPARE((*m_fixture->reader->eventBefore(m_a.id, kTestNow + kHourMs))->firstItem, m_clips[0]);
        QCOMPARE((*m_fixture->reader->eventAfter({}, kTestNow))->firstItem, m_stills[0]);
        QCOMPARE((*m_fixture->reader->eventAfter(m_a.id, kTestNow))->firstItem, m_clips[1]);
        QVERIFY(!*m_fixture->reader->eventBefore({}, kTestNow));
        QVERIFY(!*m_fixture->reader->eventAfter(m_a.id, kTestNow + 4 * kHourMs));
        QVERIFY(!*m_fixture->reader->event(EventId{999}));
    }

    void newItemsClearTheReviewedMark()
    {
        const Event event = (*m_fixture->reader->events({m_a.id, {}, 1}))[0];
        QVERIFY(awaited(m_fixture->writer->submit(SetReviewed{event.id, true})));
        QVERIFY((*m_fixture->reader->event(event.id))->reviewed);
        Examined found;
        found.item = event.firstItem;
        found.duration = 10'000;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QVERIFY((*m_fixture->reader->event(event.id))->reviewed);
        add(m_a, event.range.start + 5'000);
        const Event joined = **m_fixture->reader->event(event.id);
        QVERIFY(!joined.reviewed);
        QCOMPARE(joined.clips, 2);
        QCOMPARE(m_fixture->reader->eventItems(event.id)->size(), 2);
    }

    void returnsDayCountsAndExtent()
    {
        const auto days = *m_fixture->reader->dayCounts(QDate(2026, 6, 12), QDate(2026, 6, 12));
        QCOMPARE(days.size(), 2);
        QCOMPARE(days[0].clips, 5);
        QCOMPARE(days[0].events, 5);
        QCOMPARE(days[0].recorded, 5 * kMinuteMs);
        QCOMPARE(days[1].stills, 5);
        QVERIFY(m_fixture->reader->dayCounts(QDate(2026, 6, 13), QDate(2027, 6, 12))->isEmpty());
        const auto hours = *m_fixture->reader->hourCounts({kTestNow, kTestNow + 1});
        QCOMPARE(hours.size(), 2);
        QCOMPARE(hours[0].hour, kTestNow / kHourMs);
        QCOMPARE(*m_fixture->reader->extent(),
                 (TimeRange{kTestNow, kTestNow + 4 * kHourMs + 30 * kMinuteMs}));
        const CatalogFixture empty;
        QVERIFY(empty.reader->extent()->isEmpty());
    }

    // A question that scans or sorts a table is slow only when it is too late to notice.
    void queriesUseIndexes_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("newest items") << QStringLiteral(
            "SELECT i.id FROM item i CROSS JOIN item_detail d ON d.id = i.id WHERE i.captured >= 1 AND "
            "i.captured < 9 ORDER BY i.captured DESC, i.id DESC LIMIT 100");
        QTest::newRow("newest of a camera")
            << QStringLiteral("SELECT i.id FROM item i CROSS JOIN item_detail d ON d.id = i.id WHERE "
                              "i.camera = 1 AND i.captured "
                              ">= 1 AND i.captured < 9 ORDER BY i.captured DESC LIMIT 100");
        QTest::newRow("newest events") << QStringLiteral("SELECT id FROM event WHERE start < 9 AND camera "
                                                         "NOT IN (SELECT id FROM camera WHERE removed = 1) "
                                                         "ORDER BY start DESC, id DESC LIMIT 100");
        QTest::newRow("unexamined") << QStringLiteral(
            "SELECT id FROM item WHERE state = 0 ORDER BY id DESC LIMIT 10");
        QTest::newRow("copies") << QStringLiteral(
            "SELECT item, kind, bytes, path FROM derivative INDEXED BY derivative_copy "
            "WHERE kind <> 0 AND state IN (0, 2) ORDER BY state, item LIMIT 10");
        QTest::newRow("latest picture")
            << QStringLiteral("SELECT id FROM item WHERE camera = 1 AND has_picture = 1 ORDER BY captured "
                              "DESC, id DESC LIMIT 1");
    }

    void queriesUseIndexes()
    {
        QFETCH(QString, sql);
        const auto db = std::move(*db::Connection::open({m_fixture->path(), true}));
        const std::string question = "EXPLAIN QUERY PLAN " + sql.toStdString();
        db::Statement row = db->query(question);
        int lines = 0;
        while (row.step()) {
            ++lines;
            const QString line = row.text(3);
            QVERIFY2(!line.contains(QLatin1String("TEMP B-TREE")), qPrintable(line));
            QVERIFY2(!line.startsWith(QLatin1String("SCAN")) || line.contains(QLatin1String("USING")) ||
                         line.contains(QLatin1String("camera")),
                     qPrintable(line));
        }
        QVERIFY(lines > 0);
    }

private:
    ItemId add(const Camera &camera, qint64 captured, Kind kind = Kind::Clip)
    {
        const NewItem item = m_fixture->item(camera.account, kind, captured);
        m_fixture->add(item);
        return item.id;
    }

    QVector<ItemId> timeline(const Camera &camera, qint64 from, qint64 to)
    {
        QVector<ItemId> out;
        const auto items = *m_fixture->reader->timeline(camera.id, {kTestNow + from, kTestNow + to});
        for (const TimelineItem &item : items)
            out.append(item.id);
        return out;
    }

    QVector<ItemId> ids(const ItemQuery &query)
    {
        QVector<ItemId> out;
        const auto items = *m_fixture->reader->items(query);
        for (const Item &item : items)
            out.append(item.id);
        return out;
    }

    std::unique_ptr<CatalogFixture> m_fixture;
    Camera m_a;
    Camera m_b;
    QVector<ItemId> m_clips;
    QVector<ItemId> m_stills;
};

GATEHOUSE_TEST(ReaderTest)
#include "reader_test.moc"
