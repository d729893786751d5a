// A lost catalog is rebuilt while receiving: cameras are answered at once, an interrupted rebuild is
// completed at the next start, and in the end every item exists once, with its name and protection.
#include "support/archive_filler.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

constexpr int kFiles = 15'000;
constexpr int kWaitMs = 300'000;

class LostCatalogFixture
{
public:
    // A renamed camera; the archive holds what it sent before, and the catalog is lost.
    void loseCatalog()
    {
        QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
        QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
        store("/gate0/snap/MDAlarm_20260612-100010_kept.jpg");
        const QString camera = fixture.cli({QStringLiteral("camera"), QStringLiteral("list")})
                                   .value(0)
                                   .value(QLatin1String("name"))
                                   .toString();
        fixture.cli({QStringLiteral("camera"), QStringLiteral("rename"), camera, QStringLiteral("Gate")});
        QCOMPARE(fixture.exitCode(), 0);
        QCOMPARE(fixture.stop(), 0);
        fill.root = fixture.data() + QStringLiteral("/archive");
        fill.user = QStringLiteral("cam");
        fill.files = kFiles;
        fill.cameras = 3;
        fill.days = 40;
        fill.until = QDateTime::currentMSecsSinceEpoch() - 86'400'000;
        QVERIFY(fillArchive(fill));
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(fixture.data() + QStringLiteral("/catalog.db") + QLatin1String(suffix));
    }

    void store(const QByteArray &path) { store(path, QByteArray(20'000, 'x') + path); }
    void store(const QByteArray &path, const QByteArray &bytes)
    {
        FtpClient client;
        QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
        QVERIFY2(client.store(path, bytes), client.lastReply());
        client.quit();
        stored.insert(QString::fromLatin1(path));
    }
    [[nodiscard]] bool isRebuilding()
    {
        return fixture.statusAtOnce().value(QLatin1String("starting")).toBool();
    }
    // Some of the rows have been added.
    void waitForRows(qint64 rows)
    {
        QElapsedTimer waited;
        waited.start();
        while (!waited.hasExpired(kWaitMs) &&
               fixture.statusAtOnce().value(QLatin1String("items")).toInteger() < rows)
            QTest::qSleep(5);
    }
    // Everything ever stored exists once, and nothing else.
    void verifyWhole()
    {
        QHash<QString, int> times;
        const auto items = fixture.items();
        for (const QJsonObject &item : items)
            ++times[item.value(QLatin1String("source_path")).toString()];
        for (int number = 0; number < kFiles; ++number)
            QCOMPARE(times.value(filledSource(fill, number)), 1);
        for (const QString &path : std::as_const(stored))
            QCOMPARE(times.value(path), 1);
        QCOMPARE(times.size(), qsizetype(items.size()));
        fixture.cli({QStringLiteral("check")});
        QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    }

    ProgramFixture fixture;
    ArchiveFill fill;
    QSet<QString> stored;
};

} // namespace

class RebuildBesideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersCamerasDuringARebuild();
    void completesAnInterruptedRebuild();
};

void RebuildBesideTest::answersCamerasDuringARebuild()
{
    LostCatalogFixture lost;
    lost.loseCatalog();
    QElapsedTimer since;
    since.start();
    QVERIFY2(lost.fixture.start(), qPrintable(lost.fixture.lastError()));
    lost.store("/gate1/snap/MDAlarm_20260612-110000_new.jpg");
    const qint64 answered = since.elapsed();
    QVERIFY(lost.isRebuilding());
    // Resends an old file that has no row yet: the last one of the last camera.
    const int last = kFiles - 1 - (kFiles - 1 + 1) % 3;
    for (const int number : {0, last})
        lost.store(filledSource(lost.fill, number).toLatin1(), filledBytes(number));
    QVERIFY(lost.isRebuilding());
    bool isReported = false;
    while (lost.isRebuilding() && !since.hasExpired(kWaitMs))
        isReported = isReported || lost.fixture.statusAtOnce().contains(QLatin1String("rebuilding"));
    qInfo("the first answer after %lld ms, the rebuild took %lld ms", answered, since.elapsed());
    QVERIFY(isReported || since.elapsed() < 5'000);
    QVERIFY(!lost.fixture.statusAtOnce().contains(QLatin1String("rebuilding")));
    lost.verifyWhole();
    const auto cameras = lost.fixture.cli({QStringLiteral("camera"), QStringLiteral("list")});
    QVERIFY(std::any_of(cameras.begin(), cameras.end(), [](const QJsonObject &camera) {
        return camera.value(QLatin1String("name")).toString() == QLatin1String("Gate");
    }));
}

void RebuildBesideTest::completesAnInterruptedRebuild()
{
    LostCatalogFixture lost;
    lost.loseCatalog();
    QVERIFY2(lost.fixture.start(), qPrintable(lost.fixture.lastError()));
    lost.store("/gate1/snap/MDAlarm_20260612-110000_first.jpg");
    lost.waitForRows(kFiles / 10);
    QVERIFY(lost.isRebuilding());
    lost.fixture.kill9();
    // Now the newest row is from today.
    QVERIFY2(lost.fixture.start(), qPrintable(lost.fixture.lastError()));
    lost.store("/gate1/snap/MDAlarm_20260612-110010_second.jpg");
    lost.waitForRows(kFiles / 4);
    QVERIFY(lost.isRebuilding());
    QElapsedTimer stopping;
    stopping.start();
    QCOMPARE(lost.fixture.stop(), 0);
    QVERIFY2(stopping.elapsed() < 20'000, qPrintable(QString::number(stopping.elapsed())));
    QVERIFY2(lost.fixture.start(), qPrintable(lost.fixture.lastError()));
    lost.store("/gate1/snap/MDAlarm_20260612-110020_third.jpg");
    // A person requests a repair meanwhile: it runs afterwards, and reports both.
    const auto repaired = lost.fixture.verbAtOnce(
        {QStringLiteral("check"), QStringLiteral("--repair"), QStringLiteral("--quick")});
    QVERIFY2(lost.fixture.exitCode() == 0, qPrintable(lost.fixture.lastError()));
    QVERIFY(repaired.value(0).value(QLatin1String("looked")).toInteger() > kFiles);
    QVERIFY(repaired.value(0).value(QLatin1String("added")).toInteger() > 0);
    lost.verifyWhole();
    QCOMPARE(lost.fixture.cli({QStringLiteral("deletions")}).size(), 0);
    // Complete: a normal start checks only the newest files.
    QCOMPARE(lost.fixture.stop(), 0);
    QVERIFY2(lost.fixture.start(), qPrintable(lost.fixture.lastError()));
    lost.verifyWhole();
}

GATEHOUSE_TEST(RebuildBesideTest)
#include "rebuild_beside_test.moc"
