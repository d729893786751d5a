// A rebuild that was killed goes on at the next start until it is whole.
#include "archive/layout.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
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
    void whatWasKilledGoesOn();
    void whatIsStoppedGoesOn();
    void whatFailedIsTriedAgain();
    void whatArrivesIsLeftAlone();
    void aClockThatIsSetHidesNothing();
    void whatWasSentAgainKeepsItsProtection();
    void whoLoggedInBeforeSeesItToo();
    void camerasSeeWhatIsRecent_data();
    void camerasSeeWhatIsRecent();

private:
    // A house whose catalog is lost: its disk with so many stills of an hour.
    static std::unique_ptr<CrashFiles> lostCatalog(const QTemporaryDir &folder, int stills);
};

namespace
{

bool goOn()
{
    return true;
}

QString memoOf(const Receiver &house)
{
    return house.writer->memo(QString::fromLatin1(catalog::Writer::kRebuildKey)).result().value_or(QString());
}

QString stillNamed(int number)
{
    return QStringLiteral("/gate/snap/MDAlarm_20260612-09%1%2.jpg")
        .arg(number / 60, 2, 10, QLatin1Char('0'))
        .arg(number % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

std::unique_ptr<CrashFiles> RebuildTest::lostCatalog(const QTemporaryDir &folder, int stills)
{
    Receiver house(std::make_unique<CrashFiles>(std::make_shared<Power>()),
                   folder.filePath(QStringLiteral("catalog.db")), nullptr);
    house.logIn();
    for (int i = 0; i < stills; ++i) {
        house.clock.advance(1'000);
        if (!house.upload(stillNamed(i), QByteArray::number(i)))
            qFatal("an upload was refused");
    }
    return house.files->afterCrash(CrashFiles::Survives::OnlySynced, 1, std::make_shared<Power>());
}

void RebuildTest::whatWasKilledGoesOn()
{
    constexpr int days = 6;
    const QTemporaryDir folder;
    catalog::Item newest;
    std::unique_ptr<CrashFiles> disk;
    {
        Receiver house(std::make_unique<CrashFiles>(std::make_shared<Power>()),
                       folder.filePath(QStringLiteral("catalog.db")), nullptr);
        house.logIn();
        for (int day = 0; day < days; ++day) {
            for (int i = 0; i < 3; ++i) {
                house.clock.advance(1'000);
                QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-1000%1%2.jpg")
                                         .arg(QString::number(day), QString::number(i)),
                                     QByteArray::number(10 * day + i)));
            }
            house.clock.advance(86'400'000);
        }
        QCOMPARE(house.items().size(), 3 * days);
        const auto items = house.items();
        newest = *std::max_element(items.begin(), items.end(),
                                   [](const auto &a, const auto &b) { return a.id < b.id; });
        disk = house.files->afterCrash(CrashFiles::Survives::OnlySynced, 1, std::make_shared<Power>());
    }
    Receiver house(std::move(disk), folder.filePath(QStringLiteral("new.db")), nullptr);
    const auto start = [&house] {
        return std::make_unique<Mender>(*house.writer, *house.archive, *house.files, house.path,
                                        house.matcher);
    };
    // Killed when only the newest had its row; before that it had written down from when on it looks.
    QVERIFY(house.writer->setMemo(QString::fromLatin1(catalog::Writer::kRebuildKey), QStringLiteral("0"))
                .result());
    house.logIn();
    catalog::NewItem first;
    first.id = newest.id;
    first.account = house.account();
    first.kind = newest.kind;
    first.received = newest.received;
    first.bytes = newest.bytes;
    first.sha256 = newest.sha256;
    first.archive = house.archive->id();
    first.relativePath = newest.path.mid(kRoot.size() + 1);
    first.sourcePath = newest.sourcePath;
    QVERIFY(house.writer->addItem(first).result());
    const auto next = start();
    QVERIFY(next->lookAtStart());
    QVERIFY(next->newestAtStart() > 0);
    const auto mended = next->mendNewest(goOn);
    QVERIFY(mended);
    QCOMPARE(mended->added, 3 * days - 1);
    QCOMPARE(house.items().size(), 3 * days);
    // And is whole then: the next start looks at the newest only.
    const auto last = start();
    QVERIFY(last->lookAtStart());
    const auto again = last->mendNewest(goOn);
    QVERIFY(again);
    QVERIFY2(again->looked < 3 * days, qPrintable(QString::number(again->looked)));
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

void RebuildTest::whatIsStoppedGoesOn()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 20), folder.filePath(QStringLiteral("new.db")), nullptr);
    house.clock.advance(3'600'000);
    {
        Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
        QVERIFY(mender.lookAtStart());
        QCOMPARE(memoOf(house), QStringLiteral("0")); // before the first row of a new upload
        house.logIn();
        QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-110000.jpg"), "new"));
        int asked = 0;
        const auto stopped = mender.mendNewest([&asked] { return ++asked < 10; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY(house.items().size() < 21);
        QCOMPARE(mender.looked(), -1);
    }
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    QVERIFY(mender.newestAtStart() >= kTenOClock + 3'600'000);
    QVERIFY(mender.mendNewest(goOn));
    QCOMPARE(house.items().size(), 21);
    QCOMPARE(memoOf(house), QString());
    // A look at everything that found something, too.
    house.put(QStringLiteral("nvr gate/2026-06-12/000007-9-MDAlarm_20260612-000000.jpg"), "found");
    QVERIFY(!mender.mendAll([&house] { return memoOf(house).isEmpty(); }));
    QCOMPARE(memoOf(house), QStringLiteral("0"));
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

void RebuildTest::whatFailedIsTriedAgain()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 6), folder.filePath(QStringLiteral("new.db")), nullptr);
    // Without its line in the journal a file is read, and this one cannot be.
    for (const QString &file : house.filesBelow(QStringLiteral("/journal")))
        QVERIFY(house.files->remove(kRoot + file));
    HookedFiles broken(*house.files);
    broken.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("read") && path.contains(QLatin1String("MDAlarm_20260612-090003")))
            return fail(ErrorKind::Internal, QStringLiteral("A sector is broken."));
        return {};
    });
    Mender first(*house.writer, *house.archive, broken, house.path, house.matcher);
    QVERIFY(first.lookAtStart());
    const auto mended = first.mendNewest(goOn);
    QVERIFY(mended);
    QCOMPARE(mended->failed, 1);
    QCOMPARE(mended->added, 5);
    QCOMPARE(first.found(), 6);
    QCOMPARE(memoOf(house), QStringLiteral("0"));
    const auto all = first.mendAll(goOn);
    QVERIFY(all);
    QCOMPARE(all->failed, 1);
    QCOMPARE(all->added, 5); // of both
    QCOMPARE(memoOf(house), QStringLiteral("0"));
    Mender next(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(next.lookAtStart());
    QVERIFY(next.mendNewest(goOn));
    QCOMPARE(house.items().size(), 6);
    QCOMPARE(memoOf(house), QString());
}

