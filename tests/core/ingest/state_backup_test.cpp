// What only the catalog knows (logins, names, merges, protection, review, why things went) lies beside the
// files too: a new or an older catalog gets it back, and deletes nothing before a person has confirmed.
#include "archive/state_file.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "ingest/retention/retention_job.h"
#include "state_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
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

    void firstStartDoesNotHoldDeletion();
    void restoresStateIntoANewCatalog();
    void restoresStateIntoAnOlderCatalog();
    void holdsDeletionUntilARebuildIsConfirmed();
    void doesNotOverwriteDamagedCopies();
    void fallsBackToTheOtherCopy();
    void writesNothingIfNothingChanged();
    void keepsACatalogNewerThanTheCopy();

private:
    [[nodiscard]] QString database(const char *name = "catalog.db") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void StateBackupTest::firstStartDoesNotHoldDeletion()
{
    Fixture fixture(emptyDisk(), database());
    QVERIFY(fixture.backup.isHeld()); // until it is known
    QVERIFY(fixture.start());
    QVERIFY(!fixture.backup.isHeld());
}

void StateBackupTest::restoresStateIntoANewCatalog()
{
    QByteArray before;
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(fixture.save());
        const auto state = fixture.state();
        QCOMPARE(state.cameras.size(), 3);
        QCOMPARE(state.protectedItems.size(), 1);
        QCOMPARE(state.reviewed.size(), 1);
        QVERIFY(state.lastRemoval > 0);
        before = fixture.stateText();
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    QVERIFY(fixture.start());
    QCOMPARE(fixture.stateText(), before);
    QVERIFY(fixture.backup.isHeld());
    QCOMPARE(fixture.items().size(), 5);
    fixture.logIn(); // with the password that its cameras know
    QCOMPARE(brokenInvariants(fixture.path), QStringList());
}

void StateBackupTest::restoresStateIntoAnOlderCatalog()
{
    QByteArray before;
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        QVERIFY(fixture.start());
        fixture.logIn();
        // Kept by both, protected then, removed since.
        QVERIFY(fixture.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-080000.jpg"), "early"));
        QVERIFY(fixture.save());
        const ItemId early = fixture.items().first().id;
        QVERIFY(waitFor(fixture.writer->submit(catalog::SetProtected{early, true})));
        fixture.writer->submit(catalog::ReadArchives{}).waitForFinished();
        QVERIFY(QFile::copy(database(), database("old.db")));
        QVERIFY(QFile::copy(database() + QStringLiteral("-wal"), database("old.db-wal")));
        QVERIFY(waitFor(fixture.writer->submit(catalog::SetProtected{early, false})));
        QVERIFY(waitFor(
            fixture.writer->submit(catalog::RemoveItems{{early}, QStringLiteral("Deleted by hand")})));
        fixture.collectGarbage();
        live(fixture);
        QVERIFY(fixture.save());
        before = fixture.stateText();
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("old.db"));
    QCOMPARE(fixture.items().size(), 1);
    QVERIFY(fixture.start());
    QCOMPARE(fixture.items().size(), 5);
    QCOMPARE(fixture.state().protectedItems.size(), 1);
    // It was removed when the journal says so; only that is told otherwise: by when it was learned.
    auto now = fixture.state();
    const auto then = catalog::stateFromJson(before).value();
    QVERIFY(now.lastRemoval >= then.lastRemoval);
    now.lastRemoval = then.lastRemoval;
    QCOMPARE(catalog::toJson(now), before);
    QVERIFY(!fixture.backup.isHeld()); // it is no rebuild: it knows what is protected
    QCOMPARE(brokenInvariants(fixture.path), QStringList());
}

