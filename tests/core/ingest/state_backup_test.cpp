// What only the catalog knows (log-ins, names, merges, protection, review, why things went) lies beside the
// files too: a new or an older catalog gets it back, and deletes nothing before a person has confirmed.
#include "ingest/state_backup.h"

#include "archive/state_file.h"
#include "ingest/keeper.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

const QString copies[] = {root + QStringLiteral("/journal/state.1.json"),
                          root + QStringLiteral("/journal/state.2.json")};
constexpr qint64 dayMs = 86'400'000;

template<typename T>
T waitFor(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        qFatal("the future was not resolved");
    return future.result();
}

// An engine's catalog and archive as they start, without its sockets.
struct House : Receiver {
    House(std::unique_ptr<CrashFiles> disk, const QString &database)
        : Receiver(std::move(disk), database, nullptr), readers(database),
          backup(*writer, readers, *archive, *files, database, matcher)
    {
    }

    Result<void> start()
    {
        const qint64 newest = (*catalog::FileList::open(path))->newestArrival().value_or(0);
        if (auto home = backup.restoreHome(newest == 0); !home)
            return home;
        return backup.restoreMarks(mend().added);
    }
    Result<void> save() { return waitFor(backup.save()); }
    [[nodiscard]] catalog::StateSnapshot state()
    {
        auto out = waitFor(readers.ask([](catalog::Reader &reader) { return reader.state(); })).value();
        out.revision = 0; // rises with every copy
        return out;
    }
    [[nodiscard]] QByteArray stateText() { return catalog::toJson(state()); }
    // Both, as they lie there.
    [[nodiscard]] QByteArray copy() const
    {
        QByteArray out;
        for (const QString &file : copies)
            out += files->read(file, 0, 1 << 20).value_or(QByteArray());
        return out;
    }
    void damage(const QString &file) const
    {
        QByteArray bytes = files->read(file, 0, 1 << 20).value();
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(files->remove(file));
        const auto fd = files->create(file);
        QVERIFY(files->write(*fd, bytes) && files->sync(*fd));
        files->close(*fd);
        QVERIFY(files->syncFolder(root + QStringLiteral("/journal")));
    }
    // What the power cut of a lost catalog leaves: the files.
    [[nodiscard]] std::unique_ptr<CrashFiles> disk() const
    {
        return files->afterCrash(CrashFiles::Survives::OnlySynced, 1, std::make_shared<Power>());
    }

    catalog::ReaderPool readers;
    StateBackup backup;
};

std::unique_ptr<CrashFiles> emptyDisk()
{
    return std::make_unique<CrashFiles>(std::make_shared<Power>());
}

catalog::Item itemNamed(const House &house, const QString &part)
{
    const auto items = house.items();
    for (const catalog::Item &item : items) {
        if (item.sourcePath.contains(part))
            return item;
    }
    qFatal("no such item");
}

} // namespace

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
    void protectionWaitsForItsRow();
    void aPasswordSetMeanwhileStays();