// Its row is just being written.
void RebuildTest::whatArrivesIsLeftAlone()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 3), folder.filePath(QStringLiteral("new.db")), nullptr);
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    const auto arriving = [&house] {
        return QStringLiteral("nvr gate/2026-06-12/100007-%1-MDAlarm_20260612-095930.jpg")
            .arg(house.writer->nextItemId().value);
    };
    house.put(arriving(), "before");
    QVERIFY(mender.mendNewest(goOn));
    QCOMPARE(house.items().size(), 3);
    // And with a clock that is behind all the files.
    house.clock.advance(-30 * qint64(86'400'000));
    const QString late = arriving();
    house.put(late, "after");
    QVERIFY(mender.mendAll(goOn));
    QCOMPARE(house.items().size(), 3);
    QVERIFY(house.files->stat(kRoot + QLatin1Char('/') + late));
}

// A PC without a battery: the first upload comes in 1970, the next when a time server was asked.
void RebuildTest::aClockThatIsSetHidesNothing()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 20), folder.filePath(QStringLiteral("new.db")), nullptr);
    ItemId highest;
    for (const QString &file : house.filesBelow(QStringLiteral("/nvr gate")))
        highest = std::max(highest, archive::meaningOfPath(file.mid(1))->item);
    house.clock.jump(3'600'000 - kTenOClock);
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    QCOMPARE(mender.newestArrival() / 1'000, kTenOClock / 1'000 + 20);
    house.logIn();
    QVERIFY(house.upload(stillNamed(50), "in 1970"));
    QCOMPARE(house.items().size(), 1);
    QVERIFY(house.items().first().id > highest);
    house.clock.jump(kTenOClock);
    QVERIFY(house.upload(stillNamed(51), "now"));
    QVERIFY(mender.mendNewest(goOn));
    QCOMPARE(house.items().size(), 22);
    QCOMPARE(memoOf(house), QString());
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

