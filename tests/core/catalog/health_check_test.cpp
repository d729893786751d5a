// A damaged catalog is noticed: by looking, by a command that meets it; and readers follow to a repaired one.
#include "catalog/operations/health_check.h"

#include "catalog/operations/cameras.h"
#include "catalog/operations/salvage.h"
#include "catalog/reader_pool.h"
#include "catalog/types/file_list.h"
#include "catalog_fixture.h"
#include "support/database_pages.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class HealthCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNotReportAHealthyCatalog();
    void checkFindsDamage();
    void commandsFindDamage();
    void checkCanBeCancelled();
    void readersSwitchToTheRepairedFile();

private:
    // With its log in the file, and nobody at it.
    static void fill(CatalogFixture &fixture)
    {
        const Camera camera = fixture.addCamera(QStringLiteral("Door"));
        for (int i = 0; i < 200; ++i)
            fixture.add(fixture.item(camera.account, Kind::Still, kTestNow + i * 1'000));
        fixture.reader.reset();
        fixture.writer.reset();
    }
};

void HealthCheckTest::doesNotReportAHealthyCatalog()
{
    CatalogFixture fixture;
    fill(fixture);
    HealthCheck check(fixture.path());
    QSignalSpy damaged(&check, &HealthCheck::damageFound);
    check.look();
    QTest::qWait(500);
    QCOMPARE(damaged.size(), 0);
}

void HealthCheckTest::checkFindsDamage()
{
    CatalogFixture fixture;
    fill(fixture);
    destroy(fixture.path(), "item_captured");
    HealthCheck check(fixture.path());
    QSignalSpy damaged(&check, &HealthCheck::damageFound);
    check.look();
    check.look(); // one at a time
    QTRY_COMPARE_WITH_TIMEOUT(damaged.size(), 1, 20'000);
    QVERIFY(damaged.first().first().toString().contains(QLatin1String("check --repair")));
}

void HealthCheckTest::commandsFindDamage()
{
    CatalogFixture fixture;
    fill(fixture);
    destroy(fixture.path(), "sqlite_autoindex_account_1");
    fixture.open();
    QSignalSpy damaged(&fixture.writer->changes(), &Changes::damageFound);
    const auto account = awaited(fixture.writer->submit(FindAccount{QStringLiteral("door")}));
    QCOMPARE(account.error().kind, ErrorKind::Corrupt);
    QTRY_COMPARE_WITH_TIMEOUT(damaged.size(), 1, 20'000);
    QVERIFY(damaged.first().first().toString().contains(QLatin1String("check --repair")));
}

void HealthCheckTest::checkCanBeCancelled()
{
    CatalogFixture fixture;
    fill(fixture);
    int asked = 0;
    const auto list = *FileList::open(fixture.path());
    const auto stopped = list->verify(FileList::Verify::Everything, [&] { return ++asked > 0; });
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(asked, 1);
    QVERIFY(list->verify(FileList::Verify::Everything));
    QCOMPARE(asked, 1);
}

void HealthCheckTest::readersSwitchToTheRepairedFile()
{
    CatalogFixture fixture;
    fill(fixture);
    ReaderPool pool(fixture.path(), 1);
    const auto names = [&pool] {
        QStringList out;
        const auto cameras = awaited(pool.ask([](Reader &reader) { return reader.cameras(); }));
        for (const Camera &camera : *cameras)
            out.append(camera.name);
        return out;
    };
    QCOMPARE(names(), QStringList{QStringLiteral("Door")});
    destroy(fixture.path(), "item_captured");
    QVERIFY(salvage({fixture.path(), QStringLiteral("disk"), QStringLiteral("/archive")}, fixture.clock));
    fixture.open();
    fixture.addCamera(QStringLiteral("Gate"));
    QCOMPARE(names(), (QStringList{QStringLiteral("Door"), QStringLiteral("Gate")}));
}

GATEHOUSE_TEST(HealthCheckTest)
#include "health_check_test.moc"
