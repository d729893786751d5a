#include "archive/archive.h"

#include "archive/journal.h"
#include "archive_fixture.h"
#include "fakes/hooked_file_system.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QThread>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

// Syncs nothing, so that a file is written long before it is hashed.
class UnsyncedFileSystem : public HookedFileSystem
{
public:
    using HookedFileSystem::HookedFileSystem;
    Result<void> sync(int) override { return {}; }
};

} // namespace

class ArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesPlacedFiles();
    void keepsItsIdAcrossReopening();
    void isCreatedOnlyOnRequest();
    void rejectsAFolderWithForeignFiles();
    void placesManyFilesConcurrently();
    void discardsUnplacedFiles();
    void neverOverwritesAFile();
    void rejectsOversizedFiles();
    void continuesAnEarlierFile();
    void recognizesAnEarlierPrefix();
    void hashesLongFilesWhileWritingThem();
    void finishesTheHashBeforePlacing();
    void discardsAFileThatIsBeingHashed();
    void callsBackOnceDrained();
    void recordsTheReasonForRemoval();
    void refusesToRemoveFilesOutside();
    void recordsARename();
    void runsArbitraryJobs();
    void finishesPendingWorkOnShutdown();
};

void ArchiveTest::storesPlacedFiles()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.archive->ready());
    const QByteArray bytes(50'000, 'x');
    const auto placed = fixture.place(placement(7, QStringLiteral("/2026/11/21/clip one.mp4")), bytes);
    QVERIFY(placed);
    QCOMPARE(placed->archive, fixture.archive->id());
    QCOMPARE(placed->relativePath, QStringLiteral("Front Door/2026-11-21/140322-7-clip one.mp4"));
    QCOMPARE(placed->bytes, bytes.size());
    QCOMPARE(placed->sha256, sha256(bytes));
    QCOMPARE(*fixture.read(placed->relativePath), bytes);

    const auto entry = archive::fromLine(fixture.journal());
    QVERIFY(entry);
    const auto &add = std::get<archive::JournalAdd>(*entry);
    QCOMPARE(add.placement.item, ItemId{7});
    QCOMPARE(add.placement.account, QStringLiteral("porch"));
    QCOMPARE(add.placement.cameraFolder, QStringLiteral("Front Door"));
    QCOMPARE(add.placement.sourcePath, QStringLiteral("/2026/11/21/clip one.mp4"));
    QCOMPARE(add.placement.received, qint64(1'795'269'802'480));
    QCOMPARE(add.placement.peer, QStringLiteral("192.168.1.20"));
    QCOMPARE(add.relativePath, placed->relativePath);
    QCOMPARE(add.sha256, placed->sha256);
    QCOMPARE(add.bytes, placed->bytes);
    QVERIFY(fixture.tree().filter(QStringLiteral("incoming/")).isEmpty());
}

void ArchiveTest::keepsItsIdAcrossReopening()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const QString id = fixture.archive->id();
    QVERIFY(!id.isEmpty());
    QVERIFY(fixture.open(false));
    QCOMPARE(fixture.archive->id(), id);
    QVERIFY(waitFor(fixture.archive->space())->total > 0);
}

void ArchiveTest::isCreatedOnlyOnRequest()
{
    ArchiveFixture fixture;
    const auto opened = fixture.open(false);
    QCOMPARE(opened.error().kind, ErrorKind::Unavailable);
    QVERIFY2(opened.error().text.contains(fixture.root()), qPrintable(opened.error().text));
    QVERIFY(!QFileInfo::exists(fixture.root()));
}

void ArchiveTest::rejectsAFolderWithForeignFiles()
{
    ArchiveFixture fixture;
    QVERIFY(QDir().mkpath(fixture.root() + QStringLiteral("/photos")));
    QCOMPARE(fixture.open().error().kind, ErrorKind::Invalid);
    QCOMPARE(fixture.open(false).error().kind, ErrorKind::Unavailable);
    QVERIFY(fixture.tree().isEmpty());
}