void RebuildTest::whatWasSentAgainKeepsItsProtection()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 3), folder.filePath(QStringLiteral("new.db")), nullptr);
    house.clock.advance(3'600'000);
    catalog::StateSnapshot state;
    for (const QString &file : house.filesBelow(QStringLiteral("/nvr gate"))) {
        if (!file.contains(QLatin1String("090002")))
            state.protectedItems.append(archive::meaningOfPath(file.mid(1))->item);
    }
    QCOMPARE(state.protectedItems.size(), 2);
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    QVERIFY(house.writer->restoreHome(state).result());
    house.logIn();
    QVERIFY(house.upload(stillNamed(1), "1"));
    QVERIFY(mender.mendNewest(goOn));
    const auto items = house.items();
    QCOMPARE(items.size(), 3);
    for (const catalog::Item &item : items)
        QCOMPARE(item.isProtected, item.sourcePath != stillNamed(2));
    QCOMPARE(house.filesBelow(QStringLiteral("/nvr gate")).size(), 3);
    // A person's word counts from then on.
    for (const catalog::Item &item : items)
        QVERIFY(house.writer->setProtected(item.id, false).result());
    QVERIFY(mender.mendAll(goOn));
    for (const catalog::Item &item : house.items())
        QVERIFY(!item.isProtected);
}

// A session that was open before its old files had their rows goes on with them; but what it has deleted or
// renamed meanwhile stays away.
void RebuildTest::whoLoggedInBeforeSeesItToo()
{
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 4), folder.filePath(QStringLiteral("new.db")), nullptr);
    house.clock.advance(3'600'000);
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    house.logIn();
    const auto isSeen = [&house](int still) {
        return house.backend->stat(house.account(), stillNamed(still)).has_value();
    };
    QVERIFY(house.upload(stillNamed(1), "other bytes"));
    QVERIFY(house.upload(stillNamed(2), "sent anew"));
    QVERIFY(house.upload(stillNamed(3), "sent anew, too"));
    QVERIFY(house.backend->remove(house.account(), stillNamed(2)).result());
    const auto renamed = house.backend->rename(house.account(), stillNamed(3), stillNamed(59));
    QTRY_VERIFY(renamed.isFinished());
    QVERIFY(renamed.result());
    QVERIFY(!isSeen(0));
    QVERIFY(mender.mendNewest(goOn));
    house.backend->takeInLateRows();
    QTRY_VERIFY(isSeen(0));
    QCOMPARE(house.backend->stat(house.account(), stillNamed(1))->bytes, qint64(11));
    QVERIFY(!isSeen(2));
    QVERIFY(!isSeen(3));
    QVERIFY(isSeen(59));
    const auto view = house.writer->viewOf(house.account()).result();
    for (const catalog::ViewEntry &entry : *view)
        QVERIFY2(entry.path != stillNamed(2) && entry.path != stillNamed(3), qPrintable(entry.path));
}

void RebuildTest::camerasSeeWhatIsRecent_data()
{
    QTest::addColumn<int>("hours");
    QTest::addColumn<QStringList>("seen");
    QTest::newRow("soon") << 1 << QStringList{stillNamed(0), stillNamed(1)};
    QTest::newRow("days later") << 50 << QStringList{stillNamed(1)};
}

// What a camera has sent since then under a name goes first.
void RebuildTest::camerasSeeWhatIsRecent()
{
    QFETCH(int, hours);
    QFETCH(QStringList, seen);
    const QTemporaryDir folder;
    Receiver house(lostCatalog(folder, 2), folder.filePath(QStringLiteral("new.db")), nullptr);
    house.clock.advance(hours * qint64(3'600'000));
    Mender mender(*house.writer, *house.archive, *house.files, house.path, house.matcher);
    QVERIFY(mender.lookAtStart());
    house.logIn();
    QVERIFY(house.upload(stillNamed(1), "other bytes"));
    QVERIFY(mender.mendNewest(goOn));
    QCOMPARE(house.items().size(), 3);
    const auto view = house.writer->viewOf(house.account()).result();
    QVERIFY(view);
    QStringList paths;
    for (const catalog::ViewEntry &entry : *view) {
        if (entry.isFolder)
            continue;
        paths.append(entry.path);
        QVERIFY(entry.path != stillNamed(1) || entry.bytes == 11);
    }
    QCOMPARE(paths, seen);
}

GATEHOUSE_TEST(RebuildTest)
#include "rebuild_test.moc"
