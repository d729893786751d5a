// What was deleted, as the timeline asks for it: by five minutes, by hours and by days, the same however it
// came into the log.
#include "catalog/operations/add_item.h"
#include "catalog/operations/item_removal.h"
#include "catalog/tables/schema.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QElapsedTimer>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

constexpr qint64 kDeletedMinute = 60'000;
constexpr qint64 kDeletedHour = 60 * kDeletedMinute;
constexpr qint64 kDeletedDay = 24 * kDeletedHour;
constexpr qint64 kDeletedFrom = kTestNow / kDeletedDay * kDeletedDay; // a UTC midnight
constexpr TimeRange kBeginningOfTime{0, kTestNow * 2};

} // namespace

class DeletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsConsecutiveDeletions();
    void splitsSpansByReason();
    void keepsHowLongRecordingsWere();
    void joinsTheFilesOfARecording();
    void migrationLeavesEarlierLengthsUnknown();
    void motionGoesWithItsItem();
    void migrationRecordsPosterPaths();
    void migrationCountsEarlierDeletions();
    void readsManyDeletionsAsFewSpans();
};

void DeletionTest::joinsConsecutiveDeletions()
{
    CatalogFixture fixture;
    const Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto add = [&](qint64 at, Kind kind = Kind::Clip) {
        return fixture.add(fixture.item(yard.account, kind, kDeletedFrom + at)).item;
    };
    const QString reason = QStringLiteral("Too old");
    // Two minutes apart; seven minutes; two hours; two days.
    const QVector<ItemId> items{add(0),
                                add(2 * kDeletedMinute, Kind::Still),
                                add(9 * kDeletedMinute),
                                add(3 * kDeletedHour),
                                add(3 * kDeletedDay),
                                add(5 * kDeletedMinute, Kind::Sidecar)};
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{items, reason})));
    const auto span = [&](qint64 from, qint64 to, int clips, int stills) {
        return DeletedSpan{{kDeletedFrom + from, kDeletedFrom + to}, reason, clips, stills};
    };
    const auto single = [&](DeletedSpan whole, const QVector<qint64> &starts) {
        whole.at = kTestNow;
        for (const qint64 start : starts)
            whole.recordings.append({kDeletedFrom + start, kDeletedFrom + start});
        return whole;
    };
    const DeletedSpan later = span(3 * kDeletedHour, 3 * kDeletedHour, 1, 0);
    const DeletedSpan last = span(3 * kDeletedDay, 3 * kDeletedDay, 1, 0);
    QCOMPARE(*fixture.reader->deletedSpans(yard.id, kBeginningOfTime),
             (QVector<DeletedSpan>{
                 single(span(0, 2 * kDeletedMinute, 1, 1), {0, 2 * kDeletedMinute}),
                 single(span(9 * kDeletedMinute, 9 * kDeletedMinute, 1, 0), {9 * kDeletedMinute}),
                 single(later, {3 * kDeletedHour}), single(last, {3 * kDeletedDay})}));
    QCOMPARE(fixture.reader->deletedSpans(DeletionUnit::Hour, kBeginningOfTime)->value(yard.id),
             (QVector<DeletedSpan>{span(0, 9 * kDeletedMinute, 2, 1), later, last}));
    QCOMPARE(fixture.reader->deletedSpans(DeletionUnit::Day, kBeginningOfTime)->value(yard.id),
             (QVector<DeletedSpan>{span(0, 3 * kDeletedHour, 3, 1), last}));
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

void DeletionTest::splitsSpansByReason()
{
    CatalogFixture fixture;
    const Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    QVector<ItemId> items[2];
    for (int i = 0; i < 40; ++i)
        items[i % 2].append(
            fixture.add(fixture.item(yard.account, Kind::Clip, kDeletedFrom + i * kDeletedMinute)).item);
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{items[0], QStringLiteral("Too old")})));
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{items[1], QStringLiteral("To make room")})));
    for (const auto &spans :
         {*fixture.reader->deletedSpans(yard.id, kBeginningOfTime),
          fixture.reader->deletedSpans(DeletionUnit::Hour, kBeginningOfTime)->value(yard.id),
          fixture.reader->deletedSpans(DeletionUnit::Day, kBeginningOfTime)->value(yard.id)}) {
        QCOMPARE(spans.size(), 2);
        QCOMPARE(spans[0].clips + spans[1].clips, 40);
    }
}

