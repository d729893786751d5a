#include "archive/repair.h"

#include "archive/journal_reader.h"
#include "archive/layout.h"
#include "archive_fixture.h"
#include "fakes/hooked_file_system.h"
#include "support/registry.h"

#include <QTimeZone>

using namespace gatehouse;
using namespace gatehouse::archive;
using namespace gatehouse::tests;

namespace
{

struct SearchResult {
    Result<qint64> looked;
    QHash<QString, Orphan> orphans; // by path
};

SearchResult searchIn(ArchiveFixture &fixture, const QSet<QString> &rows, qint64 since = 0, qint64 before = 0,
                      QStringList *unreadable = nullptr)
{
    SearchResult answer;
    OrphanSearch search;
    search.root = fixture.root();
    search.since = since;
    search.before = before;
    search.known = [&rows](const QStringList &paths) -> Result<QSet<QString>> {
        return QSet<QString>(paths.begin(), paths.end()).intersect(rows);
    };
    search.found = [&answer](const QVector<Orphan> &orphans) {
        for (const Orphan &orphan : orphans)
            answer.orphans.insert(orphan.relativePath, orphan);
        return true;
    };
    search.unreadable = [unreadable](const QString &path, const Error &) {
        if (unreadable)
            unreadable->append(path);
    };
    answer.looked = findOrphans(fixture.files, search);
    return answer;
}

void put(ArchiveFixture &fixture, const QString &relativePath, const QByteArray &bytes)
{
    QFile file(fixture.root() + QLatin1Char('/') + relativePath);
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class RepairTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesLeftoverPartialFiles();
    void findsFilesWithoutARow();
    void findsFilesWithoutAJournalLine();
    void trustsTheJournalOnlyIfItMatchesTheFile();
    void searchesOnlyTheRequestedPeriod();
    void failsWithoutTheDisk();
    void canBeStopped();
    void readsTheJournalToItsEnd();
    void skipsUnreadableJournalFiles();
    void readsTheItemIdFromALine();
    void findsTheNewestFileByName();
};

void RepairTest::removesLeftoverPartialFiles()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(*removeLeftOvers(fixture.files, fixture.root()), 0);
    put(fixture, QStringLiteral("incoming/old-1.part"), "half");
    put(fixture, QStringLiteral("incoming/old-2.part"), {});
    put(fixture, QStringLiteral("incoming/note.txt"), "mine");
    QCOMPARE(*removeLeftOvers(fixture.files, fixture.root()), 2);
    QCOMPARE(fixture.tree().filter(QStringLiteral("incoming/")), {QStringLiteral("incoming/note.txt")});
}

void RepairTest::findsFilesWithoutARow()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const auto known = fixture.place(placement(1, QStringLiteral("/a.jpg")), "a");
    const auto unknown = fixture.place(placement(2, QStringLiteral("/x/b.mp4_")), "bb");
    const auto removed = fixture.place(placement(3, QStringLiteral("/c.jpg")), "ccc");
    QVERIFY(waitFor(fixture.archive->noteRename(ItemId{2}, QStringLiteral("/x/b.tmp"))));
    QTest::qWait(2); // notes are told apart by their time
    QVERIFY(waitFor(fixture.archive->noteRename(ItemId{2}, QStringLiteral("/x/b.mp4"))));
    QVERIFY(waitFor(
        fixture.archive->remove(ItemId{3}, removed->relativePath, QStringLiteral("By hand"), std::nullopt)));
    put(fixture, removed->relativePath, "ccc"); // brought back by a backup
    const QString bare = QStringLiteral("Porch/2026-11-20/101112-77-snap.jpg");
    put(fixture, bare, "dddd");
    put(fixture, QStringLiteral("Porch/2026-11-20/note.txt"), "no upload of ours");

    const SearchResult answer = searchIn(fixture, {known->relativePath});
    QVERIFY(answer.looked);
    QCOMPARE(*answer.looked, qint64(4));
    QCOMPARE(answer.orphans.size(), 3);

    const Orphan second = answer.orphans.value(unknown->relativePath);
    QVERIFY(second.inJournal);
    QCOMPARE(second.placement.item, ItemId{2});
    QCOMPARE(second.placement.account, QStringLiteral("porch"));
    QCOMPARE(second.placement.sourcePath, QStringLiteral("/x/b.mp4"));
    QCOMPARE(second.placement.received, qint64(1'795'269'802'480));
    QCOMPARE(second.bytes, qint64(2));
    QCOMPARE(second.sha256, sha256("bb"));
    QVERIFY(second.removedBecause.isEmpty());

    QCOMPARE(answer.orphans.value(removed->relativePath).removedBecause, QStringLiteral("By hand"));

    const Orphan fourth = answer.orphans.value(bare);
    QVERIFY(!fourth.inJournal);
    QCOMPARE(fourth.placement.item, ItemId{77});
    QCOMPARE(fourth.placement.cameraFolder, QStringLiteral("Porch"));
    QCOMPARE(fourth.placement.sourcePath, QStringLiteral("/snap.jpg"));
    QCOMPARE(fourth.bytes, qint64(4));
    QVERIFY(fourth.sha256.isEmpty());
}

