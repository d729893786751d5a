// Worker processes examine each arriving item and the catalog records their findings, through missing files,
// crashes and restarts.
#include "ingest/examiner.h"

#include "catalog/operations/archives.h"
#include "catalog/operations/derivatives.h"
#include "catalog/operations/item_removal.h"
#include "ingest/retention/derivative_collector.h"
#include "ingest_fixture.h"
#include "media/worker/examination_queue.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QLoggingCategory>
#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

// An examiner with its readers and workers.
struct Examining {
    explicit Examining(IngestFixture &fixture, const QString &mischief = {}, int workers = 2)
        : readers(fixture.databasePath()), pool(optionsFor(mischief, workers)), queue(pool),
          examiner(*fixture.writer, readers, queue, fixture.matcher, cacheOf(fixture)),
          examined(&queue, &media::ExaminationQueue::examined),
          posters(&queue, &media::ExaminationQueue::posterReady)
    {
    }

    static QString cacheOf(const IngestFixture &fixture)
    {
        return fixture.folder.filePath(QStringLiteral("cache"));
    }
    // Its file's path; empty: no row.
    [[nodiscard]] QString posterOf(const IngestFixture &fixture, ItemId item)
    {
        const auto found = readers
                               .ask([item](catalog::Reader &reader) {
                                   return reader.derivatives(catalog::DerivativeKind::Poster, {item});
                               })
                               .result();
        const catalog::Derivative poster = found ? found->value(item) : catalog::Derivative();
        const QString file = cacheOf(fixture) + QLatin1Char('/') + poster.path;
        return !poster.path.isEmpty() && QFileInfo(file).size() == poster.bytes ? file : QString();
    }
    static media::WorkerOptions optionsFor(const QString &mischief, int workers)
    {
        media::WorkerOptions options;
        options.program = QStringLiteral(TEST_WORKER);
        if (!mischief.isEmpty())
            options.arguments = QStringList{mischief};
        options.workers = workers;
        return options;
    }

    catalog::ReaderPool readers;
    media::WorkerPool pool;
    media::ExaminationQueue queue;
    Examiner examiner;
    QSignalSpy examined;
    QSignalSpy posters;
};

QByteArray stillOf(int seed)
{
    StillRecipe recipe;
    recipe.seed = seed;
    return makeStill(recipe);
}

QByteArray stillBy(const QByteArray &serial, int seed, const QByteArray &model = "TrailCam 5")
{
    StillRecipe recipe;
    recipe.exifTime = QDateTime(QDate(2026, 6, 12), QTime(9, seed), Qt::UTC);
    recipe.seed = seed;
    recipe.serial = serial;
    recipe.model = model;
    return makeStill(recipe);
}

QByteArray clipIn(const char *container)
{
    ClipRecipe recipe;
    recipe.container = container;
    return makeClip(recipe);
}

} // namespace

class ExaminerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init() { m_fixture = std::make_unique<IngestFixture>(); }
    void cleanup()
    {
        m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished(); // flushes unhurried writes
        QCOMPARE(brokenInvariants(m_fixture->databasePath()), QStringList());
        m_fixture.reset();
    }

    void examinesNewItems()
    {
        Examining examining(*m_fixture);
        const ItemId still = m_fixture->add(QStringLiteral("/a.jpg"), stillOf(1));
        const ItemId clip = m_fixture->add(QStringLiteral("/b.mp4"), makeClip({}));
        const ItemId text = m_fixture->add(QStringLiteral("/c.txt"), "not looked at");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(still), ItemState::Ok, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(clip), ItemState::Ok, 30'000);
        QCOMPARE(m_fixture->item(clip).duration, 2'000);
        QCOMPARE(m_fixture->item(still).width, 320);
        QCOMPARE(m_fixture->item(clip).videoCodec, QStringLiteral("h264"));
        QCOMPARE(stateOf(text), ItemState::Ok);
        QCOMPARE(examining.examined.size(), 2);
        QCOMPARE(examining.posters.size(), 2);
        for (const ItemId item : {still, clip})
            QVERIFY(QFile::exists(examining.posterOf(*m_fixture, item)));
        QCOMPARE(examining.examiner.waiting(), 0);
    }

    void looksAtWhatTheNameDoesNotTell_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Kind>("kind");
        const auto row = [](const char *name, const QByteArray &bytes, Kind kind) {
            QTest::newRow(name) << QStringLiteral("/") + QString::fromLatin1(name) << bytes << kind;
        };
        row("video.raw", clipIn("avi"), Kind::Clip);
        row("picture.raw", stillOf(1), Kind::Still);
        row("video.jpf", clipIn("mp4"), Kind::Clip);
        row("picture.m4f", stillOf(2), Kind::Still);
        row("picture.hevc", stillOf(3), Kind::Still);
        row("snapshot", stillOf(4), Kind::Still);
        row("0001", clipIn("mp4"), Kind::Clip);
        row("ftpa8Xk2", stillOf(5), Kind::Still);
        row("snap.jpg.Xk2f9a", stillOf(6), Kind::Still);
        row("clip.jpg.1a2b", clipIn("matroska"), Kind::Clip);
        row("x.bin", clipIn("mpegts"), Kind::Clip);
        row("cut.dat", clipIn("mp4").chopped(200), Kind::Clip);
        row("no-table.dat", clipIn("mp4").left(4'000), Kind::Clip);
        row("a.cfg", "resolution = 1080p\n", Kind::Other);
        row("firmware.bin", QByteArray::fromHex("7f454c460201010000000000") + QByteArray(9'000, '\x90'),
            Kind::Other);
        row("x.zip", QByteArray::fromHex("504b0304140000000800") + QByteArray(9'000, '\x55'), Kind::Other);
        row("page", "<html><body>404</body></html>", Kind::Other);
        row("zeros", QByteArray(9'000, '\0'), Kind::Other);
    }

    void looksAtWhatTheNameDoesNotTell()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, bytes);
        QFETCH(const Kind, kind);
        QVERIFY(!bytes.isEmpty());
        Examining examining(*m_fixture);
        const ItemId item = m_fixture->add(name, bytes);
        QCOMPARE(stateOf(item), ItemState::Unexamined);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(item) != ItemState::Unexamined, 30'000);
        const catalog::Item found = m_fixture->item(item);
        QCOMPARE(found.kind, kind);
        QCOMPARE(found.event.isValid(), isPicture(kind));
        if (!isPicture(kind)) {
            QCOMPARE(found.state, ItemState::Ok);
            QCOMPARE(found.reason, QString());
        }
    }

    void tellsCamerasOfOneLoginApartBySerial()
    {
        Examining examining(*m_fixture);
        const ItemId first =
            m_fixture->add(QStringLiteral("/DCIM/100MEDIA/IMG_0001.JPG"), stillBy("A10001", 1));
        waitUntilExamined();
        const ItemId second =
            m_fixture->add(QStringLiteral("/DCIM/100MEDIA/IMG_0001.JPG"), stillBy("B10002", 2));
        waitUntilExamined();
        const QVector<ItemId> later =
            m_fixture->add({{QStringLiteral("/DCIM/100MEDIA/IMG_0002.JPG"), stillBy("A10001", 3)},
                            {QStringLiteral("/DCIM/100MEDIA/IMG_0002.JPG"), stillBy("B10002", 4)},
                            {QStringLiteral("/DCIM/100MEDIA/IMG_0003.JPG"), stillOf(5)},
                            {QStringLiteral("/DCIM/100MEDIA/IMG_0003.MP4"), makeClip({})},
                            {QStringLiteral("/DCIM/100MEDIA/IMG_0004.JPG"), stillBy("00000000", 6)}});
        waitUntilExamined();
        QCOMPARE(cameraOf(first), QStringLiteral("Porch")); // keeps the name that a person gave it
        QCOMPARE(cameraOf(second), QStringLiteral("TrailCam 5 (B10002)"));
        QCOMPARE(cameraOf(later[0]), cameraOf(first));
        QCOMPARE(cameraOf(later[1]), cameraOf(second));
        for (const int i : {2, 3, 4})
            QCOMPARE(cameraOf(later[i]), cameraOf(first)); // without a serial
        QCOMPARE(m_fixture->item(second).captured,
                 QDateTime(QDate(2026, 6, 12), QTime(9, 2), Qt::UTC).toMSecsSinceEpoch());
        QCOMPARE(examining.examined.size(), 7); // nothing twice
    }

    void camerasThatThePathNamesAreNotSplit()
    {
        Examining examining(*m_fixture);
        const auto items = m_fixture->add({{QStringLiteral("/pond/IMG_0001.JPG"), stillBy("A10001", 1)},
                                           {QStringLiteral("/pond/IMG_0002.JPG"), stillBy("B10002", 2)},
                                           {QStringLiteral("/IMG_0003.JPG"), stillBy("C10003", 3)}});
        waitUntilExamined();
        for (const ItemId item : items)
            QCOMPARE(cameraOf(item), QStringLiteral("Porch"));
    }

    // One camera whose serial came first stays one.
    void namesOfPathsReplaceASerial()
    {
        Examining examining(*m_fixture);
        const ItemId first = m_fixture->add(QStringLiteral("/IMG_0001.JPG"), stillBy("A10001", 1));
        waitUntilExamined();
        const ItemId second =
            m_fixture->add(QStringLiteral("/pond_20260612_093000.jpg"), stillBy("A10001", 2));
        const ItemId third = m_fixture->add(QStringLiteral("/IMG_0003.JPG"), stillBy("A10001", 3));
        waitUntilExamined();
        QCOMPARE(cameraOf(second), cameraOf(first));
        QCOMPARE(cameraOf(third), cameraOf(first));
    }

    void mergedCamerasStayMerged()
    {
        Examining examining(*m_fixture);
        const ItemId first = m_fixture->add(QStringLiteral("/IMG_0001.JPG"), stillBy("A10001", 1));
        waitUntilExamined();
        const ItemId second = m_fixture->add(QStringLiteral("/IMG_0001.JPG"), stillBy("B10002", 2));
        waitUntilExamined();
        const CameraId one = m_fixture->item(first).camera;
        const CameraId other = m_fixture->item(second).camera;
        QVERIFY(one != other);
        QVERIFY(m_fixture->writer->submit(catalog::MergeCameras{other, one}).result());
        const ItemId third = m_fixture->add(QStringLiteral("/IMG_0002.JPG"), stillBy("B10002", 3));
        waitUntilExamined();
        QCOMPARE(m_fixture->item(third).camera, one);
        QVERIFY(m_fixture->writer->submit(catalog::SplitCamera{other}).result());
        QCOMPARE(m_fixture->item(first).camera, one);
        QCOMPARE(m_fixture->item(second).camera, other);
        QCOMPARE(m_fixture->item(third).camera, other);
    }

    void aNewNameKeepsTheCameraOfTheSerial()
    {
        Examining examining(*m_fixture);
        m_fixture->add(QStringLiteral("/IMG_0001.JPG"), stillBy("A10001", 1));
        waitUntilExamined();
        const ItemId item = m_fixture->add(QStringLiteral("/IMG_0001.JPG"), stillBy("B10002", 2));
        waitUntilExamined();
        const QString camera = cameraOf(item);
        const QString path = QStringLiteral("/IMG_0009.JPG");
        const auto update = ingest::toNewItem(m_fixture->matcher->match(path), path, m_fixture->clock.now(),
                                              QTimeZone::utc());
        QVERIFY(m_fixture->writer->submit(catalog::ReviseItem{item, update}).result());
        QCOMPARE(cameraOf(item), camera);
    }

    // A camera that writes another serial into every picture must not fill the list of cameras.
    void makesALimitedNumberOfCameras()
    {
        Examining examining(*m_fixture);
        QVector<std::pair<QString, QByteArray>> uploads;
        for (int i = 0; i < 40; ++i)
            uploads.append({QStringLiteral("/IMG_%1.JPG").arg(1000 + i),
                            stillBy("R" + QByteArray::number(1000 + i), i)});
        m_fixture->add(uploads);
        waitUntilExamined();
        const auto cameras = (*catalog::Reader::open(m_fixture->databasePath()))->cameras();
        QCOMPARE(cameras->size(), 32);
    }

    // The row of a poster that was made too late leads to its deletion.
    void deletesAPosterMadeAfterItsItemWasRemoved()
    {
        Examining examining(*m_fixture);
        const ItemId item = m_fixture->add(QStringLiteral("/a.jpg"), stillOf(1));
        QTRY_VERIFY_WITH_TIMEOUT(examining.queue.waiting() > 0 || !examining.examined.isEmpty(), 30'000);
        QVERIFY(m_fixture->writer->submit(catalog::RemoveItems{{item}, QStringLiteral("Older than a day")})
                    .result());
        QTRY_COMPARE_WITH_TIMEOUT(examining.examined.size(), 1, 30'000);
        const auto unwanted = m_fixture->writer->submit(catalog::ReadUnwantedDerivatives{}).result();
        QCOMPARE(unwanted->size(), 1);
        const QString file = Examining::cacheOf(*m_fixture) + QLatin1Char('/') + unwanted->first().path;
        QVERIFY(QFile::exists(file));
        DerivativeCollector collector(*m_fixture->writer, Examining::cacheOf(*m_fixture));
        QSignalSpy rounds(&collector, &DerivativeCollector::collected);
        collector.collect();
        QTRY_COMPARE_WITH_TIMEOUT(rounds.size(), 1, 30'000);
        QVERIFY(!QFile::exists(file));
        QVERIFY(m_fixture->writer->submit(catalog::ReadUnwantedDerivatives{}).result()->isEmpty());
    }

    void reportsDamage()
    {
        Examining examining(*m_fixture);
        const ItemId rubbish = m_fixture->add(QStringLiteral("/a.mp4"), QByteArray(50'000, 'x'));
        const QByteArray whole = makeClip({});
        const ItemId half = m_fixture->add(QStringLiteral("/b.mp4"), whole.left(whole.size() / 2));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(rubbish), ItemState::Damaged, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(half) != ItemState::Unexamined, 30'000);
        QVERIFY(stateOf(half) != ItemState::Ok);
    }

    void retriesVanishedFiles()
    {
        const ItemId item = m_fixture->add(QStringLiteral("/a.jpg"), stillOf(1));
        const QString path = m_fixture->item(item).path;
        QVERIFY(QFile::rename(path, path + QStringLiteral(".away")));
        {
            Examining examining(*m_fixture);
            examining.examiner.resume();
            QTRY_COMPARE_WITH_TIMEOUT(examining.examined.size(), 1, 30'000);
            m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished();
            QCOMPARE(stateOf(item), ItemState::Unexamined);
            QCOMPARE(m_fixture->item(item).reason, QString()); // nothing is known of it
        }
        QVERIFY(QFile::rename(path + QStringLiteral(".away"), path));
        Examining next(*m_fixture);
        next.examiner.resume();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), ItemState::Ok, 30'000);
    }

    void reportsNoDamageWhileTheDiskIsMissing()
    {
        fill(4);
        QVERIFY(m_fixture->unplug());
        Examining examining(*m_fixture);
        examining.examiner.resume();
        QTRY_COMPARE_WITH_TIMEOUT(examining.examined.size(), 4, 30'000);
        m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished();
        QCOMPARE(inState(ItemState::Unexamined), 4);
        QVERIFY(m_fixture->plugIn());
        examining.examiner.resume();
        QTRY_COMPARE_WITH_TIMEOUT(inState(ItemState::Ok), 4, 30'000);
    }

    void examinesEachItemOnce()
    {
        fill(6);
        Examining examining(*m_fixture, {}, 1);
        examining.examiner.resume();
        examining.examiner.resume();
        QTRY_COMPARE_WITH_TIMEOUT(inState(ItemState::Ok), 6, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(examining.examiner.waiting(), 0, 30'000);
        QCOMPARE(examining.examined.size(), 6);
    }

    void resumesAfterARestart()
    {
        fill(12);
        {
            Examining examining(*m_fixture, {}, 1);
            examining.examiner.resume();
            QTRY_VERIFY_WITH_TIMEOUT(!examining.examined.isEmpty(), 30'000);
        }
        m_fixture->open();
        QVERIFY(inState(ItemState::Unexamined) > 0);
        Examining next(*m_fixture);
        next.examiner.resume();
        QTRY_COMPARE_WITH_TIMEOUT(inState(ItemState::Ok), 12, 60'000);
        QVERIFY(next.examined.size() <= 12);
    }

    void hostileFileAffectsOnlyItsItem_data()
    {
        QTest::addColumn<QString>("mischief");
        for (const char *name : {"crash", "garbage", "lie"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void hostileFileAffectsOnlyItsItem()
    {
        QFETCH(QString, mischief);
        Examining examining(*m_fixture, mischief);
        const ItemId bad = m_fixture->add(QStringLiteral("/bad.mp4"), "a hostile file");
        const ItemId other = m_fixture->add(QStringLiteral("/other.mp4"), "another file");
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(bad), ItemState::Damaged, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(other), ItemState::Ok, 60'000);
    }

private:
    void fill(int count)
    {
        QVector<std::pair<QString, QByteArray>> uploads;
        for (int i = 0; i < count; ++i)
            uploads.append({QStringLiteral("/%1.jpg").arg(i), stillOf(i + 1)});
        QCOMPARE(m_fixture->add(uploads).size(), count);
    }
    void waitUntilExamined()
    {
        QTRY_COMPARE_WITH_TIMEOUT(inState(ItemState::Unexamined), 0, 60'000);
        m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished();
    }
    [[nodiscard]] QString cameraOf(ItemId item) const
    {
        const auto cameras = (*catalog::Reader::open(m_fixture->databasePath()))->cameras();
        const CameraId camera = m_fixture->item(item).camera;
        const auto found = std::find_if(cameras->cbegin(), cameras->cend(),
                                        [&](const catalog::Camera &one) { return one.id == camera; });
        return found == cameras->cend() ? QString() : found->name;
    }
    [[nodiscard]] ItemState stateOf(ItemId item) const { return m_fixture->item(item).state; }
    [[nodiscard]] int inState(ItemState state) const
    {
        const auto items = m_fixture->items();
        return int(std::count_if(items.begin(), items.end(),
                                 [state](const catalog::Item &item) { return item.state == state; }));
    }

    std::unique_ptr<IngestFixture> m_fixture;
};

GATEHOUSE_TEST(ExaminerTest)
#include "examiner_test.moc"
