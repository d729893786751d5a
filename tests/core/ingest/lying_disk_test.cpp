// A disk that says it has synced and has not: the power goes, and with it an upload's row and its line in the
// journal, though its camera had its 226. The file is kept, plays in its camera's row, and is the same
// item still when the camera sends it once more.
#include "fakes/forgetting_vfs.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class LyingDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Of the power cut, and of what is found after it.
        QLoggingCategory::setFilterRules(
            QStringLiteral("gatehouse.catalog=false\ngatehouse.db=false\ngatehouse.repair=false"));
    }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init();
    void cleanup();
    void keepsAcknowledgedUploads_data();
    void keepsAcknowledgedUploads();
    void mergesRepeatedTriesIntoOneItem();
    void keepsTheOnlyIntactFile();
    void createsACameraForTheFolderIfTheCatalogIsLost();

private:
    // Uploads, the last of which only its file remembers.
    void loseTheEnd(const QString &lastPath, const QByteArray &bytes);
    void startAnew(bool withCatalog = true);
    void compareFiles();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Receiver> m_receiver; // after the power cut
    std::unique_ptr<CrashFileSystem> m_disk;
};

void LyingDiskTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void LyingDiskTest::cleanup()
{
    const QString path = m_receiver ? m_receiver->path : QString();
    m_receiver.reset();
    if (!path.isEmpty())
        QCOMPARE(brokenInvariants(path), QStringList());
}

