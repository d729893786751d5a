// Only a tiny file without media in it, under a name that test buttons use, is a test: whatever else comes
// under such a name is kept.
#include "ingest/importer.h"
#include "receiver.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;

class TestUploadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init();
    void cleanup() { m_receiver.reset(); }
    void detectsTestUploadsByContent_data();
    void detectsTestUploadsByContent();
    void detectsTestFilesInImports_data() { detectsTestUploadsByContent_data(); }
    void detectsTestFilesInImports();
    void acceptsAFolderAsATest();
    void storesDataAppendedToATestUpload();
    void refusesTestUploadsWhilePaused();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Receiver> m_receiver;
};

void TestUploadsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_receiver = makeReceiver(*m_folder);
}

void TestUploadsTest::detectsTestUploadsByContent_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isKept");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *title, const char *path, const QByteArray &bytes, bool isKept,
                        Kind kind = Kind::Other) {
        QTest::newRow(title) << QString::fromLatin1(path) << bytes << isKept << kind;
    };
    const QByteArray still = makeStill({64, 48});
    const QByteArray clip = makeClip({});
    const QByteArray rubbish(4096, 'x');
    QVERIFY(still.size() < 4096);
    row("a test", "/test.txt", "ftp test", false);
    row("Reolink's", "/TestFtp.dat", rubbish, false);
    row("larger than any", "/TestFtp.dat", rubbish + 'x', true);
    row("in a test folder", "/camera_test/hello", "hello", false);
    row("a clip in a test folder", "/camera_test/a.mp4", clip, true, Kind::Clip);
    row("a still in a test folder", "/camera_test/2026/06/12/Gate_00_20260612095930.jpg", still, true,
        Kind::Still);
    row("a still without an extension", "/camera_test/1", still, true, Kind::Still);
    row("in a folder that was probed", "/DVRWorkDirectory/a.dav", clip, true, Kind::Clip);
    row("text in it", "/DVRWorkDirectory/a", "a", false);
    row("ten digits", "/1740816930", clip, true, Kind::Clip);
    row("ten digits, text", "/1740816930", rubbish + 'x', true);
    row("test.tmp", "/test.tmp", still, true, Kind::Still);
    row("testfile.dat", "/testfile.dat", clip, true, Kind::Clip);
    row("test.bin", "/test.bin", QByteArray(3'000'000, '\0'), true);
    row("another name", "/report.txt", "a", true, Kind::Sidecar);
    row("another name that holds test", "/latest.dat", "a", true);
}

void TestUploadsTest::detectsTestUploadsByContent()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isKept);
    QSignalSpy tested(m_receiver->backend.get(), &ingest::FtpBackend::testReceived);
    QVERIFY(m_receiver->upload(path, bytes));
    const auto items = m_receiver->items();
    QCOMPARE(items.size(), isKept ? 1 : 0);
    QCOMPARE(tested.size(), isKept ? 0 : 1);
    if (isKept) {
        QTEST(items.first().kind, "kind");
        QCOMPARE(items.first().sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    }
    // The camera finds what it sent.
    const auto seen = m_receiver->backend->stat(m_receiver->account(), path);
    QVERIFY(seen);
    QCOMPARE(seen->bytes, bytes.size());
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->filesBelow(QStringLiteral("/incoming")), QStringList(), kPatience);
    QVERIFY(m_receiver->backend->remove(m_receiver->account(), path).result());
}

void TestUploadsTest::detectsTestFilesInImports()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isKept);
    const QTemporaryDir backup;
    QVERIFY(QDir().mkpath(QFileInfo(backup.path() + path).path()));
    QFile file(backup.path() + path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    ingest::Importer importer(*m_receiver->writer, *m_receiver->archive, m_receiver->matcher,
                              m_receiver->clock);
    QSignalSpy finished(&importer, &ingest::Importer::finished);
    QVERIFY(importer.start({backup.path(), true, m_receiver->account(), kNvr}));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
    const auto progress = finished[0][0].value<ingest::ImportProgress>();
    QCOMPARE(progress.added, isKept ? 1 : 0);
    QCOMPARE(progress.passed, isKept ? 0 : 1);
    QCOMPARE(file.exists(), !isKept);
    if (isKept)
        QTEST(m_receiver->items().first().kind, "kind");
}

// Reolink's button makes a folder and sends nothing; other folders are no test.
void TestUploadsTest::acceptsAFolderAsATest()
{
    QSignalSpy tested(m_receiver->backend.get(), &ingest::FtpBackend::testReceived);
    const auto make = [this](const char *path) {
        return m_receiver->backend->makeFolder(m_receiver->account(), QString::fromLatin1(path)).has_value();
    };
    QVERIFY(make("/2026") && make("/2026/06") && make("/2026/06/12"));
    QCOMPARE(tested.size(), 0);
    QVERIFY(make("/camera_test20260612100000"));
    QCOMPARE(tested.size(), 1);
    QCOMPARE(tested.first().first().toString(), kNvr);
}

// Nothing was kept of the test, so what follows is a file of its own.
void TestUploadsTest::storesDataAppendedToATestUpload()
{
    const QString path = QStringLiteral("/test.txt");
    QVERIFY(m_receiver->upload(path, "a test"));
    ftp::UploadRequest request;
    request.account = m_receiver->account();
    request.path = path;
    request.peer = QHostAddress::LocalHost;
    request.mode = ftp::StoreMode::Append;
    auto begun = m_receiver->backend->beginUpload(request);
    QVERIFY(begun);
    (*begun)->write(QByteArray(5000, 'x'));
    const auto done = (*begun)->finish(ftp::UploadEnd::Complete);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), kPatience);
    QVERIFY(done.result());
    QCOMPARE(m_receiver->items().size(), 1);
    QCOMPARE(m_receiver->items().first().bytes, 5000);
}

void TestUploadsTest::refusesTestUploadsWhilePaused()
{
    m_receiver->backend->pauseUntil(m_receiver->clock.now() + 60'000);
    QVERIFY(!m_receiver->upload(QStringLiteral("/test.txt"), "a test"));
}

GATEHOUSE_TEST(TestUploadsTest)
#include "test_uploads_test.moc"