// Known from the content or the name; the upper bound of a clip that was never examined is not its length.
void DeletionTest::keepsHowLongRecordingsWere()
{
    CatalogFixture fixture;
    const Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto add = [&](qint64 at, Kind kind, qint64 named) {
        NewItem item = fixture.item(yard.account, kind, kDeletedFrom + at);
        item.hint.duration = named;
        return fixture.add(item).item;
    };
    const ItemId examined = add(0, Kind::Clip, 0);
    Examined found;
    found.item = examined;
    found.kind = Kind::Clip;
    found.width = 640;
    found.duration = 90'500;
    QVERIFY(awaited(fixture.writer->submit(SetExamined{found})));
    const ItemId named = add(10 * kDeletedMinute, Kind::Clip, 75'000);
    const ItemId unknown = add(20 * kDeletedMinute, Kind::Clip, 0);
    const ItemId still = add(30 * kDeletedMinute, Kind::Still, 0);
    const auto removed = awaited(
        fixture.writer->submit(RemoveItems{{examined, named, unknown, still}, QStringLiteral("Too old")}));
    const QHash<ItemId, std::optional<qint64>> lengths{
        {examined, 90'500}, {named, 75'000}, {unknown, std::nullopt}, {still, 0}};
    QCOMPARE(removed->size(), 4);
    for (const Garbage &garbage : *removed)
        QCOMPARE(garbage.duration, lengths.value(garbage.item));
    const auto logged = *fixture.reader->deletions({});
    for (const Deletion &deletion : logged)
        QCOMPARE(deletion.duration, lengths.value(deletion.item));
    const auto spans = *fixture.reader->deletedSpans(yard.id, kBeginningOfTime);
    QCOMPARE(spans.size(), 4);
    QCOMPARE(spans[0].range, (TimeRange{kDeletedFrom, kDeletedFrom + 90'500}));
    QCOMPARE(spans[0].recordings, QVector<TimeRange>{spans[0].range});
    QCOMPARE(spans[0].at, kTestNow);
    QVERIFY(spans[2].range.isEmpty() && spans[3].range.isEmpty());
    // An hour's span reaches to the end of its last recording.
    const auto hours = fixture.reader->deletedSpans(DeletionUnit::Hour, kBeginningOfTime)->value(yard.id);
    QCOMPARE(hours.size(), 1);
    QCOMPARE(hours[0].range, (TimeRange{kDeletedFrom, kDeletedFrom + 30 * kDeletedMinute}));
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
    QVERIFY(awaited(fixture.writer->submit(ForgetDeletions{kTestNow + 1, 2})));
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

void DeletionTest::joinsTheFilesOfARecording()
{
    CatalogFixture fixture;
    const Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    QVector<ItemId> items;
    const auto add = [&](qint64 at) {
        NewItem item = fixture.item(yard.account, Kind::Clip, kDeletedFrom + at);
        item.hint.duration = 30'000;
        items.append(fixture.add(item).item);
    };
    add(0);
    add(30'400);
    add(55'000); // overlaps
    add(87'000);
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{items, QStringLiteral("Too old")})));
    const auto spans = *fixture.reader->deletedSpans(yard.id, kBeginningOfTime);
    QCOMPARE(spans.size(), 1);
    QCOMPARE(spans[0].recordings, (QVector<TimeRange>{{kDeletedFrom, kDeletedFrom + 85'000},
                                                      {kDeletedFrom + 87'000, kDeletedFrom + 117'000}}));
}

void DeletionTest::migrationLeavesEarlierLengthsUnknown()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.sqlite"));
    const auto db = *db::Connection::open({path});
    QVERIFY(migrateCatalog(*db, 9));
    db->script("INSERT INTO account(id, user) VALUES(1, 'a');"
               "INSERT INTO camera(id, account, name, zone, created) VALUES(1, 1, 'Yard', 'UTC', 0);");
    db->run("INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at) "
            "VALUES(1,1,1,?,1,x'','','Too old',5)",
            kDeletedFrom);
    db->script(
        "INSERT INTO deletion_count SELECT span, start, camera, reason, clips, stills, captured, captured "
        "FROM deletion_share");
    QVERIFY(migrateCatalog(*db));
    QVERIFY(!db->takeError());
    QCOMPARE(brokenInvariants(path), QStringList());
    const auto reader = *Reader::open(path);
    QVERIFY(!reader->deletions({})->first().duration);
    const auto spans = *reader->deletedSpans(CameraId{1}, kBeginningOfTime);
    QCOMPARE(spans.size(), 1);
    QCOMPARE(spans[0].recordings, (QVector<TimeRange>{{kDeletedFrom, kDeletedFrom}}));
    QCOMPARE(reader->deletedSpans(DeletionUnit::Day, kBeginningOfTime)->value(CameraId{1}).size(), 1);
}

void DeletionTest::motionGoesWithItsItem()
{
    CatalogFixture fixture;
    const Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto add = [&](qint64 at) {
        return fixture.add(fixture.item(yard.account, Kind::Clip, kDeletedFrom + at)).item;
    };
    Examined found;
    found.item = add(0);
    found.duration = 2'000;
    found.motion.add(0, 0.5);
    add(kDeletedMinute);
    QVERIFY(awaited(fixture.writer->submit(SetExamined{found})));
    const auto motion = [&] { return *fixture.reader->motion(yard.id, kBeginningOfTime); };
    QCOMPARE(motion(), (QHash<ItemId, MotionProfile>{{found.item, found.motion}}));
    QVERIFY(fixture.reader->motion(yard.id, {kDeletedFrom + 1, kDeletedFrom + kDeletedDay})->isEmpty());
    // What a later examination does not know is no longer known.
    Examined again = found;
    again.motion = {};
    QVERIFY(awaited(fixture.writer->submit(SetExamined{again})));
    QVERIFY(motion().isEmpty());
    QVERIFY(awaited(fixture.writer->submit(SetExamined{found})));
    QCOMPARE(motion().size(), 1);
    QVERIFY(awaited(fixture.writer->submit(RemoveItems{{found.item}, QStringLiteral("Too old")})));
    QVERIFY(motion().isEmpty());
    QCOMPARE(brokenInvariants(fixture.path()), QStringList());
}

// What was deleted before deletions were counted is shown too, except for what gave way to the whole upload.
void DeletionTest::migrationCountsEarlierDeletions()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.sqlite"));
    const auto db = *db::Connection::open({path});
    QVERIFY(migrateCatalog(*db, 6));
    db->script("INSERT INTO account(id, user) VALUES(1, 'a');"
               "INSERT INTO camera(id, account, name, zone, created) VALUES(1, 1, 'Yard', 'UTC', 0);");
    const auto deleted = [&](int item, qint64 at, const QString &reason) {
        db->run("INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at) "
                "VALUES(?,1,1,?,1,x'','',?,0)",
                item, kDeletedFrom + at, reason);
    };
    deleted(1, 0, QStringLiteral("Too old"));
    deleted(2, 30 * kDeletedMinute, QStringLiteral("Too old"));
    deleted(3, 2 * kDeletedDay,
            QStringLiteral("A later upload of the same file begins with these bytes and goes on."));
    QVERIFY(migrateCatalog(*db));
    QVERIFY(!db->takeError());
    const auto reader = *Reader::open(path);
    const QVector<DeletedSpan> spans =
        reader->deletedSpans(DeletionUnit::Day, kBeginningOfTime)->value(CameraId{1});
    QCOMPARE(spans.size(), 1);
    QCOMPARE(spans[0].clips, 2);
    QCOMPARE(brokenInvariants(path), QStringList());
}

// Posters lay at a path that followed from the id, and those of deleted items were left behind.
void DeletionTest::migrationRecordsPosterPaths()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.sqlite"));
    const auto db = *db::Connection::open({path});
    QVERIFY(migrateCatalog(*db, 7));
    db->script(R"(
        INSERT INTO account(id, user) VALUES(1, 'a');
        INSERT INTO camera(id, account, name, zone, created) VALUES(1, 1, 'Yard', 'UTC', 0);
        INSERT INTO deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at)
        VALUES(511, 1, 1, 0, 1, x'', '', 'Too old', 0), (512, 1, 3, 0, 1, x'', '', 'Too old', 0);)");
    for (const int item : {256, 257, 4'107})
        db->run("INSERT INTO item VALUES(?,1,NULL,1,1,0,1,0,0,1,?,0,1,0)", item, item != 257);
    QVERIFY(migrateCatalog(*db));
    QVERIFY(!db->takeError());
    const auto reader = *Reader::open(path);
    const auto posters =
        *reader->derivatives(DerivativeKind::Poster, {ItemId{256}, ItemId{257}, ItemId{4'107}, ItemId{511}});
    QCOMPARE(posters.size(), 2);
    QCOMPARE(posters.value(ItemId{256}).path, QStringLiteral("posters/00/256.jpg"));
    QCOMPARE(posters.value(ItemId{4'107}).path, QStringLiteral("posters/0b/4107.jpg"));
    db::Statement unwanted = db->query("SELECT item, path FROM derivative WHERE state = 1");
    QVERIFY(unwanted.step());
    QCOMPARE(unwanted.integer(0), 511);
    QCOMPARE(unwanted.text(1), QStringLiteral("posters/ff/511.jpg"));
    QVERIFY(!unwanted.step());
}

// A year of a busy home in which everything went for its age: what a view of it reads is a few rows.
void DeletionTest::readsManyDeletionsAsFewSpans()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.sqlite"));
    const auto db = *db::Connection::open({path});
    QVERIFY(migrateCatalog(*db, 6));
    constexpr int count = 200'000;
    db->script("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = 0;"
               "INSERT INTO account(id, user) VALUES(1, 'a');");
    for (int camera = 1; camera <= 14; ++camera)
        db->run("INSERT INTO camera(id, account, name, zone, created) VALUES(?1, 1, 'C' || ?1, 'UTC', 0)",
                camera);
    db->run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO "
        "deletion(item, camera, kind, captured, bytes, sha256, source_path, reason, at) SELECT i, 1 + i % "
        "14, 1, ?2 - i * (?3 / ?1), 1, x'', '', 'Older than 60 days', 0 FROM n",
        count, kDeletedFrom, 365 * kDeletedDay);
    QVERIFY(migrateCatalog(*db));
    const auto reader = *Reader::open(path);
    int clips = 0;
    QElapsedTimer timer;
    timer.start();
    const auto year = *reader->deletedSpans(DeletionUnit::Day, kBeginningOfTime);
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    QCOMPARE(year.size(), 14);
    for (const QVector<DeletedSpan> &spans : year) {
        QCOMPARE(spans.size(), 1);
        clips += spans[0].clips;
    }
    QCOMPARE(clips, count);
    qInfo("a year of %d deletions read in %.1f ms", count, ms);
}

GATEHOUSE_TEST(DeletionTest)
#include "deletion_test.moc"
