#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "catalog/reader_pool.h"
#include "catalog_fixture.h"
#include "support/catalog_filler.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class CatalogBasicsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAnAddedUpload()
    {
        CatalogFixture fixture;
        QSignalSpy added(&fixture.writer->changes(), &Changes::itemsAdded);
        const Camera camera = fixture.addCamera(QStringLiteral("Front Door"));
        QCOMPARE(camera.user, QStringLiteral("front-door"));
        QCOMPARE(camera.name, QStringLiteral("Front Door"));
        QVERIFY(
            awaited(fixture.writer->submit(SetArchive{QStringLiteral("disk"), QStringLiteral("/archive")})));

        const NewItem item = fixture.item(camera.account, Kind::Clip, kTestNow - 60'000);
        const Added kept = fixture.add(item);
        QVERIFY(!kept.duplicate);
        QCOMPARE(kept.camera, camera.id);
        QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, kPatience);
        const auto change = added[0][0].value<QVector<ItemChange>>().first();
        QCOMPARE(change.item, item.id);

        const auto read = *fixture.reader->item(item.id);
        QVERIFY(read);
        QCOMPARE(read->captured, kTestNow - 60'000);
        QCOMPARE(read->timeSource, TimeSource::Name);
        QCOMPARE(read->duration, 60'000);
        QVERIFY(!read->durationKnown);
        QCOMPARE(read->path, QStringLiteral("/archive/") + item.relativePath);
        QCOMPARE(read->sha256, item.sha256);
        QVERIFY(read->event.isValid());
        QCOMPARE(fixture.reader->events({})->size(), 1);
        QCOMPARE(fixture.reader->eventItems(read->event)->first().id, item.id);
        QCOMPARE(fixture.reader->unexamined(10)->size(), 1);

        Examined found;
        found.item = item.id;
        found.duration = 12'000;
        found.width = 1920;
        found.height = 1080;
        found.container = QStringLiteral("mov");
        QVERIFY(awaited(fixture.writer->submit(SetExamined{found})));
        QCOMPARE((*fixture.reader->item(item.id))->duration, 12'000);
        QCOMPARE((*fixture.reader->event(read->event))->poster, item.id);
        QCOMPARE((*fixture.reader->event(read->event))->range,
                 (TimeRange{kTestNow - 60'000, kTestNow - 48'000}));
        QCOMPARE(fixture.reader->cameras()->first().latestPoster, item.id);
        QCOMPARE(fixture.reader->unexamined(10)->size(), 0);
    }

    void fillerKeepsInvariants()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("c.sqlite"));
        const auto filled = fillCatalog(path, {5'000, 3, {kTestNow - 30 * 86'400'000LL, kTestNow}});
        QVERIFY2(filled, qPrintable(filled ? QString() : filled.error().where));
        QCOMPARE(brokenInvariants(path), QStringList());
        ReaderPool pool(path);
        auto future = pool.ask([](Reader &reader) { return reader.cameras(); });
        future.waitForFinished();
        const auto cameras = future.takeResult();
        QVERIFY(cameras);
        QCOMPARE(cameras->size(), 3);
        QVERIFY(cameras->first().items > 1'000);
        auto rows = pool.ask([id = cameras->first().id](Reader &reader) {
            return reader.timeline(id, {kTestNow - 86'400'000, kTestNow});
        });
        rows.waitForFinished();
        QVERIFY(rows.takeResult()->size() > 20);
    }

    void reportsAMissingCatalog()
    {
        ReaderPool pool(QStringLiteral("/nonexistent/catalog.sqlite"));
        auto future = pool.ask([](Reader &reader) { return reader.cameras(); });
        future.waitForFinished();
        QCOMPARE(future.takeResult().error().kind, ErrorKind::NotFound);
    }
};

GATEHOUSE_TEST(CatalogBasicsTest)
#include "catalog_basics_test.moc"
