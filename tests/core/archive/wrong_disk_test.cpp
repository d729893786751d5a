// The archive's disk goes, is swapped, comes back: noticed, told in words, and never written under.
// With renamed folders, and with real mounts in a mount namespace of a child process.
#include "archive/archive.h"
#include "archive_fixture.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QProcess>
#include <sys/mount.h>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

const char *const kInNamespace = "GATEHOUSE_TEST_MAY_MOUNT";

QStringList allBelow(const QString &folder)
{
    QStringList out;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        out.append(it.next());
    return out;
}

void mountMemory(const QString &where)
{
    QCOMPARE(::mount("tmpfs", QFile::encodeName(where).constData(), "tmpfs", 0, "size=256m"), 0);
}

// MNT_DETACH: what the user's own forced unmount does, also while something is open.
void unmount(const QString &where)
{
    QCOMPARE(::umount2(QFile::encodeName(where).constData(), MNT_DETACH), 0);
}

} // namespace

class WrongDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.archive=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void recoversWhenTheFolderReturns();
    void rejectsAnotherArchiveInItsPlace();
    void rejectsAnEmptyFolderInItsPlace();
    void failsIfTheDiskGoesBeforePlacing();
    void recreatesDeletedFolders();
    void handlesRealMounts();

private:
    static void fillsNothing(ArchiveFixture &fixture, const QString &word);
};

// Refused at once and in words that name the folder; nothing appears below the root.
void WrongDiskTest::fillsNothing(ArchiveFixture &fixture, const QString &word)
{
    const QStringList before = allBelow(fixture.root());
    // The first upload runs into it, before anything has looked.
    QCOMPARE(fixture.place(placement(2, QStringLiteral("/b")), "bytes").error().kind, ErrorKind::Unavailable);
    const auto reported = [&] {
        return fixture.archive->ready() ? QString() : fixture.archive->ready().error().text;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(reported().contains(word), qPrintable(reported()), 30'000);
    const auto refused = fixture.place(placement(2, QStringLiteral("/b")), "bytes");
    QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
    QVERIFY2(refused.error().text.contains(fixture.root()), qPrintable(refused.error().text));
    QVERIFY2(refused.error().text.contains(word), qPrintable(refused.error().text));
    QCOMPARE(fixture.archive->ready().error().kind, ErrorKind::Unavailable);
    QCOMPARE(fixture.archive->stageFile({}).error().kind, ErrorKind::Unavailable);
    const auto removed =
        waitFor(fixture.archive->remove(ItemId{1}, QStringLiteral("a/b"), QStringLiteral("x"), std::nullopt));
    QCOMPARE(removed.error().kind, ErrorKind::Unavailable);
    QCOMPARE(waitFor(fixture.archive->noteRename(ItemId{1}, QStringLiteral("/x"))).error().kind,
             ErrorKind::Unavailable);
    QCOMPARE(waitFor(fixture.archive->space()).error().kind, ErrorKind::Unavailable);
    QCOMPARE(allBelow(fixture.root()), before);
}

void WrongDiskTest::recoversWhenTheFolderReturns()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "bytes"));
    const QString away = fixture.root() + QStringLiteral(".away");
    QVERIFY(QDir().rename(fixture.root(), away));
    fillsNothing(fixture, QStringLiteral("missing"));
    QVERIFY(!QFileInfo::exists(fixture.root()));
    QVERIFY(QDir().rename(away, fixture.root()));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), 30'000);
    QVERIFY(fixture.place(placement(3, QStringLiteral("/c")), "bytes"));
}

void WrongDiskTest::rejectsAnotherArchiveInItsPlace()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const QString away = fixture.root() + QStringLiteral(".away");
    QVERIFY(QDir().rename(fixture.root(), away));
    QVERIFY(Archive::open({fixture.root(), 2}, fixture.posix, fixture.clock, true));
    fillsNothing(fixture, QStringLiteral("another archive"));
    QVERIFY(QDir(fixture.root()).removeRecursively());
    QVERIFY(QDir().rename(away, fixture.root()));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), 30'000);
}

