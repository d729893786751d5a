// Each call of an upload fails in turn: the future tells why, nothing half stays, the next one works.
#include "archive/archive.h"
#include "archive_fixture.h"
#include "fakes/hooked_file_system.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <atomic>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

bool needsTheDisk(const QString &operation)
{
    static const QStringList reading{QStringLiteral("read"),    QStringLiteral("stat"),
                                     QStringLiteral("list"),    QStringLiteral("space"),
                                     QStringLiteral("remove"),  QStringLiteral("truncate"),
                                     QStringLiteral("writable")};
    return !reading.contains(operation);
}

} // namespace

class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.archive=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void failedUploadsLeaveNoPartialFiles_data();
    void failedUploadsLeaveNoPartialFiles();
    void failureDoesNotAffectOtherUploads();
    void startsANewLineAfterATornOne();
    void reportsAFullDisk();
    void reportsAnUnwritableArchive_data();
    void reportsAnUnwritableArchive();
};

void FaultsTest::failedUploadsLeaveNoPartialFiles_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorKind>("reported");
    QTest::addColumn<bool>("stays");
    QTest::newRow("full once") << ErrorKind::Full << ErrorKind::Full << false;
    QTest::newRow("full") << ErrorKind::Full << ErrorKind::Full << true;
    QTest::newRow("read-only") << ErrorKind::Denied << ErrorKind::Unavailable << true;
    QTest::newRow("broken") << ErrorKind::Unavailable << ErrorKind::Unavailable << true;
}

void FaultsTest::failedUploadsLeaveNoPartialFiles()
{
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorKind, reported);
    QFETCH(bool, stays);
    int failures = 0;
    for (int good = 0; good < 100; ++good) {
        PosixFileSystem posix;
        HookedFileSystem files(posix);
        ArchiveFixture fixture(files);
        QVERIFY(fixture.open());
        std::atomic<int> left = good;
        std::atomic<bool> failed = false;
        files.setHook([&](const QString &operation, const QString &path) -> Result<void> {
            if (!needsTheDisk(operation) || left-- > 0 || (failed && !stays))
                return {};
            failed = true;
            return fail(kind, operation + QLatin1Char(' ') + path);
        });
        const auto placed = fixture.place(placement(1, QStringLiteral("/a.jpg")), "bytes");
        files.setHook({});
        if (!failed) {
            QVERIFY(placed);
            break;
        }
        ++failures;
        QVERIFY2(!placed, qPrintable(QString::number(good)));
        QCOMPARE(placed.error().kind, reported);
        QVERIFY(!placed.error().text.isEmpty());
        // Only the identity, and a journal without a line.
        QVERIFY2(fixture.journal().isEmpty(), fixture.journal().constData());
        QCOMPARE(fixture.tree().filter(QStringLiteral("a.jpg")), QStringList());
        QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")), QStringList());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), kPatience);
        const auto next = fixture.place(placement(2, QStringLiteral("/b.jpg")), "other bytes");
        QVERIFY(next);
        QCOMPARE(*fixture.read(next->relativePath), QByteArray("other bytes"));
        QCOMPARE(fixture.journal().count("\"add\":"), 1);
    }
    QVERIFY2(failures >= 10, qPrintable(QString::number(failures)));
}

void FaultsTest::failureDoesNotAffectOtherUploads()
{
    PosixFileSystem posix;
    HookedFileSystem files(posix);
    ArchiveFixture fixture(files);
    QVERIFY(fixture.open());
    files.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("rename") && path.contains(QLatin1String("-bad")))
            return fail(ErrorKind::Full, path);
        return {};
    });
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 40; ++i) {
        const QString name = i % 2 ? QStringLiteral("/bad") : QStringLiteral("/good");
        all.append(fixture.begin(placement(i + 1, name), "bytes"));
    }
    for (int i = 0; i < all.size(); ++i)
        QCOMPARE(bool(waitFor(all[i])), i % 2 == 0);
    QCOMPARE(fixture.journal().count("\"add\":"), 20);
    QCOMPARE(fixture.tree().filter(QStringLiteral("-good")).size(), 20);
    QCOMPARE(fixture.tree().filter(QStringLiteral("bad")).size(), 0);
}

void FaultsTest::startsANewLineAfterATornOne()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "bytes"));
    const QStringList journals = fixture.tree().filter(QStringLiteral("journal/"));
    for (const QString &name : journals) {
        QFile file(fixture.root() + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"add\":7,\"cam");
    }
    QVERIFY(fixture.open());
    for (qint64 item = 2; item < 10; ++item)
        QVERIFY(fixture.place(placement(item, QStringLiteral("/b")), "bytes"));
    int sound = 0;
    for (const QByteArray &line : fixture.journal().split('\n'))
        sound += line.startsWith('{') && line.endsWith('}') ? 1 : 0;
    QCOMPARE(sound, 9);
}

void FaultsTest::reportsAFullDisk()
{
    class SmallFiles : public PosixFileSystem
    {
    public:
        Result<Space> space(const QString &) override { return Space{free, qint64(1) << 40}; }
        std::atomic<qint64> free = 63 << 20;
    };
    SmallFiles files;
    ArchiveFixture fixture(files);
    QVERIFY(fixture.open());
    QCOMPARE(fixture.archive->ready().error().kind, ErrorKind::Full);
    QCOMPARE(fixture.archive->stageFile({}).error().kind, ErrorKind::Full);
    files.free = 65 << 20;
    QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), 30'000);
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "bytes"));
}

void FaultsTest::reportsAnUnwritableArchive_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("part");
    QTest::newRow("read-only") << QStringLiteral("writable") << QString();
    QTest::newRow("the journal's rights") << QStringLiteral("writable") << QStringLiteral("/journal");
    QTest::newRow("incoming's rights") << QStringLiteral("writable") << QStringLiteral("/incoming");
    QTest::newRow("a broken disk") << QStringLiteral("sync") << QString();
    QTest::newRow("no inodes") << QStringLiteral("create") << QString();
}

// Ready is said only where the last write worked; and by itself once one works again.
void FaultsTest::reportsAnUnwritableArchive()
{
    QFETCH(QString, operation);
    QFETCH(QString, part);
    PosixFileSystem posix;
    HookedFileSystem files(posix);
    ArchiveFixture fixture(files);
    QVERIFY(fixture.open());
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "bytes"));
    files.setHook([operation, part](const QString &asked, const QString &path) -> Result<void> {
        if (asked == operation && path.contains(part))
            return fail(ErrorKind::Unavailable, QStringLiteral("Input/output error"), path);
        return {};
    });
    if (operation != QLatin1String("writable")) // that is seen before anything is written
        QVERIFY(!fixture.place(placement(2, QStringLiteral("/b")), "more bytes"));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.archive->ready(), kPatience);
    QCOMPARE(fixture.archive->ready().error().kind, ErrorKind::Unavailable);
    QVERIFY(fixture.archive->ready().error().text.contains(QLatin1String("Input/output error")));
    QTest::qWait(3'000); // it stays so
    QVERIFY(!fixture.archive->ready());
    QVERIFY(!fixture.archive->stageFile({}));
    files.setHook({});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.archive->ready(), kPatience);
    QVERIFY(fixture.place(placement(3, QStringLiteral("/c")), "other bytes"));
    QCOMPARE(fixture.tree().filter(QStringLiteral("try")), QStringList());
}

GATEHOUSE_TEST(FaultsTest)
#include "faults_test.moc"
