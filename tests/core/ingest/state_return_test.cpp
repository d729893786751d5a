// What comes back beside the files and the cameras, while a person already works with what is there.
#include "catalog/operations/cameras.h"
#include "catalog/operations/review.h"
#include "state_fixture.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class StateReturnTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void appliesProtectionOnceTheRowExists();
    void keepsAPasswordSetMeanwhile();
    void keepsCameraChangesMadeMeanwhile();
    void learnsRemovalsAfterAKill();
    void keepsCamerasAndReviewsChangedMeanwhile();
    void skipsAnUnreadableJournalMonth();
    void confirmingEndsTheHoldAfterAFailedRestore();

private:
    [[nodiscard]] QString database(const char *name = "catalog.db") const
    {
        return m_folder->filePath(QLatin1String(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

// A file that could not be read when the catalog was made anew.
void StateReturnTest::appliesProtectionOnceTheRowExists()
{
    std::unique_ptr<CrashFileSystem> disk;
    QString relativePath;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(fixture.save());
        relativePath = itemNamed(fixture, QStringLiteral("shed")).path.mid(kRoot.size() + 1);
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    const QString path = kRoot + QLatin1Char('/') + relativePath;
    const QByteArray bytes = fixture.files->read(path, 0, 1 << 20).value();
    QVERIFY(fixture.files->remove(path));
    QVERIFY(fixture.start());
    QVERIFY(fixture.save());
    QCOMPARE(fixture.items().size(), 4);
    QCOMPARE(fixture.state().protectedItems.size(), 1);
    fixture.put(relativePath, bytes);
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.repairAll([] { return true; }));
    QVERIFY(itemNamed(fixture, QStringLiteral("shed")).isProtected);
}

void StateReturnTest::keepsAPasswordSetMeanwhile()
{
    auto disk = savedDisk(database());
    Fixture fixture(std::move(disk), database("new.db"));
    catalog::Account account;
    account.user = kNvr;
    account.salt = "a new salt";
    account.hash = "a new hash";
    QVERIFY(waitFor(fixture.writer->submit(catalog::AddCamera{QStringLiteral("Recorder"), account})));
    fixture.backup.keepSecretOf(kNvr);
    QVERIFY(fixture.start());
    QCOMPARE(waitFor(fixture.writer->submit(catalog::FindAccount{kNvr}))->hash, account.hash);
}

// Cameras can be seen and changed while the rebuild is under way, and it may be killed then.
void StateReturnTest::keepsCameraChangesMadeMeanwhile()
{
    auto disk = savedDisk(database());
    {
        Fixture fixture(std::move(disk), database("new.db"));
        QVERIFY(fixture.backup.restoreHome(true));
        const auto cameras = (*catalog::Reader::open(fixture.path))->cameras();
        const auto gate = std::find_if(cameras->begin(), cameras->end(), [](const catalog::Camera &camera) {
            return camera.name == QLatin1String("Front gate");
        });
        QVERIFY(gate != cameras->end());
        QVERIFY(waitFor(fixture.writer->submit(catalog::RenameCamera{gate->id, QStringLiteral("Drive")})));
        QVERIFY(fixture.repair().added > 0);
        const auto items = fixture.items();
        const auto shed =
            std::find_if(items.begin(), items.end(), [](const auto &item) { return item.isProtected; });
        QVERIFY(shed != items.end()); // from the first
        QVERIFY(waitFor(fixture.writer->submit(catalog::SetProtected{shed->id, false})));
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    QVERIFY(fixture.start());
    const auto state = fixture.state();
    QCOMPARE(state.protectedItems.size(), 0);
    QCOMPARE(state.reviewed.size(), 1);
    QVERIFY(std::any_of(state.cameras.begin(), state.cameras.end(),
                        [](const auto &camera) { return camera.name == QLatin1String("Drive"); }));
    QVERIFY(fixture.backup.isHeld());
}

// Nothing lies beside the files, and the rebuild was killed when the rows were made.
void StateReturnTest::learnsRemovalsAfterAKill()
{
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(fixture.save());
        for (const QString &copy : kCopies)
            static_cast<void>(fixture.files->remove(copy));
        QVERIFY(fixture.files->syncFolder(kRoot + QStringLiteral("/journal")));
        disk = fixture.disk();
    }
    {
        Fixture fixture(std::move(disk), database("new.db"));
        QVERIFY(fixture.copy().isEmpty());
        QVERIFY(fixture.backup.restoreHome(true));
        QCOMPARE(fixture.repair().added, qint64(5));
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    QCOMPARE(fixture.state().lastRemoval, qint64(0));
    QVERIFY(fixture.start());
    QVERIFY(fixture.state().lastRemoval > 0);
    QVERIFY(fixture.backup.isHeld());
}

// While the rows are made a removed camera sends again, another one is added again, and what was reviewed is
// to be looked at once more.
void StateReturnTest::keepsCamerasAndReviewsChangedMeanwhile()
{
    const QString porch = QStringLiteral("porch");
    catalog::Account account;
    account.user = porch;
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), database());
        live(fixture);
        QVERIFY(waitFor(fixture.writer->submit(
            catalog::SetReviewed{itemNamed(fixture, QStringLiteral("095900")).event, true})));
        const auto added =
            waitFor(fixture.writer->submit(catalog::AddCamera{QStringLiteral("Porch"), account}));
        QVERIFY(added);
        for (const CameraId camera : {itemNamed(fixture, QStringLiteral("gate")).camera, added->id})
            QVERIFY(waitFor(
                fixture.writer->submit(catalog::RemoveCamera{camera, false, QStringLiteral("By hand")})));
        QVERIFY(fixture.save());
        QCOMPARE(fixture.state().reviewed.size(), 2);
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), database("new.db"));
    QVERIFY(fixture.backup.restoreHome(true));
    const qint64 made = fixture.repair().added;
    QVERIFY(made > 0);
    fixture.clock.advance(3'600'000);
    fixture.logIn();
    QVERIFY(fixture.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-105900.jpg"), "sent again"));
    QVERIFY(waitFor(fixture.writer->submit(catalog::AddCamera{QStringLiteral("Porch"), account})));
    const EventId event = itemNamed(fixture, QStringLiteral("093000")).event;
    QVERIFY(waitFor(fixture.writer->submit(catalog::SetReviewed{event, true})));
    QVERIFY(waitFor(fixture.writer->submit(catalog::SetReviewed{event, false})));
    QVERIFY(fixture.backup.marks().run(made, [] { return true; }));
    QVERIFY(fixture.backup.marksAreBack(made));
    const auto state = fixture.state();
    QCOMPARE(state.reviewed.size(), 1);
    for (const catalog::SnapshotCamera &camera : state.cameras)
        QVERIFY2(!camera.removed, qPrintable(camera.name));
}