private:
    [[nodiscard]] QString database(const char *name = "catalog.db") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    // Three cameras of one recorder with all that a person may have decided of them.
    void live(House &house);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void StateBackupTest::live(House &house)
{
    QVERIFY(house.start());
    house.logIn();
    for (const char *path :
         {"/gate/snap/MDAlarm_20260612-095900.jpg", "/shed/snap/MDAlarm_20260612-095930.jpg",
          "/attic/snap/MDAlarm_20260612-095940.jpg", "/gate/snap/MDAlarm_20260612-093000.jpg",
          "/gate/snap/MDAlarm_20260612-093010.jpg", "/gate/snap/MDAlarm_20260612-090000.jpg"}) {
        house.clock.advance(2'000);
        QVERIFY(house.upload(QString::fromLatin1(path), path));
    }
    const auto gate = itemNamed(house, QStringLiteral("093000"));
    const auto shed = itemNamed(house, QStringLiteral("shed"));
    const auto attic = itemNamed(house, QStringLiteral("attic"));
    QVERIFY(gate.camera != shed.camera && shed.camera != attic.camera);
    QVERIFY(waitFor(house.writer->setCameraZone(gate.camera, "Asia/Tokyo")));
    QVERIFY(waitFor(house.writer->renameCamera(gate.camera, QStringLiteral("Front gate"))));
    QVERIFY(waitFor(house.writer->mergeCameras(attic.camera, shed.camera)));
    QVERIFY(waitFor(house.writer->renameCamera(shed.camera, QStringLiteral("attic"))));
    QVERIFY(waitFor(house.writer->setCameraOffset(shed.camera, 3'600'000, true)));
    QVERIFY(waitFor(house.writer->setProtected(shed.id, true)));
    QVERIFY(waitFor(house.writer->setReviewed(itemNamed(house, QStringLiteral("093000")).event, true)));
    const ItemId gone = itemNamed(house, QStringLiteral("090000")).id;
    QVERIFY(waitFor(house.writer->removeItems({{gone}, QStringLiteral("Deleted by hand")})));
    house.collectGarbage();
}

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
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    house.clock.advance(100 * dayMs);
    GarbageCollector garbage(*house.writer, *house.archive);
    ClockWatch clock(*house.writer, house.clock);
    Keeper keeper(*house.writer, *house.archive, garbage, clock);
    keeper.setRules(archive::RetentionRules{60, 0});
    QObject::connect(&house.backup, &StateBackup::holdChanged, &keeper, &Keeper::setHeld);
    keeper.look();                             // before the state is back
    QVERIFY(!waitFor(house.backup.confirm())); // there is nothing to confirm yet
    QVERIFY(house.start());
    QVERIFY(clock.start(house.clock.now())); // the clock is not what is doubted here
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
        for (const QString &file : copies)
            house.damage(file);
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    const QByteArray damaged = house.copy();
    const auto started = house.start();
    QVERIFY(!started && started.error().kind == ErrorKind::Corrupt);
    QVERIFY(house.backup.restoreMarks(house.mend().added)); // as the engine goes on
    QVERIFY(house.backup.isHeld());
    QVERIFY(!house.save());
    QCOMPARE(house.copy(), damaged);
    // Somebody says that what the catalog has is right.
    QVERIFY(waitFor(house.backup.confirm()));
    QVERIFY(house.save());
    QVERIFY(!house.backup.isHeld());
    const auto written = archive::readStateFile(*house.files, root).and_then(catalog::stateFromJson);
    QVERIFY(written && written->cameras.size() == house.state().cameras.size());
}

void StateBackupTest::theOtherCopyHelps()
{
    for (const QString &damaged : copies) {
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

// A file that could not be read when the catalog was made anew.
void StateBackupTest::protectionWaitsForItsRow()
{
    std::unique_ptr<CrashFiles> disk;
    QString relativePath;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        relativePath = itemNamed(house, QStringLiteral("shed")).path.mid(root.size() + 1);
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    const QString path = root + QLatin1Char('/') + relativePath;
    const QByteArray bytes = house.files->read(path, 0, 1 << 20).value();
    QVERIFY(house.files->remove(path));
    QVERIFY(house.start());
    QVERIFY(house.save());
    QCOMPARE(house.items().size(), 4);
    QCOMPARE(house.state().protectedItems.size(), 1);
    house.put(relativePath, bytes);
    Mender repair(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(repair.mendAll(0, {}));
    QVERIFY(itemNamed(house, QStringLiteral("shed")).isProtected);
}

void StateBackupTest::aPasswordSetMeanwhileStays()
{
    std::unique_ptr<CrashFiles> disk;
    {
        House house(emptyDisk(), database());
        live(house);
        QVERIFY(house.save());
        disk = house.disk();
    }
    House house(std::move(disk), database("new.db"));
    catalog::Account account;
    account.user = nvr;
    account.salt = "a new salt";
    account.hash = "a new hash";
    QVERIFY(waitFor(house.writer->addCamera(QStringLiteral("Recorder"), account)));
    house.backup.keepSecretOf(nvr);
    QVERIFY(house.start());
    QCOMPARE(waitFor(house.writer->account(nvr))->hash, account.hash);
}

GATEHOUSE_TEST(StateBackupTest)
#include "state_backup_test.moc"
