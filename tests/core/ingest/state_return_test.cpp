// What comes back beside the files and the cameras, while a person already works with what is there.
#include "state_house.h"
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

    void protectionWaitsForItsRow();
    void aPasswordSetMeanwhileStays();
    void whatWasChangedMeanwhileStays();
    void removalsAreLearnedAfterAKillToo();
    void whatIsDoneMeanwhileStays();
    void anUnreadableMonthIsPassedOver();
    void aRestoreThatFailsIsNotWaitedForForever();

private:
    [[nodiscard]] QString database(const char *name = "catalog.db") const
    {
        return m_folder->filePath(QLatin1String(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

// A file that could not be read when the catalog was made anew.
void StateReturnTest::protectionWaitsForItsRow()
{
    std::unique_ptr<CrashFiles> disk;
    QString relativePath;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        relativePath = itemNamed(house, QStringLiteral("shed")).path.mid(kRoot.size() + 1);
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    const QString path = kRoot + QLatin1Char('/') + relativePath;
    const QByteArray bytes = house.files->read(path, 0, 1 << 20).value();
    QVERIFY(house.files->remove(path));
    QVERIFY(house.start());
    QVERIFY(house.save());
    QCOMPARE(house.items().size(), 4);
    QCOMPARE(house.state().protectedItems.size(), 1);
    house.put(relativePath, bytes);
    Mender repair(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(repair.mendAll([] { return true; }));
    QVERIFY(itemNamed(house, QStringLiteral("shed")).isProtected);
}

void StateReturnTest::aPasswordSetMeanwhileStays()
{
    auto disk = savedDisk(database());
    House house(std::move(disk), database("new.db"));
    catalog::Account account;
    account.user = kNvr;
    account.salt = "a new salt";
    account.hash = "a new hash";
    QVERIFY(waitFor(house.writer->addCamera(QStringLiteral("Recorder"), account)));
    house.backup.keepSecretOf(kNvr);
    QVERIFY(house.start());
    QCOMPARE(waitFor(house.writer->account(kNvr))->hash, account.hash);
}

// Cameras can be seen and changed while the rebuild is under way, and it may be killed then.
void StateReturnTest::whatWasChangedMeanwhileStays()
{
    auto disk = savedDisk(database());
    {
        House house(std::move(disk), database("new.db"));
        QVERIFY(house.backup.restoreHome(true));
        const auto cameras = (*catalog::Reader::open(house.path))->cameras();
        const auto gate = std::find_if(cameras->begin(), cameras->end(), [](const catalog::Camera &camera) {
            return camera.name == QLatin1String("Front gate");
        });
        QVERIFY(gate != cameras->end());
        QVERIFY(waitFor(house.writer->renameCamera(gate->id, QStringLiteral("Drive"))));
        QVERIFY(house.mend().added > 0);
        const auto items = house.items();
        const auto shed =
            std::find_if(items.begin(), items.end(), [](const auto &item) { return item.isProtected; });
        QVERIFY(shed != items.end()); // from the first
        QVERIFY(waitFor(house.writer->setProtected(shed->id, false)));
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    QVERIFY(house.start());
    const auto state = house.state();
    QCOMPARE(state.protectedItems.size(), 0);
    QCOMPARE(state.reviewed.size(), 1);
    QVERIFY(std::any_of(state.cameras.begin(), state.cameras.end(),
                        [](const auto &camera) { return camera.name == QLatin1String("Drive"); }));
    QVERIFY(house.backup.isHeld());
}

// Nothing lies beside the files, and the rebuild was killed when the rows were made.
void StateReturnTest::removalsAreLearnedAfterAKillToo()
{
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        for (const QString &copy : kCopies)
            static_cast<void>(house.files->remove(copy));
        QVERIFY(house.files->syncFolder(kRoot + QStringLiteral("/journal")));
        disk = house.disk();
    }
    {
        House house(std::move(disk), database("new.db"));
        QVERIFY(house.copy().isEmpty());
        QVERIFY(house.backup.restoreHome(true));
        QCOMPARE(house.mend().added, qint64(5));
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    QCOMPARE(house.state().lastRemoval, qint64(0));
    QVERIFY(house.start());
    QVERIFY(house.state().lastRemoval > 0);
    QVERIFY(house.backup.isHeld());
}

// While the rows are made a removed camera sends again, another one is added again, and what was reviewed is
// to be looked at once more.
void StateReturnTest::whatIsDoneMeanwhileStays()
{
    const QString porch = QStringLiteral("porch");
    catalog::Account account;
    account.user = porch;
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(waitFor(house.writer->setReviewed(itemNamed(house, QStringLiteral("095900")).event, true)));
        const auto added = waitFor(house.writer->addCamera(QStringLiteral("Porch"), account));
        QVERIFY(added);
        for (const CameraId camera : {itemNamed(house, QStringLiteral("gate")).camera, added->id})
            QVERIFY(waitFor(house.writer->removeCamera(camera, false, QStringLiteral("By hand"))));
        QVERIFY(house.save());
        QCOMPARE(house.state().reviewed.size(), 2);
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    QVERIFY(house.backup.restoreHome(true));
    const qint64 made = house.mend().added;
    QVERIFY(made > 0);
    house.clock.advance(3'600'000);
    house.logIn();
    QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-105900.jpg"), "sent again"));
    QVERIFY(waitFor(house.writer->addCamera(QStringLiteral("Porch"), account)));
    const EventId event = itemNamed(house, QStringLiteral("093000")).event;
    QVERIFY(waitFor(house.writer->setReviewed(event, true)));
    QVERIFY(waitFor(house.writer->setReviewed(event, false)));
    QVERIFY(house.backup.marks().run(made, [] { return true; }));
    QVERIFY(house.backup.marksAreBack(made));
    const auto state = house.state();
    QCOMPARE(state.reviewed.size(), 1);
    for (const catalog::SnapshotCamera &camera : state.cameras)
        QVERIFY2(!camera.removed, qPrintable(camera.name));
}

// Of the journal: what the others say is learned.
void StateReturnTest::anUnreadableMonthIsPassedOver()
{
    auto disk = savedDisk(database());
    House house(std::move(disk), database("new.db"));
    const QString month = kRoot + QStringLiteral("/journal/2020-01-1.jsonl");
    QVERIFY(house.files->makeFolder(month));
    QVERIFY(!house.files->read(month, 0, 1));
    QVERIFY(house.start());
    QCOMPARE(house.items().size(), 5);
    QVERIFY(house.state().lastRemoval > 0);
}

// Not because the archive is away: a person may say that deletion goes on. The copy is not written over.
void StateReturnTest::aRestoreThatFailsIsNotWaitedForForever()
{
    auto disk = savedDisk(database());
    House house(std::move(disk), database("new.db"));
    const QByteArray copy = house.copy();
    QVERIFY(house.backup.restoreHome(true));
    QVERIFY(!waitFor(house.backup.confirm()));
    house.backup.restoreFailed();
    QVERIFY(house.backup.isHeld());
    QVERIFY(waitFor(house.backup.confirm()));
    QVERIFY(!house.backup.isHeld());
    QVERIFY(!house.save());
    QCOMPARE(house.copy(), copy);
    // And then it goes well after all.
    QVERIFY(house.restoreMarks());
    QVERIFY(!house.backup.isHeld());
    QVERIFY(house.save());
    QCOMPARE(house.items().size(), 5);
}

GATEHOUSE_TEST(StateReturnTest)
#include "state_return_test.moc"
