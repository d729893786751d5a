// A rebuild that was killed goes on at the next start until it is whole.
#include "archive/layout.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/ftp_entries.h"
#include "catalog/operations/meta.h"
#include "catalog/operations/review.h"
#include "catalog/operations/state_restore.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class RebuildTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void resumesAfterAKill();
    void resumesAfterAStop();
    void retriesFailedFiles();
    void ignoresFilesStillArriving();
    void findsFilesFromBeforeTheClockWasSet();
    void keepsProtectionOfResentItems();
    void openSessionsSeeRebuiltFiles();
    void camerasSeeRecentFiles_data();
    void camerasSeeRecentFiles();

private:
    // An archive whose catalog is lost: so many stills of an hour.
    static std::unique_ptr<CrashFileSystem> lostCatalog(const QTemporaryDir &folder, int stills);
};

namespace
{

bool goOn()
{
    return true;
}

QString metaOf(const Receiver &fixture)
{
    return fixture.writer->submit(catalog::ReadMeta{QString::fromLatin1(catalog::kRebuildKey)})
        .result()
        .value_or(QString());
}

QString stillNamed(int number)
{
    return QStringLiteral("/gate/snap/MDAlarm_20260612-09%1%2.jpg")
        .arg(number / 60, 2, 10, QLatin1Char('0'))
        .arg(number % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

std::unique_ptr<CrashFileSystem> RebuildTest::lostCatalog(const QTemporaryDir &folder, int stills)
{
    Receiver fixture(std::make_unique<CrashFileSystem>(std::make_shared<Power>()),
                     folder.filePath(QStringLiteral("catalog.db")), nullptr);
    fixture.logIn();
    for (int i = 0; i < stills; ++i) {
        fixture.clock.advance(1'000);
        if (!fixture.upload(stillNamed(i), QByteArray::number(i)))
            qFatal("an upload was refused");
    }
    return fixture.files->afterCrash(CrashFileSystem::Survives::OnlySynced, 1, std::make_shared<Power>());
}

void RebuildTest::resumesAfterAKill()
{
    constexpr int days = 6;
    const QTemporaryDir folder;
    catalog::Item newest;
    std::unique_ptr<CrashFileSystem> disk;
    {
        Receiver fixture(std::make_unique<CrashFileSystem>(std::make_shared<Power>()),
                         folder.filePath(QStringLiteral("catalog.db")), nullptr);
        fixture.logIn();
        for (int day = 0; day < days; ++day) {
            for (int i = 0; i < 3; ++i) {
                fixture.clock.advance(1'000);
                QVERIFY(fixture.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-1000%1%2.jpg")
                                           .arg(QString::number(day), QString::number(i)),
                                       QByteArray::number(10 * day + i)));
            }
            fixture.clock.advance(86'400'000);
        }
        QCOMPARE(fixture.items().size(), 3 * days);
        const auto items = fixture.items();
        newest = *std::max_element(items.begin(), items.end(),
                                   [](const auto &a, const auto &b) { return a.id < b.id; });
        disk = fixture.files->afterCrash(CrashFileSystem::Survives::OnlySynced, 1, std::make_shared<Power>());
    }
    Receiver fixture(std::move(disk), folder.filePath(QStringLiteral("new.db")), nullptr);
    const auto start = [&fixture] {
        return std::make_unique<Repair>(*fixture.writer, *fixture.archive, *fixture.files, fixture.path,
                                        fixture.matcher);
    };
    // Killed when only the newest had its row; before that it had written down from when on it looks.
    QVERIFY(fixture.writer
                ->submit(catalog::SetMeta{QString::fromLatin1(catalog::kRebuildKey), QStringLiteral("0")})
                .result());
    fixture.logIn();
    catalog::NewItem first;
    first.id = newest.id;
    first.account = fixture.account();
    first.kind = newest.kind;
    first.received = newest.received;
    first.bytes = newest.bytes;
    first.sha256 = newest.sha256;
    first.archive = fixture.archive->id();
    first.relativePath = newest.path.mid(kRoot.size() + 1);
    first.sourcePath = newest.sourcePath;
    QVERIFY(fixture.writer->submit(catalog::AddItem{first}).result());
    const auto next = start();
    QVERIFY(next->lookAtStart());
    QVERIFY(next->newestAtStart() > 0);
    const auto report = next->repairNewest(goOn);
    QVERIFY(report);
    QCOMPARE(report->added, 3 * days - 1);
    QCOMPARE(fixture.items().size(), 3 * days);
    // And is whole then: the next start looks at the newest only.
    const auto last = start();
    QVERIFY(last->lookAtStart());
    const auto again = last->repairNewest(goOn);
    QVERIFY(again);
    QVERIFY2(again->looked < 3 * days, qPrintable(QString::number(again->looked)));
    QCOMPARE(brokenInvariants(fixture.path), QStringList());
}

void RebuildTest::resumesAfterAStop()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 20), folder.filePath(QStringLiteral("new.db")), nullptr);
    fixture.clock.advance(3'600'000);
    {
        Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
        QVERIFY(repair.lookAtStart());
        QCOMPARE(metaOf(fixture), QStringLiteral("0")); // before the first row of a new upload
        fixture.logIn();
        QVERIFY(fixture.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-110000.jpg"), "new"));
        int asked = 0;
        const auto stopped = repair.repairNewest([&asked] { return ++asked < 10; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY(fixture.items().size() < 21);
        QCOMPARE(repair.looked(), -1);
    }
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    QVERIFY(repair.newestAtStart() >= kTenOClock + 3'600'000);
    QVERIFY(repair.repairNewest(goOn));
    QCOMPARE(fixture.items().size(), 21);
    QCOMPARE(metaOf(fixture), QString());
    // A look at everything that found something, too.
    fixture.put(QStringLiteral("nvr gate/2026-06-12/000007-9-MDAlarm_20260612-000000.jpg"), "found");
    QVERIFY(!repair.repairAll([&fixture] { return metaOf(fixture).isEmpty(); }));
    QCOMPARE(metaOf(fixture), QStringLiteral("0"));
    QCOMPARE(brokenInvariants(fixture.path), QStringList());
}

void RebuildTest::retriesFailedFiles()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 6), folder.filePath(QStringLiteral("new.db")), nullptr);
    // Without its line in the journal a file is read, and this one cannot be.
    for (const QString &file : fixture.filesBelow(QStringLiteral("/journal")))
        QVERIFY(fixture.files->remove(kRoot + file));
    HookedFileSystem broken(*fixture.files);
    broken.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("read") && path.contains(QLatin1String("MDAlarm_20260612-090003")))
            return fail(ErrorKind::Internal, QStringLiteral("A sector is broken."));
        return {};
    });
    Repair first(*fixture.writer, *fixture.archive, broken, fixture.path, fixture.matcher);
    QVERIFY(first.lookAtStart());
    const auto report = first.repairNewest(goOn);
    QVERIFY(report);
    QCOMPARE(report->failed, 1);
    QCOMPARE(report->added, 5);
    QCOMPARE(first.found(), 6);
    QCOMPARE(metaOf(fixture), QStringLiteral("0"));
    const auto all = first.repairAll(goOn);
    QVERIFY(all);
    QCOMPARE(all->failed, 1);
    QCOMPARE(all->added, 5); // of both
    QCOMPARE(metaOf(fixture), QStringLiteral("0"));
    Repair next(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(next.lookAtStart());
    QVERIFY(next.repairNewest(goOn));
    QCOMPARE(fixture.items().size(), 6);
    QCOMPARE(metaOf(fixture), QString());
}

