// The archive's disk goes, is swapped, comes back: noticed, told in words, and never written under.
// With renamed folders, and with real mounts in a mount namespace of a child process.
#include "archive/archive.h"
#include "house.h"
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
    void aFolderThatIsGone();
    void anotherArchiveInItsPlace();
    void anEmptyFolderInItsPlace();
    void goneBetweenWriteAndPlace();
    void tidiedFoldersAreMadeAgain();
    void realMounts();

private:
    static void fillsNothing(House &house, const QString &word);
};

// Refused at once and in words that name the folder; nothing appears below the root.
void WrongDiskTest::fillsNothing(House &house, const QString &word)
{
    const QStringList before = allBelow(house.root());
    // The first upload runs into it, before anything has looked.
    QCOMPARE(house.place(placement(2, QStringLiteral("/b")), "bytes").error().kind, ErrorKind::Unavailable);
    const auto told = [&] {
        return house.archive->ready() ? QString() : house.archive->ready().error().text;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(told().contains(word), qPrintable(told()), 30'000);
    const auto refused = house.place(placement(2, QStringLiteral("/b")), "bytes");
    QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
    QVERIFY2(refused.error().text.contains(house.root()), qPrintable(refused.error().text));
    QVERIFY2(refused.error().text.contains(word), qPrintable(refused.error().text));
    QCOMPARE(house.archive->ready().error().kind, ErrorKind::Unavailable);
    QCOMPARE(house.archive->beginIntake({}).error().kind, ErrorKind::Unavailable);
    const auto removed =
        waitFor(house.archive->remove(ItemId{1}, QStringLiteral("a/b"), QStringLiteral("x")));
    QCOMPARE(removed.error().kind, ErrorKind::Unavailable);
    QCOMPARE(waitFor(house.archive->noteRename(ItemId{1}, QStringLiteral("/x"))).error().kind,
             ErrorKind::Unavailable);
    QCOMPARE(waitFor(house.archive->space()).error().kind, ErrorKind::Unavailable);
    QCOMPARE(allBelow(house.root()), before);
}

void WrongDiskTest::aFolderThatIsGone()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "bytes"));
    const QString away = house.root() + QStringLiteral(".away");
    QVERIFY(QDir().rename(house.root(), away));
    fillsNothing(house, QStringLiteral("missing"));
    QVERIFY(!QFileInfo::exists(house.root()));
    QVERIFY(QDir().rename(away, house.root()));
    QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 30'000);
    QVERIFY(house.place(placement(3, QStringLiteral("/c")), "bytes"));
}

void WrongDiskTest::anotherArchiveInItsPlace()
{
    House house;
    QVERIFY(house.open());
    const QString away = house.root() + QStringLiteral(".away");
    QVERIFY(QDir().rename(house.root(), away));
    QVERIFY(Archive::open({house.root(), 2}, house.posix, house.clock, true));
    fillsNothing(house, QStringLiteral("Another archive"));
    QVERIFY(QDir(house.root()).removeRecursively());
    QVERIFY(QDir().rename(away, house.root()));
    QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 30'000);
}

void WrongDiskTest::anEmptyFolderInItsPlace()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(QDir().rename(house.root(), house.root() + QStringLiteral(".away")));
    QVERIFY(QDir().mkdir(house.root()));
    fillsNothing(house, QStringLiteral("is not the archive"));
}

void WrongDiskTest::goneBetweenWriteAndPlace()
{
    House house;
    QVERIFY(house.open());
    auto intake = house.archive->beginIntake({});
    (*intake)->write("bytes");
    QTRY_COMPARE_WITH_TIMEOUT((*intake)->pending(), qint64(0), 30'000);
    QVERIFY(QDir().rename(house.root(), house.root() + QStringLiteral(".away")));
    QVERIFY(QDir().mkdir(house.root()));
    const auto placed = waitFor((*intake)->place(placement(1, QStringLiteral("/a"))));
    QCOMPARE(placed.error().kind, ErrorKind::Unavailable);
    QVERIFY(allBelow(house.root()).isEmpty());
}

void WrongDiskTest::tidiedFoldersAreMadeAgain()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "bytes"));
    for (const char *name : {"/incoming", "/journal", "/Front Door"})
        QVERIFY(QDir(house.root() + QLatin1String(name)).removeRecursively());
    QVERIFY(house.place(placement(2, QStringLiteral("/b")), "bytes"));
    QVERIFY(house.place(placement(3, QStringLiteral("/c")), "bytes"));
    QCOMPARE(house.journal().count("\"add\":"), 2);
}

void WrongDiskTest::realMounts()
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
                     QStringLiteral("WrongDiskTest"), QStringLiteral("realMounts")});
        QVERIFY(child.waitForFinished(120'000));
        QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0,
                 child.readAll().constData());
        return;
    }
    House house;
    QVERIFY(QDir().mkpath(house.root()));
    mountMemory(house.root());
    QVERIFY(house.open());
    const auto first = house.place(placement(1, QStringLiteral("/a")), "bytes");
    QVERIFY(first);

    unmount(house.root()); // the bare mount point shows
    fillsNothing(house, QStringLiteral("is not the archive"));
    QVERIFY(allBelow(house.root()).isEmpty());
    QCOMPARE(house.open(false).error().kind, ErrorKind::Unavailable);
    QVERIFY(allBelow(house.root()).isEmpty());

    // Another disk, first empty, then with an archive of its own; the right one below it comes back.
    mountMemory(house.root());
    QVERIFY(house.open());
    mountMemory(house.root());
    fillsNothing(house, QStringLiteral("is not the archive"));
    QVERIFY(Archive::open({house.root(), 2}, house.posix, house.clock, true));
    fillsNothing(house, QStringLiteral("Another archive"));
    unmount(house.root());
    QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 30'000);
    QVERIFY(house.place(placement(3, QStringLiteral("/c")), "bytes"));
    house.archive.reset();
    unmount(house.root());
    QVERIFY(allBelow(house.root()).isEmpty());
}

GATEHOUSE_TEST(WrongDiskTest)
#include "wrong_disk_test.moc"