void ArchiveTest::placesManyFilesConcurrently()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 200; ++i) {
        Placement where = placement(i + 1, QStringLiteral("/p%1.jpg").arg(i));
        where.cameraFolder = QStringLiteral("camera %1").arg(i % 14);
        all.append(fixture.begin(where, QByteArray::number(i)));
    }
    for (int i = 0; i < all.size(); ++i) {
        const auto placed = waitFor(all[i]);
        QVERIFY(placed);
        QCOMPARE(*fixture.read(placed->relativePath), QByteArray::number(i));
    }
    QCOMPARE(fixture.journal().count("\"add\":"), 200);
    QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::discardsUnplacedFiles()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    {
        auto staged = fixture.archive->stageFile({});
        QVERIFY(staged);
        (*staged)->write("half a clip");
        QTRY_COMPARE_WITH_TIMEOUT((*staged)->pending(), qint64(0), 30'000);
        QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")).size(), 1);
    }
    QTRY_COMPARE_WITH_TIMEOUT(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0, 30'000);
    QVERIFY(fixture.journal().isEmpty());
}

void ArchiveTest::neverOverwritesAFile()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const Placement where = placement(1, QStringLiteral("/snap.jpg"));
    const auto first = fixture.place(where, "one");
    const auto second = fixture.place(where, "two");
    QVERIFY(first && second);
    QCOMPARE(second->relativePath, QStringLiteral("Front Door/2026-11-21/140322-1-2-snap.jpg"));
    QCOMPARE(*fixture.read(first->relativePath), QByteArray("one"));
    QCOMPARE(*fixture.read(second->relativePath), QByteArray("two"));
}

void ArchiveTest::rejectsOversizedFiles()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    StagingOptions options;
    options.maxBytes = 10;
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "0123456789", options));
    const auto refused = fixture.place(placement(2, QStringLiteral("/b")), "01234567890", options);
    QCOMPARE(refused.error().kind, ErrorKind::Invalid);
    QCOMPARE(fixture.tree().filter(QStringLiteral("-b")).size(), 0);
    QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::continuesAnEarlierFile()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const QByteArray begin(3'000'000, 'a');
    const auto cut = fixture.place(placement(1, QStringLiteral("/a.mp4")), begin);
    QVERIFY(cut);
    StagingOptions options;
    options.copyFrom = cut->relativePath;
    options.copyBytes = 2'500'000;
    const auto whole = fixture.place(placement(2, QStringLiteral("/a.mp4")), "the end", options);
    QVERIFY(whole);
    const QByteArray expected = begin.left(2'500'000) + "the end";
    QCOMPARE(*fixture.read(whole->relativePath), expected);
    QCOMPARE(whole->sha256, sha256(expected));
    QCOMPARE(whole->bytes, expected.size());

    // Also when nothing follows, and never from what is not there.
    QCOMPARE(fixture.place(placement(3, QStringLiteral("/a.mp4")), {}, options)->bytes, qint64(2'500'000));
    options.copyBytes = 4'000'000;
    QCOMPARE(fixture.place(placement(4, QStringLiteral("/a.mp4")), "x", options).error().kind,
             ErrorKind::Corrupt);
    options.copyFrom = QStringLiteral("nowhere");
    QCOMPARE(fixture.place(placement(5, QStringLiteral("/a.mp4")), "x", options).error().kind,
             ErrorKind::NotFound);
    QVERIFY(fixture.archive->ready());
    QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::recognizesAnEarlierPrefix()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    for (const qint64 prefix : {1, 9, 10}) {
        StagingOptions options;
        options.prefixBytes = prefix;
        options.prefixSha256 = sha256(QByteArray("0123456789").left(prefix));
        QVERIFY(fixture.place(placement(1, QStringLiteral("/a")), "0123456789", options)->prefixMatches);
        QVERIFY(!fixture.place(placement(1, QStringLiteral("/a")), "1123456789", options)->prefixMatches);
        QVERIFY(!fixture
                     .place(placement(1, QStringLiteral("/a")), QByteArray("0123456789").left(prefix - 1),
                            options)
                     ->prefixMatches);
        auto staged = fixture.archive->stageFile(options);
        for (const char c : QByteArray("0123456789abc"))
            (*staged)->write(QByteArray(1, c));
        const auto placed = waitFor((*staged)->place(placement(1, QStringLiteral("/a"))));
        QVERIFY(placed->prefixMatches);
        QCOMPARE(placed->sha256, sha256("0123456789abc"));
    }
}