// Its row is just being written.
void RebuildTest::ignoresFilesStillArriving()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 3), folder.filePath(QStringLiteral("new.db")), nullptr);
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    const auto arriving = [&fixture] {
        return QStringLiteral("nvr gate/2026-06-12/100007-%1-MDAlarm_20260612-095930.jpg")
            .arg(fixture.writer->ids().next().value);
    };
    fixture.put(arriving(), "before");
    QVERIFY(repair.repairNewest(goOn));
    QCOMPARE(fixture.items().size(), 3);
    // And with a clock that is behind all the files.
    fixture.clock.advance(-30 * qint64(86'400'000));
    const QString late = arriving();
    fixture.put(late, "after");
    QVERIFY(repair.repairAll(goOn));
    QCOMPARE(fixture.items().size(), 3);
    QVERIFY(fixture.files->stat(kRoot + QLatin1Char('/') + late));
}

// A PC without a battery: the first upload comes in 1970, the next when a time server was asked.
void RebuildTest::findsFilesFromBeforeTheClockWasSet()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 20), folder.filePath(QStringLiteral("new.db")), nullptr);
    ItemId highest;
    for (const QString &file : fixture.filesBelow(QStringLiteral("/nvr gate")))
        highest = std::max(highest, archive::parseArchivedPath(file.mid(1))->item);
    fixture.clock.jump(3'600'000 - kTenOClock);
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    QCOMPARE(repair.newestArrival() / 1'000, kTenOClock / 1'000 + 20);
    fixture.logIn();
    QVERIFY(fixture.upload(stillNamed(50), "in 1970"));
    QCOMPARE(fixture.items().size(), 1);
    QVERIFY(fixture.items().first().id > highest);
    fixture.clock.jump(kTenOClock);
    QVERIFY(fixture.upload(stillNamed(51), "now"));
    QVERIFY(repair.repairNewest(goOn));
    QCOMPARE(fixture.items().size(), 22);
    QCOMPARE(metaOf(fixture), QString());
    QCOMPARE(brokenInvariants(fixture.path), QStringList());
}