// Killed between the rename and the journal, or the journal's end was lost: that it was never answered,
// nobody knows.
void RepairTest::findsFilesWithoutAJournalLine()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const auto known = fixture.place(placement(1, QStringLiteral("/a.jpg")), "a"); // 14:03:22
    const QString early = QStringLiteral("Porch/2026-11-21/140320-77-snap.jpg");
    const QString late = QStringLiteral("Porch/2026-11-21/140322-78-snap.tmp");
    put(fixture, early, "dddd");
    put(fixture, late, "dddd");
    // Of its lines only a later one is left.
    QVERIFY(waitFor(fixture.archive->noteRename(ItemId{78}, QStringLiteral("/x/snap.jpg"))));
    const SearchResult answer = searchIn(fixture, {known->relativePath});
    QCOMPARE(answer.orphans.size(), 2);
    for (const Orphan &orphan : answer.orphans) {
        QVERIFY(!orphan.inJournal);
        QVERIFY(orphan.removedBecause.isEmpty());
    }
    QCOMPARE(answer.orphans.value(early).placement.sourcePath, QStringLiteral("/snap.jpg"));
    QCOMPARE(answer.orphans.value(late).placement.sourcePath, QStringLiteral("/x/snap.jpg"));
}

void RepairTest::trustsTheJournalOnlyIfItMatchesTheFile()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const auto placed = fixture.place(placement(1, QStringLiteral("/a.jpg")), "a");
    put(fixture, placed->relativePath, "other");
    const SearchResult answer = searchIn(fixture, {});
    QVERIFY(answer.orphans[placed->relativePath].inJournal);
    QCOMPARE(answer.orphans[placed->relativePath].bytes, qint64(5));
    QVERIFY(answer.orphans[placed->relativePath].sha256.isEmpty());
    // And without any journal.
    QVERIFY(QDir(fixture.root() + QStringLiteral("/journal")).removeRecursively());
    QCOMPARE(searchIn(fixture, {}).orphans.size(), 1);
}

