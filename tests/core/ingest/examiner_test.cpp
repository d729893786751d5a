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
          examiner(*fixture.writer, readers, queue, cacheOf(fixture)),
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
        QCOMPARE(stateOf(text), ItemState::Unexamined);
        QCOMPARE(examining.examined.size(), 2);
        QCOMPARE(examining.posters.size(), 2);
        for (const ItemId item : {still, clip})
            QVERIFY(QFile::exists(examining.posterOf(*m_fixture, item)));
        QCOMPARE(examining.examiner.waiting(), 0);
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