void RebuildTest::keepsProtectionOfResentItems()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 3), folder.filePath(QStringLiteral("new.db")), nullptr);
    fixture.clock.advance(3'600'000);
    catalog::StateSnapshot state;
    for (const QString &file : fixture.filesBelow(QStringLiteral("/nvr gate"))) {
        if (!file.contains(QLatin1String("090002")))
            state.protectedItems.append(archive::parseArchivedPath(file.mid(1))->item);
    }
    QCOMPARE(state.protectedItems.size(), 2);
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    QVERIFY(fixture.writer->submit(catalog::RestoreHome{state}).result());
    fixture.logIn();
    QVERIFY(fixture.upload(stillNamed(1), "1"));
    QVERIFY(repair.repairNewest(goOn));
    const auto items = fixture.items();
    QCOMPARE(items.size(), 3);
    for (const catalog::Item &item : items)
        QCOMPARE(item.isProtected, item.sourcePath != stillNamed(2));
    // Nobody waits until a duplicate has left the disk.
    QTRY_COMPARE_WITH_TIMEOUT(fixture.filesBelow(QStringLiteral("/nvr gate")).size(), 3, 30'000);
    // A person's word counts from then on.
    for (const catalog::Item &item : items)
        QVERIFY(fixture.writer->submit(catalog::SetProtected{item.id, false}).result());
    QVERIFY(repair.repairAll(goOn));
    for (const catalog::Item &item : fixture.items())
        QVERIFY(!item.isProtected);
}

// A session that was open before its old files had their rows goes on with them; but what it has deleted or
// renamed meanwhile stays away.
void RebuildTest::openSessionsSeeRebuiltFiles()
{
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 4), folder.filePath(QStringLiteral("new.db")), nullptr);
    fixture.clock.advance(3'600'000);
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    fixture.logIn();
    const auto isSeen = [&fixture](int still) {
        return fixture.backend->stat(fixture.account(), stillNamed(still)).has_value();
    };
    QVERIFY(fixture.upload(stillNamed(1), "other bytes"));
    QVERIFY(fixture.upload(stillNamed(2), "sent anew"));
    QVERIFY(fixture.upload(stillNamed(3), "sent anew, too"));
    QVERIFY(fixture.backend->remove(fixture.account(), stillNamed(2)).result());
    const auto renamed = fixture.backend->rename(fixture.account(), stillNamed(3), stillNamed(59));
    QTRY_VERIFY_WITH_TIMEOUT(renamed.isFinished(), kPatience);
    QVERIFY(renamed.result());
    QVERIFY(!isSeen(0));
    QVERIFY(repair.repairNewest(goOn));
    fixture.backend->takeInLateRows();
    QTRY_VERIFY_WITH_TIMEOUT(isSeen(0), kPatience);
    QCOMPARE(fixture.backend->stat(fixture.account(), stillNamed(1))->bytes, qint64(11));
    QVERIFY(!isSeen(2));
    QVERIFY(!isSeen(3));
    QVERIFY(isSeen(59));
    const auto tree = fixture.writer->submit(catalog::ReadFtpEntries{fixture.account()}).result();
    for (const catalog::FtpEntry &entry : *tree)
        QVERIFY2(entry.path != stillNamed(2) && entry.path != stillNamed(3), qPrintable(entry.path));
}

void RebuildTest::camerasSeeRecentFiles_data()
{
    QTest::addColumn<int>("hours");
    QTest::addColumn<QStringList>("seen");
    QTest::newRow("soon") << 1 << QStringList{stillNamed(0), stillNamed(1)};
    QTest::newRow("days later") << 50 << QStringList{stillNamed(1)};
}

// What a camera has sent since then under a name goes first.
void RebuildTest::camerasSeeRecentFiles()
{
    QFETCH(int, hours);
    QFETCH(QStringList, seen);
    const QTemporaryDir folder;
    Receiver fixture(lostCatalog(folder, 2), folder.filePath(QStringLiteral("new.db")), nullptr);
    fixture.clock.advance(hours * qint64(3'600'000));
    Repair repair(*fixture.writer, *fixture.archive, *fixture.files, fixture.path, fixture.matcher);
    QVERIFY(repair.lookAtStart());
    fixture.logIn();
    QVERIFY(fixture.upload(stillNamed(1), "other bytes"));
    QVERIFY(repair.repairNewest(goOn));
    QCOMPARE(fixture.items().size(), 3);
    const auto tree = fixture.writer->submit(catalog::ReadFtpEntries{fixture.account()}).result();
    QVERIFY(tree);
    QStringList paths;
    for (const catalog::FtpEntry &entry : *tree) {
        if (entry.isFolder)
            continue;
        paths.append(entry.path);
        QVERIFY(entry.path != stillNamed(1) || entry.bytes == 11);
    }
    QCOMPARE(paths, seen);
}

GATEHOUSE_TEST(RebuildTest)
#include "rebuild_test.moc"