void LyingDiskTest::loseTheEnd(const QString &lastPath, const QByteArray &bytes)
{
    const auto power = std::make_shared<Power>();
    ForgettingVfs vfs(power);
    Receiver before(std::make_unique<CrashFileSystem>(power), QStringLiteral("/catalog.db"), vfs.name());
    before.logIn();
    QVERIFY(before.upload(QStringLiteral("/shed/snap/MDAlarm_20260612-095900.jpg"), "shed"));
    QVERIFY(before.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-095930.jpg"), "gate"));
    before.files->forget(QStringLiteral("sync"), QStringLiteral("/journal/"));
    vfs.forgetSyncs();
    before.clock.advance(5'000);
    QVERIFY(before.upload(lastPath, bytes));
    power->cutAfter(0);
    m_disk = before.files->afterCrash(CrashFileSystem::Survives::OnlySynced, 1, std::make_shared<Power>());
    QVERIFY(vfs.saveTo(m_folder->path(), ForgettingVfs::Survives::OnlySynced));
}

void LyingDiskTest::startAnew(bool withCatalog)
{
    const QString path =
        m_folder->filePath(withCatalog ? QStringLiteral("catalog.db") : QStringLiteral("new.db"));
    m_receiver = std::make_unique<Receiver>(std::move(m_disk), path, nullptr);
    m_receiver->clock.advance(60'000);
}

// Every row has its file, and every file its row.
void LyingDiskTest::compareFiles()
{
    m_receiver->collectGarbage();
    QStringList rows;
    for (const catalog::Item &item : m_receiver->items()) {
        rows.append(item.path);
        const auto bytes = m_receiver->files->read(item.path, 0, 1 << 20);
        QVERIFY(bytes);
        QCOMPARE(QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256), item.sha256);
    }
    rows.sort();
    const auto files = [this] {
        QStringList out;
        for (const QString &file : m_receiver->filesBelow({})) {
            if (!file.startsWith(QLatin1String("/journal/")) && !file.endsWith(QLatin1String(".json")))
                out.append(kRoot + file);
        }
        out.sort();
        return out;
    };
    QTRY_COMPARE_WITH_TIMEOUT(files(), rows, 30'000); // a duplicate leaves the disk a little later
}

void LyingDiskTest::keepsAcknowledgedUploads_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<qint64>("captured");
    QTest::newRow("its name has its time")
        << QStringLiteral("/gate/snap/MDAlarm_20260612-095950.jpg") << kTenOClock - 10'000;
    QTest::newRow("its name has none")
        << QStringLiteral("/gate/snap/MDAlarm_20269912-095950.jpg") << kTenOClock + 5'000;
}

void LyingDiskTest::keepsAcknowledgedUploads()
{
    QFETCH(QString, path);
    QFETCH(qint64, captured);
    loseTheEnd(path, "evidence");
    startAnew();
    QCOMPARE(m_receiver->items().size(), 2);
    const RepairReport report = m_receiver->repair();
    QCOMPARE(report.recovered, 1);
    QCOMPARE(report.removed, 0);
    QCOMPARE(report.failed, 0);
    auto items = m_receiver->items();
    QCOMPARE(items.size(), 3);
    const catalog::Item found = items.first();
    QCOMPARE(found.sourcePath, path.mid(path.lastIndexOf(QLatin1Char('/'))));
    QCOMPARE(found.captured, captured);
    QCOMPARE(found.kind, Kind::Still);
    QVERIFY(!found.reason.isEmpty());
    const auto gate = std::find_if(items.begin(), items.end(), [](const catalog::Item &item) {
        return item.sourcePath == QLatin1String("/gate/snap/MDAlarm_20260612-095930.jpg");
    });
    QCOMPARE(found.camera, gate->camera);
    compareFiles();
    QCOMPARE(m_receiver->repair().added, 0);

    // The camera has it still, and sends it again, and again.
    m_receiver->logIn();
    for (int i = 0; i < 2; ++i) {
        QVERIFY(m_receiver->upload(path, "evidence"));
        items = m_receiver->items();
        QCOMPARE(items.size(), 3);
        QCOMPARE(items.first().sourcePath, path);
        QCOMPARE(items.first().captured, captured);
        QCOMPARE(items.first().camera, found.camera);
        QCOMPARE(items.first().reason, QString());
        QTRY_COMPARE_WITH_TIMEOUT(m_receiver->filesBelow(QStringLiteral("/nvr gate/2026-06-12")).size(),
                                  3 - i, kPatience);
        compareFiles();
    }
    QCOMPARE(m_receiver->repair().added, 0);
}

// Tries that nobody answered, more than one of them.
void LyingDiskTest::mergesRepeatedTriesIntoOneItem()
{
    const QString path = QStringLiteral("/gate/snap/MDAlarm_20260612-095950.jpg");
    loseTheEnd(path, "evidence");
    startAnew();
    const QString second = QStringLiteral("nvr gate/2026-06-12/100007-%1-MDAlarm_20260612-095950.jpg")
                               .arg(firstItemAt(kTenOClock + 7'000).value);
    m_receiver->put(second, "evidence");
    RepairReport report = m_receiver->repair();
    QCOMPARE(report.recovered, 1);
    QCOMPARE(report.removed, 1);
    QCOMPARE(m_receiver->items().size(), 3);
    compareFiles();
    m_receiver->logIn();
    QVERIFY(m_receiver->upload(path, "evidence"));
    QCOMPARE(m_receiver->items().size(), 3);
    compareFiles();
    // And one that repair had not seen before the camera sent it once more.
    m_receiver->put(second, "evidence");
    report = m_receiver->repair();
    QCOMPARE(report.added, 0);
    QCOMPARE(m_receiver->items().size(), 3);
    compareFiles();
}

void LyingDiskTest::keepsTheOnlyIntactFile()
{
    loseTheEnd(QStringLiteral("/gate/snap/MDAlarm_20260612-095950.jpg"), "evidence");
    startAnew();
    m_receiver->repair();
    const catalog::Item found = m_receiver->items().first();
    m_receiver->put(found.path.mid(kRoot.size() + 1), "rubbish!");
    const QString second = QStringLiteral("nvr gate/2026-06-12/100007-%1-MDAlarm_20260612-095950.jpg")
                               .arg(firstItemAt(kTenOClock + 7'000).value);
    m_receiver->put(second, "evidence");
    const RepairReport report = m_receiver->repair();
    QCOMPARE(report.removed, 1);
    QCOMPARE(report.failed, 0);
    QCOMPARE(m_receiver->files->read(found.path, 0, 100).value_or(QByteArray()), QByteArray("evidence"));
    compareFiles();
}

void LyingDiskTest::createsACameraForTheFolderIfTheCatalogIsLost()
{
    const QString path = QStringLiteral("/gate/snap/MDAlarm_20260612-095950.jpg");
    loseTheEnd(path, "evidence");
    startAnew(false);
    for (const QString &file : m_receiver->filesBelow(QStringLiteral("/journal")))
        QVERIFY(m_receiver->files->remove(kRoot + file));
    QCOMPARE(m_receiver->repair().recovered, 3);
    QStringList cameras;
    const auto made = (*catalog::Reader::open(m_receiver->path))->cameras();
    for (const catalog::Camera &camera : *made)
        cameras.append(QStringLiteral("%1: %2").arg(camera.name).arg(camera.items));
    cameras.sort();
    QCOMPARE(cameras, (QStringList{QStringLiteral("nvr gate: 2"), QStringLiteral("nvr shed: 1")}));
    // The camera is added anew, and goes on with what it had not been told of.
    m_receiver->logIn();
    QVERIFY(m_receiver->upload(path, "evidence"));
    QCOMPARE(m_receiver->items().size(), 3);
    compareFiles();
}

GATEHOUSE_TEST(LyingDiskTest)
#include "lying_disk_test.moc"
