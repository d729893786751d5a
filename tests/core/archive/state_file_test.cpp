// The copy of the catalog's state: after a power cut at any step, the one before or the new one is there.
#include "archive/state_file.h"

#include "archive_fixture.h"
#include "fakes/crash_file_system.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;

class StateFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void powerCutLeavesTheOldOrTheNewCopy();
    void reportsADamagedCopy_data();
    void reportsADamagedCopy();
    void doesNotWriteToAForeignDisk();
};

namespace
{

const QString kDiskRoot = QStringLiteral("/disk/archive");
const QByteArray kBefore = "{\"revision\":1}";
const QByteArray kAfter = "{\"revision\":2,\"more\":true}";

QString makeArchive(FileSystem &files)
{
    const SystemClock clock;
    const auto archive = Archive::open({kDiskRoot, 1}, files, clock, true);
    return archive ? (*archive)->id() : QString();
}

} // namespace

void StateFileTest::powerCutLeavesTheOldOrTheNewCopy()
{
    int cuts = 0;
    int old = 0;
    int fresh = 0;
    for (bool isDone = false; !isDone; ++cuts) {
        const auto power = std::make_shared<Power>();
        CrashFileSystem files(power);
        const QString id = makeArchive(files);
        QVERIFY(archive::writeStateFile(files, kDiskRoot, id, kBefore));
        power->cutAfter(cuts);
        isDone = bool(archive::writeStateFile(files, kDiskRoot, id, kAfter));
        for (const auto survives :
             {CrashFileSystem::Survives::OnlySynced, CrashFileSystem::Survives::Names,
              CrashFileSystem::Survives::Contents, CrashFileSystem::Survives::Everything,
              CrashFileSystem::Survives::AnyMixture}) {
            for (quint32 seed = 1; seed <= 20; ++seed) {
                const auto found = files.afterCrash(survives, seed, std::make_shared<Power>());
                const auto state = archive::readStateFile(*found, kDiskRoot);
                if (!state)
                    QFAIL(qPrintable(QStringLiteral("cut after %1 steps: %2")
                                         .arg(QString::number(cuts), state.error().text)));
                QVERIFY(*state == kBefore || *state == kAfter);
                QVERIFY(!isDone || *state == kAfter); // promised
                (*state == kBefore ? old : fresh) += 1;
                // And the next one can be written.
                QVERIFY(archive::writeStateFile(*found, kDiskRoot, id, kBefore));
                QCOMPARE(archive::readStateFile(*found, kDiskRoot).value(), kBefore);
            }
        }
    }
    QVERIFY(cuts > 5);
    QVERIFY(old > 0 && fresh > 0);
}

void StateFileTest::reportsADamagedCopy_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one line") << QByteArray("no sum");
    QTest::newRow("only a line feed") << QByteArray("\n");
    QTest::newRow("a sum of something else") << sha256("1\n{}").toHex() + " 1\n{ }";
    QTest::newRow("another sequence") << sha256("1\n{}").toHex() + " 2\n{}";
    QTest::newRow("no sequence") << sha256("\n{}").toHex() + "\n{}";
    QTest::newRow("cut") << sha256("1\n{\"a\":1}").toHex() + " 1\n{\"a\"";
    QTest::newRow("zeros") << QByteArray(4096, '\0');
}

void StateFileTest::reportsADamagedCopy()
{
    QFETCH(QByteArray, bytes);
    CrashFileSystem files(std::make_shared<Power>());
    const QString id = makeArchive(files);
    const auto none = archive::readStateFile(files, kDiskRoot);
    QVERIFY(!none && none.error().kind == ErrorKind::NotFound);
    const auto fd = files.create(kDiskRoot + QStringLiteral("/journal/state.1.json"));
    QVERIFY(fd && files.write(*fd, bytes));
    files.close(*fd);
    const auto damaged = archive::readStateFile(files, kDiskRoot);
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, ErrorKind::Corrupt);
}

void StateFileTest::doesNotWriteToAForeignDisk()
{
    CrashFileSystem files(std::make_shared<Power>());
    makeArchive(files);
    QVERIFY(!archive::writeStateFile(files, kDiskRoot, QStringLiteral("another"), kBefore));
    QCOMPARE(archive::readStateFile(files, kDiskRoot).error().kind, ErrorKind::NotFound);
}

GATEHOUSE_TEST(StateFileTest)
#include "state_file_test.moc"
