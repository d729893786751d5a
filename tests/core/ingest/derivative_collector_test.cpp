// The files made from removed items leave the cache folder, and nothing else does.
#include "ingest/retention/derivative_collector.h"

#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/derivatives.h"
#include "collector_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class DerivativeCollectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init()
    {
        m_fixture = std::make_unique<CollectorFixture<DerivativeCollector>>();
        start();
    }
    void cleanup()
    {
        m_fixture->collector.reset();
        QCOMPARE(brokenInvariants(m_fixture->databasePath()), QStringList());
        m_fixture.reset();
    }

    void deletesDerivativesOfRemovedItems()
    {
        const auto items = fill(3);
        QVERIFY(m_fixture->remove({items[0], items[2]}));
        QVERIFY(m_fixture->collect());
        QVERIFY(!QFile::exists(poster(items[0])));
        QVERIFY(QFile::exists(poster(items[1])));
        QVERIFY(!QFile::exists(poster(items[2])));
        QCOMPARE(unwanted(), 0);
    }

    void acceptsMissingFiles()
    {
        const auto items = fill(2);
        QVERIFY(QFile::remove(poster(items[0])));
        QVERIFY(m_fixture->remove(items));
        QVERIFY(m_fixture->collect());
        QCOMPARE(unwanted(), 0);
    }

    // A folder in its place stands for whatever keeps a file from being deleted.
    void retriesFailedDeletions()
    {
        const auto items = fill(2);
        QVERIFY(QFile::remove(poster(items[0])));
        QVERIFY(QDir().mkpath(poster(items[0]) + QStringLiteral("/full")));
        QVERIFY(m_fixture->remove(items));
        QVERIFY(m_fixture->collect());
        QVERIFY(!QFile::exists(poster(items[1])));
        QCOMPARE(unwanted(), 1);
        QVERIFY(QDir(poster(items[0])).removeRecursively());
        QVERIFY(m_fixture->collect());
        QCOMPARE(unwanted(), 0);
    }

    void removesNothingOutsideTheCache_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"../catalog.db", "..", "", "posters/../../catalog.db", "/catalog.db"})
            QTest::newRow(path) << QString::fromLatin1(path);
        QTest::newRow("absolute") << QStringLiteral("%1");
    }
    void removesNothingOutsideTheCache()
    {
        QFETCH(QString, path);
        const QString outside = m_fixture->folder.filePath(QStringLiteral("catalog.db"));
        if (path == QLatin1String("%1"))
            path = outside;
        const bool existed = QFile::exists(outside);
        if (!existed)
            write(outside);
        const auto items = fill(1, path);
        QVERIFY(m_fixture->remove(items));
        QVERIFY(m_fixture->collect());
        QVERIFY(QFile::exists(outside));
        QCOMPARE(unwanted(), 0);
    }

    void resumesAfterARestart()
    {
        const auto items = fill(50);
        QVERIFY(m_fixture->remove(items));
        m_fixture->collector.reset();
        m_fixture->open();
        QCOMPARE(unwanted(), 50);
        start();
        QVERIFY(m_fixture->collect());
        QCOMPARE(unwanted(), 0);
        for (const ItemId item : items)
            QVERIFY(!QFile::exists(poster(item)));
    }

    void runsOneMoreRoundForRequestsMeanwhile()
    {
        const auto items = fill(20);
        QSignalSpy rounds(m_fixture->collector.get(), &DerivativeCollector::collected);
        QVERIFY(m_fixture->remove(items.mid(0, 10)));
        m_fixture->collector->collect();
        QVERIFY(m_fixture->remove(items.mid(10)));
        m_fixture->collector->collect();
        m_fixture->collector->collect();
        QTRY_COMPARE_WITH_TIMEOUT(rounds.size(), 1, 30'000);
        QCOMPARE(unwanted(), 0);
    }

private:
    void start()
    {
        m_fixture->collector = std::make_unique<DerivativeCollector>(*m_fixture->writer, cache());
    }
    [[nodiscard]] QString cache() const { return m_fixture->folder.filePath(QStringLiteral("cache")); }
    [[nodiscard]] QString poster(ItemId item) const
    {
        return QStringLiteral("%1/posters/%2.jpg").arg(cache(), QString::number(item.value));
    }
    static void write(const QString &path)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a poster") > 0);
    }
    // Each with a poster; `path`: where the catalog says it is.
    QVector<ItemId> fill(int count, const QString &path = QStringLiteral("posters/%1.jpg"))
    {
        const QVector<ItemId> items = m_fixture->fill(count);
        for (const ItemId item : items) {
            write(poster(item));
            catalog::Examined found;
            found.item = item;
            found.width = 320;
            const QString at = path.contains(QLatin1Char('%')) ? path.arg(item.value) : path;
            found.derivatives = {{item, catalog::DerivativeKind::Poster, 8, at}};
            m_fixture->writer->submit(catalog::SetExamined{found});
        }
        m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished();
        return items;
    }
    [[nodiscard]] qsizetype unwanted() const
    {
        return m_fixture->writer->submit(catalog::ReadUnwantedDerivatives{}).result()->size();
    }

    std::unique_ptr<CollectorFixture<DerivativeCollector>> m_fixture;
};

GATEHOUSE_TEST(DerivativeCollectorTest)
#include "derivative_collector_test.moc"