// Long chunks are hashed on another thread, small ones where they are written: the order must hold.
void ArchiveTest::hashesLongFilesWhileWritingThem()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int item = 1; item <= 20; ++item) {
        QByteArray all;
        QVector<QByteArray> chunks;
        for (int i = 0; i < 12; ++i) {
            QByteArray chunk(random.bounded(2) == 0 ? random.bounded(1, 100)
                                                    : random.bounded(60'000, 300'000),
                             Qt::Uninitialized);
            for (char &c : chunk)
                c = char(random.bounded(256));
            all += chunk;
            chunks.append(chunk);
        }
        StagingOptions options;
        options.prefixBytes = random.bounded(1, int(all.size()));
        options.prefixSha256 = sha256(all.left(options.prefixBytes));
        const bool isLonger = random.bounded(2) == 0; // than what arrives
        if (isLonger)
            options.prefixBytes = all.size() + 1;
        auto staged = fixture.archive->stageFile(options);
        for (const QByteArray &chunk : chunks)
            (*staged)->write(chunk);
        const auto placed = waitFor((*staged)->place(placement(item, QStringLiteral("/a"))));
        QVERIFY(placed);
        QCOMPARE(placed->bytes, all.size());
        QCOMPARE(placed->sha256, sha256(all));
        QCOMPARE(placed->prefixMatches, !isLonger);
        QVERIFY(*fixture.read(placed->relativePath) == all);
    }
}

// The disk may be faster than the hash.
void ArchiveTest::finishesTheHashBeforePlacing()
{
    PosixFileSystem posix;
    UnsyncedFileSystem unsynced(posix);
    ArchiveFixture fixture(unsynced);
    QVERIFY(fixture.open());
    const QByteArray chunk(4 << 20, 'x');
    QVector<QFuture<Result<Placed>>> all;
    for (int item = 1; item <= 8; ++item)
        all.append(fixture.begin(placement(item, QStringLiteral("/a")), chunk));
    const QByteArray expected = sha256(chunk);
    for (const auto &one : all) {
        const auto placed = waitFor(one);
        QVERIFY(placed);
        QCOMPARE(placed->sha256, expected);
    }
    QCOMPARE(fixture.journal().count(expected.toHex()), 8);
}

void ArchiveTest::discardsAFileThatIsBeingHashed()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 0; i < 20; ++i) {
        auto staged = fixture.archive->stageFile({});
        for (int chunk = 0; chunk < 4; ++chunk)
            (*staged)->write(QByteArray(1 << 20, 'x'));
    }
    QTRY_COMPARE_WITH_TIMEOUT(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0, 30'000);
    auto staged = fixture.archive->stageFile({});
    (*staged)->write(QByteArray(8 << 20, 'x'));
    fixture.archive.reset(); // closes the threads; the staged file outlives them
}

