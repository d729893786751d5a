// An archive that nobody sends to lets the PC sleep, and still sees within seconds that its disk has gone,
// though one of its threads is held up.
#include "archive_fixture.h"
#include "fakes/hooked_file_system.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <semaphore>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

// How often the storage threads of this process went to sleep, which is how often they were woken.
int sleepsOfStorageThreads()
{
    int sleeps = 0;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    const auto contentsOf = [&](const QString &task, const char *name) {
        QFile file(tasks.filePath(task + QLatin1Char('/') + QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QStringList all = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &task : all) {
        if (!contentsOf(task, "comm").startsWith("storage-"))
            continue;
        const QByteArray status = contentsOf(task, "status");
        sleeps += status.mid(status.indexOf("\nvoluntary_ctxt_switches:") + 25, 20)
                      .split('\n')[0]
                      .trimmed()
                      .toInt();
    }
    return sleeps;
}

} // namespace

class IdleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.archive=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

    void storageThreadsRarelyWakeWhenIdle()
    {
        ArchiveFixture fixture;
        QVERIFY(fixture.open());
        QTest::qWait(300); // it has begun
        const int before = sleepsOfStorageThreads();
        QVERIFY(before > 0);
        QTest::qWait(4'500);
        const int woken = sleepsOfStorageThreads() - before;
        QVERIFY2(woken >= 2 && woken <= 6, qPrintable(QString::number(woken)));
    }

    void noticesALostDiskWhileOneThreadIsBlocked()
    {
        PosixFileSystem posix;
        HookedFileSystem hooked(posix);
        ArchiveFixture fixture(hooked);
        QVERIFY(fixture.open());
        std::binary_semaphore isHeld(0);
        std::binary_semaphore goesOn(0);
        hooked.setHook([&](const QString &operation, const QString &path) -> Result<void> {
            if (operation == QLatin1String("sync") && path.endsWith(QLatin1String(".part"))) {
                isHeld.release();
                goesOn.acquire();
            }
            return {};
        });
        const auto placed = fixture.begin(placement(1, QStringLiteral("/a.jpg")), "a");
        isHeld.acquire();
        QVERIFY(QFile::remove(fixture.root() + QStringLiteral("/gatehouse-archive.json")));
        const bool isSeen = QTest::qWaitFor([&] { return !fixture.archive->ready(); }, 10'000);
        hooked.setHook({});
        goesOn.release();
        QVERIFY(isSeen);
        static_cast<void>(waitFor(placed));
    }
};

GATEHOUSE_TEST(IdleTest)
#include "idle_test.moc"
