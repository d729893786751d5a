// The power is cut at every step of a compaction of the journal: what a lost catalog is told is the same
// afterwards, and the next run ends with the same journal.
#include "archive/journal_compaction.h"

#include "archive/repair.h"
#include "old_journal.h"
#include "support/registry.h"
#include "support/test_data.h"

using namespace gatehouse;
using namespace gatehouse::archive;
using namespace gatehouse::tests;
using namespace gatehouse::tests::oldjournal;

namespace
{

// What a lost catalog gets back from the files and the journal.
QString whatIsReported(CrashFileSystem &files, bool *isWhole)
{
    QStringList out;
    OrphanSearch search;
    search.root = kDiskRoot;
    search.known = [](const QStringList &) -> Result<QSet<QString>> { return QSet<QString>(); };
    search.found = [&out](const QVector<Orphan> &orphans) {
        for (const Orphan &orphan : orphans)
            out.append(QStringLiteral("%1 %2 %3 %4 %5")
                           .arg(orphan.relativePath, orphan.placement.account, orphan.placement.sourcePath,
                                QString::fromLatin1(orphan.sha256.toHex()), orphan.removedBecause));
        return true;
    };
    *isWhole = findOrphans(files, search).has_value();
    return out.join(QLatin1Char('\n'));
}

} // namespace

class JournalPowerCutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void powerCutLosesNothing();
    void detectsAMissingSync();
};

void JournalPowerCutTest::powerCutLosesNothing()
{
    const Story story;
    int crashes = 0;
    bool isCut = true;
    for (qint64 steps = 0; isCut; ++steps) {
        QVERIFY(steps < 500);
        Disk disk;
        disk.keep(story.stays);
        disk.keep(story.cameBack);
        put(disk.files, story.written);
        bool isWhole = false;
        const QString reported = whatIsReported(disk.files, &isWhole);
        QVERIFY(isWhole && reported.contains(QStringLiteral("/new.jpg")));
        disk.power->cutAfter(steps);
        const auto done = disk.compact();
        isCut = disk.power->isCut();
        QVERIFY(done || isCut);
        for (int variant = 0; variant < (isLongRun() ? 200 : 12); ++variant) {
            const auto after =
                disk.files.afterCrash(CrashFileSystem::Survives(std::min(variant, 4)),
                                      quint32(steps * 1000 + variant), std::make_shared<Power>());
            ++crashes;
            QCOMPARE(whatIsReported(*after, &isWhole), reported);
            QVERIFY(isWhole);
            const QByteArray lately = add(story.wentLately);
            QVERIFY(read(*after)[QStringLiteral("2024-01-1.jsonl")].contains(lately));
            JournalsInUse inUse;
            QVERIFY((JournalCompaction{*after, kDiskRoot, inUse, kBefore, [] { return true; }}.run()));
            QCOMPARE(read(*after), story.left);
        }
    }
    qInfo("%d crashes", crashes);
    QVERIFY(crashes > 100);
}

void JournalPowerCutTest::detectsAMissingSync()
{
    const Story story;
    Disk disk;
    disk.keep(story.stays);
    put(disk.files, story.written);
    disk.files.forget(QStringLiteral("sync"), QStringLiteral("compacted.new"));
    QVERIFY(disk.compact());
    bool isWhole = false;
    const QString reported = whatIsReported(disk.files, &isWhole);
    const auto after = disk.files.afterCrash(CrashFileSystem::Survives::Names, 1, std::make_shared<Power>());
    QVERIFY(whatIsReported(*after, &isWhole) != reported);
}

GATEHOUSE_TEST(JournalPowerCutTest)
#include "journal_power_cut_test.moc"
