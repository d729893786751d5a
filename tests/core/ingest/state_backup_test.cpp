// What only the catalog knows (log-ins, names, merges, protection, review, why things went) lies beside the
// files too: a new or an older catalog gets it back, and deletes nothing before a person has confirmed.
#include "archive/state_file.h"
#include "ingest/keeper.h"
#include "state_house.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class StateBackupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFirstStartHoldsNothingBack();
    void itComesBackWithANewCatalog();
    void itComesBackWithAnOlderCatalog();
    void aRebuiltCatalogDeletesNothingUntilConfirmed();
    void aCopyThatIsDamagedIsNotWrittenOver();
    void theOtherCopyHelps();
    void nothingIsWrittenWhereNothingChanged();
    void aCatalogThatIsNewerStays();

private:
    [[nodiscard]] QString database(const char *name = "catalog.db") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void StateBackupTest::aFirstStartHoldsNothingBack()
{
    House house(emptyDisk(), database());
    QVERIFY(house.backup.isHeld()); // until it is known
    QVERIFY(house.start());
    QVERIFY(!house.backup.isHeld());
}

void StateBackupTest::itComesBackWithANewCatalog()
{
    QByteArray before;
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        const auto state = house.state();
        QCOMPARE(state.cameras.size(), 3);
        QCOMPARE(state.protectedItems.size(), 1);
        QCOMPARE(state.reviewed.size(), 1);
        QVERIFY(state.lastRemoval > 0);
        before = house.stateText();
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    QVERIFY(house.start());
    QCOMPARE(house.stateText(), before);
    QVERIFY(house.backup.isHeld());
    QCOMPARE(house.items().size(), 5);
    house.logIn(); // with the password that its cameras know
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

void StateBackupTest::itComesBackWithAnOlderCatalog()
{
    QByteArray before;
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        QVERIFY(house.start());
        house.logIn();
        // Kept by both, protected then, removed since.
        QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-080000.jpg"), "early"));
        QVERIFY(house.save());
        const ItemId early = house.items().first().id;
        QVERIFY(waitFor(house.writer->setProtected(early, true)));
        house.writer->archives().waitForFinished();
        QVERIFY(QFile::copy(database(), database("old.db")));
        QVERIFY(QFile::copy(database() + QStringLiteral("-wal"), database("old.db-wal")));
        QVERIFY(waitFor(house.writer->setProtected(early, false)));
        QVERIFY(waitFor(house.writer->removeItems({{early}, QStringLiteral("Deleted by hand")})));
        house.collectGarbage();
        live(house);
        QVERIFY(house.save());
        before = house.stateText();
        disk = house.disk();
    }
    House house(std::move(disk), database("old.db"));
    QCOMPARE(house.items().size(), 1);
    QVERIFY(house.start());
    QCOMPARE(house.items().size(), 5);
    QCOMPARE(house.state().protectedItems.size(), 1);
    // It was removed when the journal says so; only that is told otherwise: by when it was learned.
    auto now = house.state();
    const auto then = catalog::stateFromJson(before).value();
    QVERIFY(now.lastRemoval >= then.lastRemoval);
    now.lastRemoval = then.lastRemoval;
    QCOMPARE(catalog::toJson(now), before);
    QVERIFY(!house.backup.isHeld()); // it is no rebuild: it knows what is protected
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

void StateBackupTest::aRebuiltCatalogDeletesNothingUntilConfirmed()
{
    auto disk = savedDisk(database());
    House house(std::move(disk), database("new.db"));
    house.clock.advance(100 * kDayMs);
    GarbageCollector garbage(*house.writer, *house.archive);
    ClockWatch clock(*house.writer, house.clock);
    Keeper keeper(*house.writer, *house.archive, garbage, clock);
    keeper.setRules(archive::RetentionRules{60, 0});
    QObject::connect(&house.backup, &StateBackup::holdChanged, &keeper, &Keeper::setHeld);
    keeper.look();                             // before the state is back
    QVERIFY(!waitFor(house.backup.confirm())); // there is nothing to confirm yet
    QVERIFY(house.start());
    QVERIFY(clock.start([&] { return house.clock.now(); })); // the clock is not what is doubted here
    keeper.look();
    QTest::qWait(200);
    QCOMPARE(house.items().size(), 5);
    QVERIFY(waitFor(house.backup.confirm()));
    QTRY_COMPARE(house.items().size(), 1); // the protected one
    QVERIFY(house.items().first().isProtected);
}

void StateBackupTest::aCopyThatIsDamagedIsNotWrittenOver()
{
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        for (const QString &file : kCopies)
            house.damage(file);
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    const QByteArray damaged = house.copy();
    const auto started = house.start();
    QVERIFY(!started && started.error().kind == ErrorKind::Corrupt);
    QVERIFY(house.restoreMarks()); // as the engine goes on
    QVERIFY(house.backup.isHeld());
    QVERIFY(!house.save());
    QCOMPARE(house.copy(), damaged);
    // Somebody says that what the catalog has is right.
    QVERIFY(waitFor(house.backup.confirm()));
    QVERIFY(house.save());
    QVERIFY(!house.backup.isHeld());
    const auto written = archive::readStateFile(*house.files, kRoot).and_then(catalog::stateFromJson);
    QVERIFY(written && written->cameras.size() == house.state().cameras.size());
}

void StateBackupTest::theOtherCopyHelps()
{
    for (const QString &damaged : kCopies) {
        std::unique_ptr<CrashFiles> disk;
        {
            House house(emptyDisk(), database());
            live(house);
            QVERIFY(house.save());
            QVERIFY(waitFor(house.writer->renameCamera(itemNamed(house, QStringLiteral("shed")).camera,
                                                       QStringLiteral("Later"))));
            QVERIFY(house.save());
            house.damage(damaged);
            disk = house.disk();
        }
        House house(std::move(disk), database("new.db"));
        QVERIFY(house.start());
        QCOMPARE(house.state().protectedItems.size(), 1);
        init(); // and the other one
    }
}

void StateBackupTest::nothingIsWrittenWhereNothingChanged()
{
    House house(emptyDisk(), database());
    live(house);
    QVERIFY(house.save());
    const QByteArray copy = house.copy();
    QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-095959.jpg"), "more"));
    QVERIFY(house.save());
    QCOMPARE(house.copy(), copy);
    QVERIFY(waitFor(house.writer->setProtected(itemNamed(house, QStringLiteral("095959")).id, true)));
    QVERIFY(house.save());
    QVERIFY(house.copy() != copy);
}

// A crash between the catalog's commit and the copy: the catalog knows better, and the copy follows.
void StateBackupTest::aCatalogThatIsNewerStays()
{
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        QVERIFY(waitFor(house.writer->renameCamera(itemNamed(house, QStringLiteral("shed")).camera,
                                                   QStringLiteral("Newer"))));
        disk = house.disk();
    }
    House house(std::move(disk), database());
    QVERIFY(house.start());
    QCOMPARE((*catalog::Reader::open(house.path))->cameras()->size(), 2);
    QVERIFY(house.save());
    QVERIFY(house.copy().contains("Newer"));
    QVERIFY(!house.backup.isHeld());
}

GATEHOUSE_TEST(StateBackupTest)
#include "state_backup_test.moc"