// Of the journal: what the others say is learned.
void StateReturnTest::skipsAnUnreadableJournalMonth()
{
    auto disk = savedDisk(database());
    Fixture fixture(std::move(disk), database("new.db"));
    const QString month = kRoot + QStringLiteral("/journal/2020-01-1.jsonl");
    QVERIFY(fixture.files->makeFolder(month));
    QVERIFY(!fixture.files->read(month, 0, 1));
    QVERIFY(fixture.start());
    QCOMPARE(fixture.items().size(), 5);
    QVERIFY(fixture.state().lastRemoval > 0);
}

// Not because the archive is away: a person may say that deletion goes on. The copy is not written over.
void StateReturnTest::confirmingEndsTheHoldAfterAFailedRestore()
{
    auto disk = savedDisk(database());
    Fixture fixture(std::move(disk), database("new.db"));
    const QByteArray copy = fixture.copy();
    QVERIFY(fixture.backup.restoreHome(true));
    QVERIFY(!waitFor(fixture.backup.confirm()));
    fixture.backup.restoreFailed();
    QVERIFY(fixture.backup.isHeld());
    QVERIFY(waitFor(fixture.backup.confirm()));
    QVERIFY(!fixture.backup.isHeld());
    QVERIFY(!fixture.save());
    QCOMPARE(fixture.copy(), copy);
    // And then it goes well after all.
    QVERIFY(fixture.restoreMarks());
    QVERIFY(!fixture.backup.isHeld());
    QVERIFY(fixture.save());
    QCOMPARE(fixture.items().size(), 5);
}

GATEHOUSE_TEST(StateReturnTest)
#include "state_return_test.moc"