void StateBackupTest::holdsDeletionUntilARebuildIsConfirmed()
{
    auto disk = savedDisk(database());
    Fixture fixture(std::move(disk), database("new.db"));
    fixture.clock.advance(100 * kDayMs);
    GarbageCollector garbage(*fixture.writer, *fixture.archive);
    TrustedClock clock(*fixture.writer, fixture.clock);
    RetentionJob retention(*fixture.writer, *fixture.archive, garbage, clock);
    retention.setRules(RetentionRules{60, 0});
    QObject::connect(&fixture.backup, &StateBackup::holdChanged, &retention, &RetentionJob::setHeld);
    retention.look();                            // before the state is back
    QVERIFY(!waitFor(fixture.backup.confirm())); // there is nothing to confirm yet
    QVERIFY(fixture.start());
    QVERIFY(clock.start([&] { return fixture.clock.now(); })); // the clock is not what is doubted here
    retention.look();
    QTRY_VERIFY_WITH_TIMEOUT(!retention.isBusy(), kPatience);
    QCOMPARE(fixture.items().size(), 5);
    QVERIFY(waitFor(fixture.backup.confirm()));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.items().size(), 1, kPatience); // the protected one
    QVERIFY(fixture.items().first().isProtected);
}

void StateBackupTest::doesNotOverwriteDamagedCopies()
{
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(fixture.save());
        for (const QString &file : kCopies)
            fixture.damage(file);
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    const QByteArray damaged = fixture.copy();
    const auto started = fixture.start();
    QVERIFY(!started && started.error().kind == ErrorKind::Corrupt);
    QVERIFY(fixture.restoreMarks()); // as the engine goes on
    QVERIFY(fixture.backup.isHeld());
    QVERIFY(!fixture.save());
    QCOMPARE(fixture.copy(), damaged);
    // Somebody says that what the catalog has is right.
    QVERIFY(waitFor(fixture.backup.confirm()));
    QVERIFY(fixture.save());
    QVERIFY(!fixture.backup.isHeld());
    const auto written = archive::readStateFile(*fixture.files, kRoot).and_then(catalog::stateFromJson);
    QVERIFY(written && written->cameras.size() == fixture.state().cameras.size());
}

void StateBackupTest::fallsBackToTheOtherCopy()
{
    for (const QString &damaged : kCopies) {
        std::unique_ptr<CrashFileSystem> disk;
        {
            Fixture fixture(emptyDisk(), database());
            live(fixture);
            QVERIFY(fixture.save());
            QVERIFY(waitFor(fixture.writer->submit(catalog::RenameCamera{
                itemNamed(fixture, QStringLiteral("shed")).camera, QStringLiteral("Later")})));
            QVERIFY(fixture.save());
            fixture.damage(damaged);
            disk = fixture.disk();
        }
        Fixture fixture(std::move(disk), database("new.db"));
        QVERIFY(fixture.start());
        QCOMPARE(fixture.state().protectedItems.size(), 1);
        init(); // and the other one
    }
}

void StateBackupTest::writesNothingIfNothingChanged()
{
    Fixture fixture(emptyDisk(), database());
    live(fixture);
    QVERIFY(fixture.save());
    const QByteArray copy = fixture.copy();
    QVERIFY(fixture.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-095959.jpg"), "more"));
    QVERIFY(fixture.save());
    QCOMPARE(fixture.copy(), copy);
    QVERIFY(waitFor(fixture.writer->submit(
        catalog::SetProtected{itemNamed(fixture, QStringLiteral("095959")).id, true})));
    QVERIFY(fixture.save());
    QVERIFY(fixture.copy() != copy);
}

// A crash between the catalog's commit and the copy: the catalog knows better, and the copy follows.
void StateBackupTest::keepsACatalogNewerThanTheCopy()
{
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(fixture.save());
        QVERIFY(waitFor(fixture.writer->submit(catalog::RenameCamera{
            itemNamed(fixture, QStringLiteral("shed")).camera, QStringLiteral("Newer")})));
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database());
    QVERIFY(fixture.start());
    QCOMPARE((*catalog::Reader::open(fixture.path))->cameras()->size(), 2);
    QVERIFY(fixture.save());
    QVERIFY(fixture.copy().contains("Newer"));
    QVERIFY(!fixture.backup.isHeld());
}

GATEHOUSE_TEST(StateBackupTest)
#include "state_backup_test.moc"
