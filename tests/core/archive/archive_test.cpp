#include "archive/archive.h"

#include "archive/journal.h"
#include "house.h"
#include "support/registry.h"

#include <QThread>

using namespace gatehouse;
using namespace gatehouse::tests;

class ArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItIsGiven();
    void keepsItsIdentity();
    void isMadeOnlyWhenAsked();
    void takesNoFolderOfSomebodyElse();
    void placesManyAtOnce();
    void discardsWhatIsNotPlaced();
    void neverReplaces();
    void refusesWhatIsTooLarge();
    void continuesAnEarlierFile();
    void knowsAnEarlierBeginning();
    void tellsWhenItHasDrained();
    void removesWithAReason();
    void removesNothingOutside();
    void notesARename();
    void doesOtherWork();
    void finishesBeforeItEnds();
};

void ArchiveTest::keepsWhatItIsGiven()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(house.archive->ready());
    const QByteArray bytes(50'000, 'x');
    const auto placed = house.place(placement(7, QStringLiteral("/2026/11/21/clip one.mp4")), bytes);
    QVERIFY(placed);
    QCOMPARE(placed->archive, house.archive->id());
    QCOMPARE(placed->relativePath, QStringLiteral("Front Door/2026-11-21/140322-7-clip one.mp4"));
    QCOMPARE(placed->bytes, bytes.size());
    QCOMPARE(placed->sha256, sha256(bytes));
    QCOMPARE(*house.read(placed->relativePath), bytes);

    const auto entry = archive::fromLine(house.journal());
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
    QVERIFY(house.tree().filter(QStringLiteral("incoming/")).isEmpty());
}

void ArchiveTest::keepsItsIdentity()
{
    House house;
    QVERIFY(house.open());
    const QString id = house.archive->id();
    QVERIFY(!id.isEmpty());
    QVERIFY(house.open(false));
    QCOMPARE(house.archive->id(), id);
    QVERIFY(waitFor(house.archive->space())->total > 0);
}

void ArchiveTest::isMadeOnlyWhenAsked()
{
    House house;
    const auto opened = house.open(false);
    QCOMPARE(opened.error().kind, ErrorKind::Unavailable);
    QVERIFY2(opened.error().text.contains(house.root()), qPrintable(opened.error().text));
    QVERIFY(!QFileInfo::exists(house.root()));
}

void ArchiveTest::takesNoFolderOfSomebodyElse()
{
    House house;
    QVERIFY(QDir().mkpath(house.root() + QStringLiteral("/photos")));
    QCOMPARE(house.open().error().kind, ErrorKind::Invalid);
    QCOMPARE(house.open(false).error().kind, ErrorKind::Unavailable);
    QVERIFY(house.tree().isEmpty());
}