void RepairTest::searchesOnlyTheRequestedPeriod()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    constexpr qint64 day = 24 * 60 * 60'000;
    Placement old = placement(1, QStringLiteral("/a.jpg"));
    old.received -= 3 * day;
    QVERIFY(fixture.place(old, "a"));
    const Placement recent = placement(2, QStringLiteral("/b.jpg"));
    QVERIFY(fixture.place(recent, "b"));
    QCOMPARE(*searchIn(fixture, {}).looked, qint64(2));
    QCOMPARE(*searchIn(fixture, {}, recent.received - day).looked, qint64(1));
    QCOMPARE(*searchIn(fixture, {}, 0, recent.received - 60'000).looked, qint64(1));
    QCOMPARE(*searchIn(fixture, {}, 0, recent.received + 60'000).looked, qint64(2));
}

void RepairTest::failsWithoutTheDisk()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(QFile::remove(fixture.root() + QStringLiteral("/gatehouse-archive.json")));
    QCOMPARE(searchIn(fixture, {}).looked.error().kind, ErrorKind::Unavailable);
    QCOMPARE(removeLeftOvers(fixture.files, fixture.root()).error().kind, ErrorKind::Unavailable);
}

void RepairTest::canBeStopped()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.place(placement(1, QStringLiteral("/a.jpg")), "a"));
    OrphanSearch search;
    search.root = fixture.root();
    search.known = [](const QStringList &) -> Result<QSet<QString>> { return QSet<QString>(); };
    search.found = [](const QVector<Orphan> &) { return true; };
    search.progress = [](qint64) { return false; };
    QCOMPARE(findOrphans(fixture.files, search).error().kind, ErrorKind::Cancelled);
    search.progress = {};
    search.found = [](const QVector<Orphan> &) { return false; };
    QCOMPARE(findOrphans(fixture.files, search).error().kind, ErrorKind::Cancelled);
    QCOMPARE(readJournal(fixture.files, fixture.root(), 0, [](const JournalEntry &) {},
                         {{}, [] { return false; }, {}})
                 .error()
                 .kind,
             ErrorKind::Cancelled);
}

void RepairTest::readsTheJournalToItsEnd()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    // More than one piece of reading, a line that is none, one that never ends.
    QByteArray lines;
    JournalAdd add;
    add.placement = placement(1, QStringLiteral("/") + QString(3000, QLatin1Char('x')));
    add.relativePath = QStringLiteral("a/b");
    add.sha256 = QByteArray(32, 'h');
    for (int i = 1; i <= 1000; ++i) {
        add.placement.item = ItemId{i};
        lines += toLine(add);
        if (i == 500)
            lines += "{\"add\":torn\n" + QByteArray(200'000, 'z') + '\n';
    }
    put(fixture, QStringLiteral("journal/2026-10-1.jsonl"), lines + "{\"remove\":");
    put(fixture, QStringLiteral("journal/2026-11-1.jsonl"),
        toLine(JournalRename{ItemId{5}, QStringLiteral("/n"), 9}));
    qint64 sum = 0;
    int renames = 0;
    const auto count = [&](const JournalEntry &entry) {
        if (const auto *one = std::get_if<JournalAdd>(&entry))
            sum += one->placement.item.value;
        else
            ++renames;
    };
    QVERIFY(readJournal(fixture.files, fixture.root(), 0, count));
    QCOMPARE(sum, qint64(500'500));
    QCOMPARE(renames, 1);
    sum = renames = 0;
    QVERIFY(readJournal(fixture.files, fixture.root(), 1'795'269'802'480, count));
    QCOMPARE(sum, qint64(0));
    QCOMPARE(renames, 1);
}

// A bad sector in one month of the journal: the files of the others get their names, and its own are found by
// what their paths say.
void RepairTest::skipsUnreadableJournalFiles()
{
    PosixFileSystem posix;
    HookedFileSystem hooked(posix);
    ArchiveFixture fixture(hooked);
    QVERIFY(fixture.open());
    const auto first = fixture.place(placement(1, QStringLiteral("/first.jpg")), "1");
    fixture.archive.reset();
    const QString journal = fixture.root() + QStringLiteral("/journal/");
    const QStringList names = QDir(journal).entryList({QStringLiteral("*.jsonl")});
    QCOMPARE(names.size(), 1);
    QVERIFY(QFile::rename(journal + names[0], journal + QStringLiteral("2026-11-9.jsonl")));
    QVERIFY(fixture.open());
    const auto second = fixture.place(placement(2, QStringLiteral("/second.jpg")), "2");
    QVERIFY(first && second);
    hooked.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("read") && path.endsWith(QLatin1String("/2026-11-9.jsonl")))
            return fail(ErrorKind::Internal, QStringLiteral("Input/output error"));
        return {};
    });
    QStringList unreadable;
    const SearchResult answer = searchIn(fixture, {}, 0, 0, &unreadable);
    QVERIFY(answer.looked);
    QCOMPARE(unreadable, {journal + QStringLiteral("2026-11-9.jsonl")});
    QCOMPARE(answer.orphans.size(), 2);
    QVERIFY(!answer.orphans[first->relativePath].inJournal);
    QCOMPARE(answer.orphans[second->relativePath].placement.sourcePath, QStringLiteral("/second.jpg"));
    // But where the whole disk went it is an error.
    hooked.setHook([](const QString &operation, const QString &path) -> Result<void> {
        static std::atomic<bool> isGone;
        isGone = isGone || path.endsWith(QLatin1String(".jsonl"));
        if (operation == QLatin1String("read") && isGone)
            return fail(ErrorKind::Internal, QStringLiteral("Input/output error"));
        return {};
    });
    const SearchResult gone = searchIn(fixture, {});
    QVERIFY(!gone.looked);
    QVERIFY(gone.orphans.isEmpty());
}