void WrongDiskTest::rejectsAnEmptyFolderInItsPlace()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(QDir().rename(fixture.root(), fixture.root() + QStringLiteral(".away")));
    QVERIFY(QDir().mkdir(fixture.root()));
    fillsNothing(fixture, QStringLiteral("is not the archive"));
}

void WrongDiskTest::failsIfTheDiskGoesBeforePlacing()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    auto staged = fixture.archive->stageFile({});
    (*staged)->write("bytes");
    QTRY_COMPARE_WITH_TIMEOUT((*staged)->pending(), qint64(0), 30'000);
    QVERIFY(QDir().rename(fixture.root(), fixture.root() + QStringLiteral(".away")));
    QVERIFY(QDir().mkdir(fixture.root()));
    const auto placed = waitFor((*staged)->place(placement(1, QStringLiteral("/a"))));
    QCOMPARE(placed.error().kind, ErrorKind::Unavailable);
    QVERIFY(allBelow(fixture.root()).isEmpty());
}

void WrongDiskTest::recreatesDeletedFolders()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "bytes"));
    for (const char *name : {"/incoming", "/journal", "/Front Door"})
        QVERIFY(QDir(fixture.root() + QLatin1String(name)).removeRecursively());
    QVERIFY(fixture.place(placement(2, QStringLiteral("/b")), "bytes"));
    QVERIFY(fixture.place(placement(3, QStringLiteral("/c")), "bytes"));
    QCOMPARE(fixture.journal().count("\"add\":"), 2);
}

void WrongDiskTest::handlesRealMounts()
{
    if (!qEnvironmentVariableIsSet(kInNamespace)) {
        if (QProcess::execute(QStringLiteral("unshare"), {QStringLiteral("-m"), QStringLiteral("true")}) != 0)
            QSKIP("no mount namespace may be made here");
        QProcess child;
        child.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(kInNamespace), QStringLiteral("1"));
        child.setProcessEnvironment(environment);
        child.start(QStringLiteral("unshare"),
                    {QStringLiteral("-m"), QCoreApplication::applicationFilePath(),
                     QStringLiteral("WrongDiskTest"), QStringLiteral("handlesRealMounts")});
        QVERIFY(child.waitForFinished(120'000));
        QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0,
                 child.readAll().constData());
        return;
    }
    ArchiveFixture fixture;
    QVERIFY(QDir().mkpath(fixture.root()));
    mountMemory(fixture.root());
    QVERIFY(fixture.open());
    const auto first = fixture.place(placement(1, QStringLiteral("/a")), "bytes");
    QVERIFY(first);

    unmount(fixture.root()); // the bare mount point shows
    fillsNothing(fixture, QStringLiteral("is not the archive"));
    QVERIFY(allBelow(fixture.root()).isEmpty());
    QCOMPARE(fixture.open(false).error().kind, ErrorKind::Unavailable);
    QVERIFY(allBelow(fixture.root()).isEmpty());

    // Another disk, first empty, then with an archive of its own; the right one below it comes back.
    mountMemory(fixture.root());
    QVERIFY(fixture.open());
    mountMemory(fixture.root());
    fillsNothing(fixture, QStringLiteral("is not the archive"));
    QVERIFY(Archive::open({fixture.root(), 2}, fixture.posix, fixture.clock, true));
    fillsNothing(fixture, QStringLiteral("another archive"));
    unmount(fixture.root());
    QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), 30'000);
    QVERIFY(fixture.place(placement(3, QStringLiteral("/c")), "bytes"));
    fixture.archive.reset();
    unmount(fixture.root());
    QVERIFY(allBelow(fixture.root()).isEmpty());
}

GATEHOUSE_TEST(WrongDiskTest)
#include "wrong_disk_test.moc"