void ArchiveTest::callsBackOnceDrained()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    auto staged = fixture.archive->stageFile({});
    int drained = 0;
    QThread *where = nullptr;
    (*staged)->onDrained([&] {
        ++drained;
        where = QThread::currentThread();
    });
    for (int i = 0; i < 5; ++i)
        (*staged)->write(QByteArray(1 << 20, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT((*staged)->pending(), qint64(0), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(drained >= 1, 30'000);
    QCOMPARE(where, QThread::currentThread());
    // Who asks when it has drained already is told too, and does not wait for ever.
    bool isReported = false;
    (*staged)->onDrained([&] { isReported = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isReported, kPatience);
    // A staged file that is gone calls nobody.
    (*staged)->write(QByteArray(2 << 20, 'x'));
    const int before = drained;
    staged->reset();
    QTest::qWait(50);
    QCOMPARE(drained, before);
}

void ArchiveTest::recordsTheReasonForRemoval()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const auto placed = fixture.place(placement(5, QStringLiteral("/a")), "bytes");
    const auto kept = fixture.place(placement(6, QStringLiteral("/b")), "bytes");
    const QString reason = QStringLiteral("Older than 60 days");
    QVERIFY(waitFor(fixture.archive->remove(ItemId{5}, placed->relativePath, reason, 90'000)));
    QVERIFY(fixture.journal().contains("\"duration\":90000"));
    QCOMPARE(fixture.read(placed->relativePath).error().kind, ErrorKind::NotFound);
    QVERIFY(fixture.read(kept->relativePath));
    QVERIFY(fixture.journal().contains("\"remove\":5"));
    QVERIFY(fixture.journal().contains(reason.toUtf8()));
    // The day's last one takes its folder along, and the next one makes it again.
    const QString day = QFileInfo(fixture.root() + QLatin1Char('/') + kept->relativePath).path();
    QVERIFY(QFileInfo::exists(day));
    QVERIFY(waitFor(fixture.archive->remove(ItemId{6}, kept->relativePath, reason, std::nullopt)));
    QVERIFY(!QFileInfo::exists(day));
    for (qint64 item = 10; item < 14; ++item)
        QVERIFY(fixture.place(placement(item, QStringLiteral("/c")), "bytes"));
    // Gone already, with or without its folder: fine.
    QVERIFY(waitFor(fixture.archive->remove(ItemId{5}, placed->relativePath, reason, std::nullopt)));
    QVERIFY(
        waitFor(fixture.archive->remove(ItemId{9}, QStringLiteral("no/such/file"), reason, std::nullopt)));
}

void ArchiveTest::refusesToRemoveFilesOutside()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QFile outside(fixture.folder.filePath(QStringLiteral("disk/mine")));
    QVERIFY(outside.open(QIODevice::WriteOnly));
    for (const QString &path :
         {QStringLiteral("../mine"), QStringLiteral("a/../../mine"), outside.fileName()}) {
        const auto removed =
            waitFor(fixture.archive->remove(ItemId{1}, path, QStringLiteral("x"), std::nullopt));
        QCOMPARE(removed.error().kind, ErrorKind::Invalid);
    }
    QVERIFY(outside.exists());
}

void ArchiveTest::recordsARename()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(waitFor(fixture.archive->noteRename(ItemId{5}, QStringLiteral("/a.mp4"))));
    const auto entry = archive::fromLine(fixture.journal());
    QCOMPARE(std::get<archive::JournalRename>(*entry).sourcePath, QStringLiteral("/a.mp4"));
}

void ArchiveTest::runsArbitraryJobs()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    std::atomic<bool> done = false;
    fixture.archive->run([&done] { done = true; });
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
}

void ArchiveTest::finishesPendingWorkOnShutdown()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    auto left = fixture.archive->stageFile({});
    (*left)->write("never placed");
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 50; ++i)
        all.append(fixture.begin(placement(i + 1, QStringLiteral("/a")), "bytes"));
    fixture.archive.reset();
    for (const auto &future : all)
        QVERIFY(future.isFinished() && future.result());
    QCOMPARE(waitFor((*left)->place(placement(99, QStringLiteral("/b")))).error().kind, ErrorKind::Cancelled);
    left->reset();
    QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

GATEHOUSE_TEST(ArchiveTest)
#include "archive_test.moc"