void RepairTest::readsTheItemIdFromALine()
{
    JournalAdd add;
    add.placement = placement(7, QStringLiteral("/\"add\":8,.jpg"));
    add.placement.account = QStringLiteral("\"add\":9");
    QCOMPARE(itemInLine(toLine(add)), ItemId{7});
    QCOMPARE(itemInLine(toLine(JournalRemove{ItemId{5}, {}, QStringLiteral("\"add\":9"), 1})), ItemId{5});
    // The length of what was removed; earlier versions did not know it.
    const auto durationIn = [](const QByteArray &line) {
        return std::get<JournalRemove>(*fromLine(line)).duration;
    };
    JournalRemove removal{ItemId{5}, QStringLiteral("a"), QStringLiteral("b"), 1, 90'000};
    QCOMPARE(durationIn(toLine(removal)), 90'000);
    removal.duration.reset();
    QVERIFY(!durationIn(toLine(removal)));
    QVERIFY(!durationIn(R"({"remove":5,"path":"a","reason":"b","at":"2026-06-12T14:02:18.480Z"})"));
    QVERIFY(!durationIn(R"({"remove":5,"duration":"long"})"));
    QCOMPARE(durationIn(R"({"remove":5,"duration":-5})"), 0);
    QCOMPARE(itemInLine(toLine(JournalRename{ItemId{6}, QStringLiteral("/n"), 9})), ItemId{6});
    for (const char *line : {"", "{\"add\":torn", "{\"add\":", "{\"other\":3}"})
        QCOMPARE(itemInLine(line), ItemId());
}

void RepairTest::findsTheNewestFileByName()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(newestIn(fixture.files, fixture.root()).arrival, qint64(0));
    QVERIFY(!newestIn(fixture.files, fixture.root()).highest.isValid());
    put(fixture, QStringLiteral("Yard/2026-11-19/101112-5-snap.jpg"), "d");
    put(fixture, QStringLiteral("Porch/2026-11-20/101112-77-snap.jpg"), "d");
    put(fixture, QStringLiteral("Porch/2026-11-21/note.txt"), "d");
    put(fixture, QStringLiteral("incoming/2026-11-25/101112-77-snap.jpg"), "d");
    QCOMPARE(newestIn(fixture.files, fixture.root()).arrival,
             QDateTime(QDate(2026, 11, 20), QTime(10, 11, 12), QTimeZone::utc()).toMSecsSinceEpoch());
    QCOMPARE(newestIn(fixture.files, fixture.root()).highest, ItemId{77});
}

GATEHOUSE_TEST(RepairTest)
#include "repair_test.moc"