void ArchiveTest::placesManyAtOnce()
{
    House house;
    QVERIFY(house.open());
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 200; ++i) {
        Placement where = placement(i + 1, QStringLiteral("/p%1.jpg").arg(i));
        where.cameraFolder = QStringLiteral("camera %1").arg(i % 14);
        all.append(house.begin(where, QByteArray::number(i)));
    }
    for (int i = 0; i < all.size(); ++i) {
        const auto placed = waitFor(all[i]);
        QVERIFY(placed);
        QCOMPARE(*house.read(placed->relativePath), QByteArray::number(i));
    }
    QCOMPARE(house.journal().count("\"add\":"), 200);
    QCOMPARE(house.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::discardsWhatIsNotPlaced()
{
    House house;
    QVERIFY(house.open());
    {
        auto intake = house.archive->beginIntake({});
        QVERIFY(intake);
        (*intake)->write("half a clip");
        QTRY_COMPARE_WITH_TIMEOUT((*intake)->pending(), qint64(0), 30'000);
        QCOMPARE(house.tree().filter(QStringLiteral("incoming/")).size(), 1);
    }
    QTRY_COMPARE_WITH_TIMEOUT(house.tree().filter(QStringLiteral("incoming/")).size(), 0, 30'000);
    QVERIFY(house.journal().isEmpty());
}

void ArchiveTest::neverReplaces()
{
    House house;
    QVERIFY(house.open());
    const Placement where = placement(1, QStringLiteral("/snap.jpg"));
    const auto first = house.place(where, "one");
    const auto second = house.place(where, "two");
    QVERIFY(first && second);
    QCOMPARE(second->relativePath, QStringLiteral("Front Door/2026-11-21/140322-1-2-snap.jpg"));
    QCOMPARE(*house.read(first->relativePath), QByteArray("one"));
    QCOMPARE(*house.read(second->relativePath), QByteArray("two"));
}

void ArchiveTest::refusesWhatIsTooLarge()
{
    House house;
    QVERIFY(house.open());
    IntakeOptions options;
    options.maxBytes = 10;
    QVERIFY(house.place(placement(1, QStringLiteral("/a")), "0123456789", options));
    const auto refused = house.place(placement(2, QStringLiteral("/b")), "01234567890", options);
    QCOMPARE(refused.error().kind, ErrorKind::Invalid);
    QCOMPARE(house.tree().filter(QStringLiteral("-b")).size(), 0);
    QCOMPARE(house.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::continuesAnEarlierFile()
{
    House house;
    QVERIFY(house.open());
    const QByteArray begin(3'000'000, 'a');
    const auto cut = house.place(placement(1, QStringLiteral("/a.mp4")), begin);
    QVERIFY(cut);
    IntakeOptions options;
    options.copyFrom = cut->relativePath;
    options.copyBytes = 2'500'000;
    const auto whole = house.place(placement(2, QStringLiteral("/a.mp4")), "the end", options);
    QVERIFY(whole);
    const QByteArray expected = begin.left(2'500'000) + "the end";
    QCOMPARE(*house.read(whole->relativePath), expected);
    QCOMPARE(whole->sha256, sha256(expected));
    QCOMPARE(whole->bytes, expected.size());

    // Also when nothing follows, and never from what is not there.
    QCOMPARE(house.place(placement(3, QStringLiteral("/a.mp4")), {}, options)->bytes, qint64(2'500'000));
    options.copyBytes = 4'000'000;
    QCOMPARE(house.place(placement(4, QStringLiteral("/a.mp4")), "x", options).error().kind,
             ErrorKind::Corrupt);
    options.copyFrom = QStringLiteral("nowhere");
    QCOMPARE(house.place(placement(5, QStringLiteral("/a.mp4")), "x", options).error().kind,
             ErrorKind::NotFound);
    QVERIFY(house.archive->ready());
    QCOMPARE(house.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

void ArchiveTest::knowsAnEarlierBeginning()
{
    House house;
    QVERIFY(house.open());
    for (const qint64 prefix : {1, 9, 10}) {
        IntakeOptions options;
        options.prefixBytes = prefix;
        options.prefixSha256 = sha256(QByteArray("0123456789").left(prefix));
        QVERIFY(house.place(placement(1, QStringLiteral("/a")), "0123456789", options)->prefixMatches);
        QVERIFY(!house.place(placement(1, QStringLiteral("/a")), "1123456789", options)->prefixMatches);
        QVERIFY(!house
                     .place(placement(1, QStringLiteral("/a")), QByteArray("0123456789").left(prefix - 1),
                            options)
                     ->prefixMatches);
        auto intake = house.archive->beginIntake(options);
        for (const char c : QByteArray("0123456789abc"))
            (*intake)->write(QByteArray(1, c));
        const auto placed = waitFor((*intake)->place(placement(1, QStringLiteral("/a"))));
        QVERIFY(placed->prefixMatches);
        QCOMPARE(placed->sha256, sha256("0123456789abc"));
    }
}

void ArchiveTest::tellsWhenItHasDrained()
{
    House house;
    QVERIFY(house.open());
    auto intake = house.archive->beginIntake({});
    int drained = 0;
    QThread *where = nullptr;
    (*intake)->onDrained([&] {
        ++drained;
        where = QThread::currentThread();
    });
    for (int i = 0; i < 5; ++i)
        (*intake)->write(QByteArray(1 << 20, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT((*intake)->pending(), qint64(0), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(drained >= 1, 30'000);
    QCOMPARE(where, QThread::currentThread());
    // Who asks when it has drained already is told too, and does not wait for ever.
    bool isTold = false;
    (*intake)->onDrained([&] { isTold = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isTold, 5'000);
    // An intake that is gone calls nobody.
    (*intake)->write(QByteArray(2 << 20, 'x'));
    const int before = drained;
    intake->reset();
    QTest::qWait(50);
    QCOMPARE(drained, before);
}

void ArchiveTest::removesWithAReason()
{
    House house;
    QVERIFY(house.open());
    const auto placed = house.place(placement(5, QStringLiteral("/a")), "bytes");
    const auto kept = house.place(placement(6, QStringLiteral("/b")), "bytes");
    const QString reason = QStringLiteral("Older than 60 days");
    QVERIFY(waitFor(house.archive->remove(ItemId{5}, placed->relativePath, reason)));
    QCOMPARE(house.read(placed->relativePath).error().kind, ErrorKind::NotFound);
    QVERIFY(house.read(kept->relativePath));
    QVERIFY(house.journal().contains("\"remove\":5"));
    QVERIFY(house.journal().contains(reason.toUtf8()));
    // The day's last one takes its folder along, and the next one makes it again.
    const QString day = QFileInfo(house.root() + QLatin1Char('/') + kept->relativePath).path();
    QVERIFY(QFileInfo::exists(day));
    QVERIFY(waitFor(house.archive->remove(ItemId{6}, kept->relativePath, reason)));
    QVERIFY(!QFileInfo::exists(day));
    for (qint64 item = 10; item < 14; ++item)
        QVERIFY(house.place(placement(item, QStringLiteral("/c")), "bytes"));
    // Gone already, with or without its folder: fine.
    QVERIFY(waitFor(house.archive->remove(ItemId{5}, placed->relativePath, reason)));
    QVERIFY(waitFor(house.archive->remove(ItemId{9}, QStringLiteral("no/such/file"), reason)));
}

void ArchiveTest::removesNothingOutside()
{
    House house;
    QVERIFY(house.open());
    QFile outside(house.folder.filePath(QStringLiteral("disk/mine")));
    QVERIFY(outside.open(QIODevice::WriteOnly));
    for (const QString &path :
         {QStringLiteral("../mine"), QStringLiteral("a/../../mine"), outside.fileName()}) {
        const auto removed = waitFor(house.archive->remove(ItemId{1}, path, QStringLiteral("x")));
        QCOMPARE(removed.error().kind, ErrorKind::Invalid);
    }
    QVERIFY(outside.exists());
}

void ArchiveTest::notesARename()
{
    House house;
    QVERIFY(house.open());
    QVERIFY(waitFor(house.archive->noteRename(ItemId{5}, QStringLiteral("/a.mp4"))));
    const auto entry = archive::fromLine(house.journal());
    QCOMPARE(std::get<archive::JournalRename>(*entry).sourcePath, QStringLiteral("/a.mp4"));
}

void ArchiveTest::doesOtherWork()
{
    House house;
    QVERIFY(house.open());
    std::atomic<bool> done = false;
    house.archive->run([&done] { done = true; });
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
}

void ArchiveTest::finishesBeforeItEnds()
{
    House house;
    QVERIFY(house.open());
    auto left = house.archive->beginIntake({});
    (*left)->write("never placed");
    QVector<QFuture<Result<Placed>>> all;
    for (int i = 0; i < 50; ++i)
        all.append(house.begin(placement(i + 1, QStringLiteral("/a")), "bytes"));
    house.archive.reset();
    for (const auto &future : all)
        QVERIFY(future.isFinished() && future.result());
    QCOMPARE(waitFor((*left)->place(placement(99, QStringLiteral("/b")))).error().kind, ErrorKind::Cancelled);
    left->reset();
    QCOMPARE(house.tree().filter(QStringLiteral("incoming/")).size(), 0);
}

GATEHOUSE_TEST(ArchiveTest)
#include "archive_test.moc"
