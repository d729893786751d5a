// Each call of an upload fails in turn: the future tells why, nothing half stays, the next one works.
#include "archive/archive.h"
#include "fakes/hooked_files.h"
#include "house.h"
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
    void nothingHalfStays_data();
    void nothingHalfStays();
    void aNeighbourDoesNotSuffer();
    void afterATornLineComesANewOne();
    void aFullDiskIsTold();
    void whatCannotBeWrittenIsTold_data();
    void whatCannotBeWrittenIsTold();
};

void FaultsTest::nothingHalfStays_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorKind>("told");
    QTest::addColumn<bool>("stays");
    QTest::newRow("full once") << ErrorKind::Full << ErrorKind::Full << false;
    QTest::newRow("full") << ErrorKind::Full << ErrorKind::Full << true;
    QTest::newRow("read-only") << ErrorKind::Denied << ErrorKind::Unavailable << true;
    QTest::newRow("broken") << ErrorKind::Unavailable << ErrorKind::Unavailable << true;
}

void FaultsTest::nothingHalfStays()
{
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorKind, told);
    QFETCH(bool, stays);
    int failures = 0;
    for (int good = 0; good < 100; ++good) {
        PosixFiles posix;
        HookedFiles files(posix);
        House house(files);
        QVERIFY(house.open());
        std::atomic<int> left = good;
        std::atomic<bool> failed = false;
        files.setHook([&](const QString &operation, const QString &path) -> Result<void> {
            if (!needsTheDisk(operation) || left-- > 0 || (failed && !stays))
                return {};
            failed = true;
            return fail(kind, operation + QLatin1Char(' ') + path);
        });
        const auto placed = house.place(placement(1, QStringLiteral("/a.jpg")), "bytes");
        files.setHook({});
        if (!failed) {
            QVERIFY(placed);
            break;
        }
        ++failures;
        QVERIFY2(!placed, qPrintable(QString::number(good)));
        QCOMPARE(placed.error().kind, told);
        QVERIFY(!placed.error().text.isEmpty());
        // Only the identity, and a journal without a line.
        QVERIFY2(house.journal().isEmpty(), house.journal().constData());
        QCOMPARE(house.tree().filter(QStringLiteral("a.jpg")), QStringList());
        QCOMPARE(house.tree().filter(QStringLiteral("incoming/")), QStringList());
        QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 10'000);
        const auto next = house.place(placement(2, QStringLiteral("/b.jpg")), "other bytes");
        QVERIFY(next);
        QCOMPARE(*house.read(next->relativePath), QByteArray("other bytes"));
        QCOMPARE(house.journal().count("\"add\":"), 1);
    }
    QVERIFY2(failures >= 10, qPrintable(QString::number(failures)));
}

void FaultsTest::aNeighbourDoesNotSuffer()
{
    PosixFiles posix;
    HookedFiles files(posix);
    House house(files);
    QVERIFY(house.open());
    files.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("rename") && path.contains(QLatin1String("-bad")))
            return fail(ErrorKind::Full, path);
        return {};
    });
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 40; ++i) {
        const QString name = i % 2 ? QStringLiteral("/bad") : QStringLiteral("/good");
        all.append(house.begin(placement(i + 1, name), "bytes"));
    }
    for (int i = 0; i < all.size(); ++i)
        QCOMPARE(bool(waitFor(all[i])), i % 2 == 0);
    QCOMPARE(house.journal().count("\"add\":"), 20);
    QCOMPARE(house.tree().filter(QStringLiteral("-good")).size(), 20);
    QCOMPARE(house.tree().filter(QStringLiteral("bad")).size(), 0);
}

void FaultsTest::afterATornLineComesANewOne()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "bytes"));
    const QStringList journals = house.tree().filter(QStringLiteral("journal/"));
    for (const QString &name : journals) {
        QFile file(house.root() + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"add\":7,\"cam");
    }
    QVERIFY(house.open());
    for (qint64 item = 2; item < 10; ++item)
        QVERIFY(house.place(placement(item, QStringLiteral("/b")), "bytes"));
    int sound = 0;
    for (const QByteArray &line : house.journal().split('\n'))
        sound += line.startsWith('{') && line.endsWith('}') ? 1 : 0;
    QCOMPARE(sound, 9);
}

void FaultsTest::aFullDiskIsTold()
{
    class SmallFiles : public PosixFiles
    {
    public:
        Result<Space> space(const QString &) override { return Space{free, qint64(1) << 40}; }
        std::atomic<qint64> free = 63 << 20;
    };
    SmallFiles files;
    House house(files);
    QVERIFY(house.open());
    QCOMPARE(house.archive->ready().error().kind, ErrorKind::Full);
    QCOMPARE(house.archive->beginIntake({}).error().kind, ErrorKind::Full);
    files.free = 65 << 20;
    QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 30'000);
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "bytes"));
}

void FaultsTest::whatCannotBeWrittenIsTold_data()
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
void FaultsTest::whatCannotBeWrittenIsTold()
{
    QFETCH(QString, operation);
    QFETCH(QString, part);
    PosixFiles posix;
    HookedFiles files(posix);
    House house(files);
    QVERIFY(house.open());
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "bytes"));
    files.setHook([operation, part](const QString &asked, const QString &path) -> Result<void> {
        if (asked == operation && path.contains(part))
            return fail(ErrorKind::Unavailable, QStringLiteral("Input/output error"), path);
        return {};
    });
    if (operation != QLatin1String("writable")) // that is seen before anything is written
        QVERIFY(!house.place(placement(2, QStringLiteral("/b")), "more bytes"));
    QTRY_VERIFY_WITH_TIMEOUT(!house.archive->ready(), 10'000);
    QCOMPARE(house.archive->ready().error().kind, ErrorKind::Unavailable);
    QVERIFY(house.archive->ready().error().text.contains(QLatin1String("Input/output error")));
    QTest::qWait(3'000); // it stays so
    QVERIFY(!house.archive->ready());
    QVERIFY(!house.archive->beginIntake({}));
    files.setHook({});
    QTRY_VERIFY_WITH_TIMEOUT(house.archive->ready(), 10'000);
    QVERIFY(house.place(placement(3, QStringLiteral("/c")), "other bytes"));
    QCOMPARE(house.tree().filter(QStringLiteral("try")), QStringList());
}

GATEHOUSE_TEST(FaultsTest)
#include "faults_test.moc"
