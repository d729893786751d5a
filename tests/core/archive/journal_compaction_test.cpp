// Old months of the journal lose what tells only of files that went long ago. What a repair needs is there
// after a power cut at any step, and whatever is not understood stays as it was.
#include "archive/journal_compaction.h"

#include "archive/journal_reader.h"
#include "fakes/hooked_file_system.h"
#include "fakes/set_clock.h"
#include "old_journal.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QRandomGenerator>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::archive;
using namespace gatehouse::tests;
using namespace gatehouse::tests::oldjournal;

class JournalCompactionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEntriesThatRepairNeeds();
    void keepsUnrecognizedLines_data();
    void keepsUnrecognizedLines();
    void keepsEntriesNotProvablyOld();
    void incrementalRunsGiveTheSameResult();
    void skipsAFileInUse();
    void keepsLinesWrittenDuringCompaction();
    void doesNotReplaceFilesBeingRead();
    void removesItsTemporaryFileOnAFullDisk();
    void canBeCancelled();
    void uploadsContinueDuringCompaction();
};

void JournalCompactionTest::keepsEntriesThatRepairNeeds()
{
    const Story story;
    Disk disk;
    disk.keep(story.stays);
    disk.keep(story.cameBack);
    Journal written = story.written;
    Journal left = story.left;
    for (const QString &other : {QStringLiteral("state.1.json"), QStringLiteral("old.jsonl")}) {
        written.insert(other, removal(story.went, kBefore - 200 * kDayMs));
        left.insert(other, written[other]);
    }
    written.insert(QStringLiteral("compacted.new"), "of a crash");
    put(disk.files, written);
    const auto done = disk.compact();
    QVERIFY(done);
    QCOMPARE(read(disk.files), left);
    QCOMPARE(done->files, 3);
    QCOMPARE(done->lines, qint64(6));
    QVERIFY(done->bytes > 1'000);
    QCOMPARE(disk.compact()->lines, qint64(0));
    QCOMPARE(read(disk.files), left);
}

void JournalCompactionTest::keepsUnrecognizedLines_data()
{
    QTest::addColumn<QByteArray>("odd");
    QTest::newRow("of a later version") << QByteArray("{\"moved\":1,\"to\":\"x\"}\n");
    QTest::newRow("torn, and a line after it") << QByteArray("{\"account\":\"po\n");
    QTest::newRow("holes") << QByteArray(5'000, '\0') + '\n';
    QTest::newRow("no text") << QByteArray("\xff\xfe\r\n\n\n");
    QTest::newRow("longer than any line") << QByteArray(3'000'000, 'z') + '\n';
    QTest::newRow("a long line that could be one")
        << QByteArray("{\"remove\":2,") + QByteArray(70'000, ' ') + "\"path\":\"x\"}\n";
}

void JournalCompactionTest::keepsUnrecognizedLines()
{
    QFETCH(QByteArray, odd);
    const Story story;
    const QString name = QStringLiteral("2024-03-1.jsonl");
    const QByteArray torn = "{\"add\":12"; // the end
    Disk disk;
    put(disk.files, Journal{{name, odd + add(story.went) + odd + removal(story.went, kBefore - 2 * kDayMs) +
                                       add(story.stays) + odd + torn}});
    QVERIFY(disk.compact());
    QCOMPARE(read(disk.files), (Journal{{name, odd + odd + add(story.stays) + odd + torn}}));
}

void JournalCompactionTest::keepsEntriesNotProvablyOld()
{
    const qint64 item = itemOf("2024-01-05", 1);
    const qint64 ofToday = itemOf("2026-01-05", 1); // removed while the PC's clock was in 2020
    Disk disk;
    const Journal journal{
        {QStringLiteral("2020-01-1.jsonl"), add(ofToday) + removal(ofToday, at("2020-01-02"))},
        {QStringLiteral("2024-01-1.jsonl"), add(item) + removal(item, 0)},         // nobody knows when
        {QStringLiteral("2024-02-1.jsonl"), removal(item, kBefore)},               // not before it
        {QStringLiteral("2025-03-1.jsonl"), removal(item, kBefore - 200 * kDayMs)} // a month that is not over
    };
    put(disk.files, journal);
    QCOMPARE(disk.compact()->lines, qint64(0));
    QCOMPARE(read(disk.files), journal);
}

// Random journals, in turns of any size.
void JournalCompactionTest::incrementalRunsGiveTheSameResult()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    QRandomGenerator chance(seed);
    const QByteArray where = "seed " + QByteArray::number(seed);
    for (int round = 0; round < (isLongRun() ? 2'000 : 60); ++round) {
        Disk disk;
        Journal journal;
        Journal left;
        QSet<qint64> gone;
        QVector<QPair<QString, QByteArray>> lines;
        for (int i = 1; i <= 30; ++i) {
            const qint64 item = itemOf("2024-01-05", i);
            const int came = chance.bounded(1, 13);
            const auto nameOf = [&](int month) {
                return QStringLiteral("2024-%1-%2.jsonl").arg(month, 2, 10, QLatin1Char('0')).arg(i % 2 + 1);
            };
            const bool goes = chance.bounded(2) == 0;
            const bool isThere = !goes || chance.bounded(4) == 0;
            if (isThere)
                disk.keep(item);
            else
                gone.insert(item);
            lines.append({nameOf(came), add(item)});
            if (chance.bounded(3) == 0)
                lines.append({nameOf(came), rename(item)});
            if (goes)
                lines.append({nameOf(chance.bounded(came, 13)), removal(item, kBefore - kDayMs)});
            for (; !lines.isEmpty(); lines.removeFirst()) {
                journal[lines.first().first] += lines.first().second;
                if (!gone.contains(item))
                    left[lines.first().first] += lines.first().second;
            }
        }
        put(disk.files, journal);
        QVERIFY2(disk.compact(chance.bounded(1, 12)), where);
        QVERIFY2(read(disk.files) == left, where);
    }
}

// The PC's clock went back by years: the files of a month that is long over are written.
void JournalCompactionTest::skipsAFileInUse()
{
    const Story story;
    Disk disk;
    put(disk.files, story.written);
    SetClock clock(at("2024-01-20"));
    JournalWriter writer(disk.files, clock, kJournalFolder, 1, disk.inUse);
    const QByteArray fresh = add(story.stays + 100);
    QVERIFY(writer.append(fresh));
    const auto refused = disk.compact();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
    QCOMPARE(read(disk.files)[QStringLiteral("2024-01-1.jsonl")],
             story.written[QStringLiteral("2024-01-1.jsonl")] + fresh);
    clock.set(at("2026-01-20"));
    QVERIFY(writer.append(fresh));
    QVERIFY(disk.compact());
    QVERIFY(read(disk.files)[QStringLiteral("2024-01-1.jsonl")].endsWith(fresh));
    QCOMPARE(read(disk.files)[QStringLiteral("2026-01-1.jsonl")], fresh);
}

// The clock goes back while a file is written anew, and is right again before that takes its place.
void JournalCompactionTest::keepsLinesWrittenDuringCompaction()
{
    const Story story;
    Disk disk;
    put(disk.files, story.written);
    SetClock clock(at("2026-01-20"));
    JournalWriter writer(disk.files, clock, kJournalFolder, 1, disk.inUse);
    const QByteArray fresh = add(story.stays + 100);
    bool isFirst = true;
    HookedFileSystem hooked(disk.files);
    hooked.setHook([&](const QString &operation, const QString &path) -> Result<void> {
        if (operation != QLatin1String("sync") || !path.endsWith(QLatin1String("compacted.new")) ||
            !std::exchange(isFirst, false))
            return {};
        clock.set(at("2024-01-20"));
        return writer.append(fresh).and_then([&] {
            clock.set(at("2026-01-20"));
            return writer.append(fresh);
        });
    });
    const auto refused = disk.compact(hooked);
    QVERIFY(!isFirst);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
    QVERIFY(disk.compact(hooked));
    QVERIFY(read(disk.files)[QStringLiteral("2024-01-1.jsonl")].endsWith(fresh));
}

void JournalCompactionTest::doesNotReplaceFilesBeingRead()
{
    const Story story;
    Disk disk;
    put(disk.files, story.written);
    int entries = 0;
    Result<Compacted> meanwhile;
    QVERIFY(readJournal(disk.files, kDiskRoot, 0, [&](const JournalEntry &) {
        if (entries++ == 0)
            std::thread([&] { meanwhile = disk.compact(); }).join();
    }));
    QCOMPARE(entries, 12);
    QVERIFY(!meanwhile);
    QCOMPARE(meanwhile.error().kind, ErrorKind::Unavailable);
    QCOMPARE(read(disk.files), story.written);
    QVERIFY(disk.compact());
}

void JournalCompactionTest::removesItsTemporaryFileOnAFullDisk()
{
    const Story story;
    for (const QString &step : {QStringLiteral("create"), QStringLiteral("write"), QStringLiteral("sync"),
                                QStringLiteral("replace")}) {
        Disk disk;
        put(disk.files, story.written);
        HookedFileSystem hooked(disk.files);
        hooked.setHook([&](const QString &operation, const QString &path) -> Result<void> {
            if (operation == step && path.contains(QLatin1String("/journal/")))
                return fail(ErrorKind::Full, step);
            return {};
        });
        const auto done = disk.compact(hooked);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Full);
        QCOMPARE(read(disk.files), story.written);
    }
}

void JournalCompactionTest::canBeCancelled()
{
    const Story story;
    for (int calls = 0;; ++calls) {
        Disk disk;
        disk.keep(story.stays);
        disk.keep(story.cameBack);
        put(disk.files, story.written);
        int left = calls;
        const auto done =
            JournalCompaction{disk.files, kDiskRoot, disk.inUse, kBefore, [&] { return left-- > 0; }}.run();
        if (done)
            break;
        QVERIFY(calls < 100);
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
        QVERIFY(!read(disk.files).contains(QStringLiteral("compacted.new")));
        QVERIFY(disk.compact());
        QCOMPARE(read(disk.files), story.left);
    }
}

// By an open archive, on a thread of its own.
void JournalCompactionTest::uploadsContinueDuringCompaction()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const QString old = fixture.root() + QStringLiteral("/journal/2024-01-1.jsonl");
    QByteArray lines;
    for (int i = 1; i <= 5'000; ++i)
        lines += add(itemOf("2024-01-05", i)) + removal(itemOf("2024-01-05", i), kBefore - kDayMs);
    put(fixture.files, old, lines + add(itemOf("2024-01-05", 9'000)));
    const auto compacted = fixture.archive->compactJournal(kBefore, [] { return true; });
    for (int i = 1; i <= 20; ++i)
        QVERIFY(fixture.place(placement(i, QStringLiteral("/a.jpg")), QByteArray::number(i)));
    const auto done = waitFor(compacted);
    QVERIFY(done);
    QCOMPARE(done->lines, qint64(10'000));
    QCOMPARE(fixture.posix.read(old, 0, 1 << 20).value(), add(itemOf("2024-01-05", 9'000)));
    // Closing does not wait for the rest, and what is asked of it then is answered.
    const auto another = fixture.archive->compactJournal(kBefore, [] { return false; });
    QCOMPARE(waitFor(another).error().kind, ErrorKind::Cancelled);
}

GATEHOUSE_TEST(JournalCompactionTest)
#include "journal_compaction_test.moc"
