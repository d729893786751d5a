// Files of removed rows leave the disk, through refusals, missing disks and restarts.
#include "ingest/retention/garbage_collector.h"

#include "catalog/operations/add_item.h"
#include "collector_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class GarbageCollectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init()
    {
        m_fixture = std::make_unique<CollectorFixture<GarbageCollector>>();
        start();
    }
    void cleanup()
    {
        m_fixture->collector.reset();
        QCOMPARE(brokenInvariants(m_fixture->databasePath()), QStringList());
        m_fixture.reset();
    }

    void removesTheFilesOfRemovedRows()
    {
        const auto items = m_fixture->fill(2);
        QVERIFY(m_fixture->remove({items[0]}));
        QCOMPARE(m_fixture->files().size(), 2); // until it is collected
        QVERIFY(m_fixture->collect());
        QCOMPARE(m_fixture->files().size(), 1);
        QVERIFY(QFile::exists(m_fixture->item(items[1]).path));
        QVERIFY(m_fixture->garbage().isEmpty());
        QCOMPARE(m_fixture->collector->trouble(), QString());
        QVERIFY(m_fixture->journal().contains("Older than a day"));
    }

    void acceptsMissingFiles()
    {
        const auto items = m_fixture->fill(2);
        QVERIFY(QFile::remove(m_fixture->item(items[0]).path));
        QVERIFY(m_fixture->remove(items));
        QVERIFY(m_fixture->collect());
        QCOMPARE(m_fixture->collector->trouble(), QString());
        QVERIFY(m_fixture->garbage().isEmpty());
        QVERIFY(m_fixture->files().isEmpty());
    }

    // chattr +i.
    void stuckFileDoesNotBlockOthers()
    {
        const auto items = m_fixture->fill(3);
        refuse(m_fixture->item(items[1]).path);
        QVERIFY(m_fixture->remove(items));
        QVERIFY(m_fixture->collect());
        QCOMPARE(m_fixture->files().size(), 1);
        QCOMPARE(m_fixture->garbage().size(), 1);
        QCOMPARE(m_fixture->garbage()[0].item, items[1]);
        QVERIFY2(m_fixture->collector->trouble().contains(QLatin1String("not permitted")),
                 qPrintable(m_fixture->collector->trouble()));
        QVERIFY(!m_fixture->collector->isStuck());
        m_fixture->hooked.setHook({});
        QVERIFY(m_fixture->collect());
        QVERIFY(m_fixture->files().isEmpty());
        QVERIFY(m_fixture->garbage().isEmpty());
        QCOMPARE(m_fixture->collector->trouble(), QString());
    }

    void isStuckIfNothingCanBeDeleted()
    {
        const auto items = m_fixture->fill(50);
        QVERIFY(m_fixture->remove(items));
        refuse(m_fixture->root());
        QVERIFY(m_fixture->collect());
        QVERIFY(m_fixture->collector->isStuck());
        QCOMPARE(m_fixture->garbage().size(), 50);
        refuse(m_fixture->item(items[7]).path + QStringLiteral("none"));
        QVERIFY(m_fixture->collect());
        QVERIFY(!m_fixture->collector->isStuck());
        QVERIFY(m_fixture->files().isEmpty());
    }

    void keepsTheGarbageOfAMissingDisk()
    {
        QVERIFY(m_fixture->remove(m_fixture->fill(3)));
        QVERIFY(m_fixture->unplug());
        QVERIFY(m_fixture->collect());
        QCOMPARE(m_fixture->garbage().size(), 3);
        QVERIFY2(m_fixture->collector->trouble().contains(m_fixture->root()),
                 qPrintable(m_fixture->collector->trouble()));
        QVERIFY(m_fixture->plugIn());
        QCOMPARE(m_fixture->files().size(), 3);
        QVERIFY(m_fixture->collect());
        QVERIFY(m_fixture->files().isEmpty());
        QVERIFY(m_fixture->garbage().isEmpty());
    }

    // It may come back; here there may be another file under that path.
    void leavesOtherDisksAlone()
    {
        const ItemId here = m_fixture->fill(1)[0];
        catalog::NewItem elsewhere;
        elsewhere.id = m_fixture->writer->ids().next();
        elsewhere.account = m_fixture->account;
        elsewhere.archive = QStringLiteral("another");
        elsewhere.relativePath = m_fixture->files().value(0);
        elsewhere.sourcePath = QStringLiteral("/elsewhere.jpg");
        elsewhere.sha256 = "other bytes";
        elsewhere.received = m_fixture->clock.now();
        QVERIFY(m_fixture->writer->submit(catalog::AddItem{elsewhere}).result());
        QVERIFY(m_fixture->remove({elsewhere.id}));
        QVERIFY(m_fixture->collect());
        QVERIFY(QFile::exists(m_fixture->item(here).path));
        QCOMPARE(m_fixture->garbage().size(), 1);
        QCOMPARE(m_fixture->collector->trouble(), QString());
    }

    void runsOneMoreRoundForRequestsMeanwhile()
    {
        const auto items = m_fixture->fill(3);
        QVERIFY(m_fixture->remove({items[0]}));
        HeldUp unlink(m_fixture->hooked, QStringLiteral("remove"), QStringLiteral("MDAlarm"));
        QSignalSpy rounds(m_fixture->collector.get(), &GarbageCollector::collected);
        m_fixture->collector->collect();
        QTRY_VERIFY_WITH_TIMEOUT(unlink.isReached(), 30'000);
        QVERIFY(m_fixture->remove({items[1], items[2]}));
        m_fixture->collector->collect();
        m_fixture->collector->collect();
        unlink.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(rounds.size(), 1, 30'000);
        QVERIFY(m_fixture->garbage().isEmpty());
        QVERIFY(m_fixture->files().isEmpty());
    }

    void resumesAfterARestart()
    {
        QVERIFY(m_fixture->remove(m_fixture->fill(20)));
        HeldUp unlink(m_fixture->hooked, QStringLiteral("remove"), QStringLiteral("_17.jpg"));
        m_fixture->collector->collect();
        QTRY_VERIFY_WITH_TIMEOUT(unlink.isReached(), 30'000);
        m_fixture->collector.reset();
        unlink.letGo();
        m_fixture->open();
        QCOMPARE(m_fixture->garbage().size(), 20); // nobody has heard of those that went
        QVERIFY(m_fixture->files().size() < 20);
        start();
        QVERIFY(m_fixture->collect());
        QVERIFY(m_fixture->garbage().isEmpty());
        QVERIFY(m_fixture->files().isEmpty());
        QCOMPARE(m_fixture->collector->trouble(), QString());
    }

private:
    void start()
    {
        m_fixture->collector = std::make_unique<GarbageCollector>(*m_fixture->writer, *m_fixture->archive);
    }
    void refuse(const QString &part)
    {
        m_fixture->hooked.setHook([part](const QString &operation, const QString &path) -> Result<void> {
            if (operation == QLatin1String("remove") && path.contains(part))
                return fail(ErrorKind::Denied, QStringLiteral("Operation not permitted"), path);
            return {};
        });
    }

    std::unique_ptr<CollectorFixture<GarbageCollector>> m_fixture;
};

GATEHOUSE_TEST(GarbageCollectorTest)
#include "garbage_collector_test.moc"
