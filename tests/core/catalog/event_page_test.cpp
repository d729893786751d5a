#include "catalog/tables/event_page.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <string>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

constexpr int kManyEvents = 400'000;
constexpr qint64 kPageMinute = 60'000;

QStringList planOf(db::Connection &db, const char *query)
{
    QStringList out;
    db::Statement row = db.query("EXPLAIN QUERY PLAN " + std::string(query));
    while (row.step())
        out.append(row.text(3));
    return out;
}

} // namespace

class EventPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesNeitherSkipNorRepeat();
    void readsPagesAsIndexRanges();
    void filtersAlikeInSqlAndInCode();
    void omitsHiddenAndRemovedCameras();

private:
    static void fill(CatalogFixture &fixture, int events, int cameras)
    {
        auto db = std::move(*db::Connection::open({fixture.path()}));
        // Every 50th starts with the one before it, so that a page may end between equal starts.
        db->run(R"(
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO event(camera, start, end, trigger, subject, stills, clips, poster, first_item, worst,
                protected, reviewed)
            SELECT 1 + i % ?2, ?3 + (i - (i % 50 = 0)) * 60000, ?3 + i * 60000 + 5000, i % 5, (i / 3) % 5, i % 4,
                i % 2, i, i, i % 5, i % 7 = 0, i % 3 = 0
            FROM n)",
                events, cameras, kTestNow);
        const auto error = db->takeError();
        if (error)
            qFatal("%s", qPrintable(error->text));
    }
};

void EventPageTest::pagesNeitherSkipNorRepeat()
{
    CatalogFixture fixture;
    for (const char *name : {"a", "b", "c"})
        fixture.addCamera(QString::fromLatin1(name));
    fill(fixture, 500, 3);
    for (const bool newestFirst : {true, false}) {
        for (const int cameras : {0, 1, 2}) {
            EventPageQuery query;
            query.newestFirst = newestFirst;
            if (cameras == 1)
                query.filter.cameras = QVector<CameraId>{CameraId{2}};
            else if (cameras == 2)
                query.filter.cameras = QVector<CameraId>{CameraId{1}, CameraId{3}};
            query.limit = 1000;
            const auto whole = *fixture.reader->eventPage(query);
            QVERIFY(whole.size() > 150);
            QVector<Event> pages;
            query.limit = 7;
            while (true) {
                const auto page = *fixture.reader->eventPage(query);
                if (page.isEmpty())
                    break;
                pages += page;
                query.after = keyOf(page.last());
            }
            QCOMPARE(pages, whole);
            for (qsizetype i = 1; i < whole.size(); ++i)
                QCOMPARE(keyOf(whole[i - 1]) > keyOf(whole[i]), newestFirst);
        }
    }
}

void EventPageTest::readsPagesAsIndexRanges()
{
    CatalogFixture fixture;
    for (int i = 0; i < 14; ++i)
        fixture.addCamera(QStringLiteral("camera %1").arg(i));
    fill(fixture, kManyEvents, 14);
    auto db = std::move(*db::Connection::open({fixture.path(), true}));
    for (const bool isOneCamera : {true, false}) {
        for (const PageOrder order : {PageOrder::NewestFirst, PageOrder::OldestFirst}) {
            const QStringList plan = planOf(*db, eventPageQuery(isOneCamera, order));
            const QString text = plan.join(QLatin1Char('\n'));
            const QString range = isOneCamera ? QStringLiteral("event_camera (camera=? AND start")
                                              : QStringLiteral("event_start (start");
            QVERIFY2(text.contains(range), qPrintable(text));
            QVERIFY2(!text.contains(QLatin1String("SCAN event")), qPrintable(text));
            QVERIFY2(!text.contains(QLatin1String("TEMP B-TREE")), qPrintable(text));
        }
    }
    // From the middle and at the very end, as from the start.
    EventPageQuery query;
    query.limit = 200;
    for (const int at : {kManyEvents - 1, kManyEvents / 2 + 1, 201}) {
        query.after = EventKey{kTestNow + at * kPageMinute, EventId{at}};
        const auto page = *fixture.reader->eventPage(query);
        QCOMPARE(page.size(), 200);
        QCOMPARE(page.first().id, EventId{at - 1});
    }
    query.after = EventKey{kTestNow + kPageMinute, EventId{1}};
    QVERIFY(fixture.reader->eventPage(query)->isEmpty());
}

void EventPageTest::filtersAlikeInSqlAndInCode()
{
    CatalogFixture fixture;
    for (const char *name : {"a", "b", "c"})
        fixture.addCamera(QString::fromLatin1(name));
    fill(fixture, 400, 3);
    EventPageQuery query;
    query.limit = 1000;
    const auto all = *fixture.reader->eventPage(query);
    QCOMPARE(all.size(), 400);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 200; ++round) {
        const auto maybe = [&]() -> std::optional<bool> {
            const int n = random.bounded(3);
            return n == 2 ? std::nullopt : std::optional<bool>(n == 1);
        };
        query.filter = {};
        if (random.bounded(2) == 0) {
            query.filter.cameras = QVector<CameraId>();
            for (const qint64 id : {1, 2, 3}) {
                if (random.bounded(2) == 0)
                    query.filter.cameras->append(CameraId{id});
            }
        }
        query.filter.causes = random.bounded(2) == 0 ? kAllCauses : random.generate();
        query.filter.reviewed = maybe();
        query.filter.hasClip = maybe();
        query.filter.onlyProtected = random.bounded(3) == 0;
        query.filter.onlyUnsound = random.bounded(3) == 0;
        QVector<Event> expected;
        for (const Event &event : all) {
            if (query.filter.matches(event))
                expected.append(event);
        }
        QCOMPARE(*fixture.reader->eventPage(query), expected);
    }
}

void EventPageTest::omitsHiddenAndRemovedCameras()
{
    CatalogFixture fixture;
    const Camera a = fixture.addCamera(QStringLiteral("a"));
    const Camera b = fixture.addCamera(QStringLiteral("b"));
    fixture.add(fixture.item(a.account, Kind::Clip, kTestNow));
    fixture.add(fixture.item(b.account, Kind::Clip, kTestNow + kPageMinute));
    QCOMPARE(fixture.reader->eventPage({})->size(), 2);
    EventPageQuery query;
    query.filter.cameras = QVector<CameraId>{a.id};
    QCOMPARE(fixture.reader->eventPage(query)->size(), 1);
    query.filter.cameras = QVector<CameraId>();
    QVERIFY(fixture.reader->eventPage(query)->isEmpty());
    auto db = std::move(*db::Connection::open({fixture.path()}));
    db->run("UPDATE camera SET removed = 1 WHERE id = ?", b.id);
    QCOMPARE(fixture.reader->eventPage({})->size(), 1);
}

GATEHOUSE_TEST(EventPageTest)
#include "event_page_test.moc"
