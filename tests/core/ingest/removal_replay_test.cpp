// What the journal tells a new or an older catalog of removals: the gaps are those that were shown before.
#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "state_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class RemovalReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void filesKeptElsewhereLeaveNoGap_data();
    void filesKeptElsewhereLeaveNoGap();
    void keepsHowLongRecordingsWere();
};

namespace
{

QVector<catalog::DeletedSpan> gapsOf(const QString &path, catalog::DeletionUnit unit)
{
    QVector<catalog::DeletedSpan> out;
    const auto spans = (*catalog::Reader::open(path))->deletedSpans(unit, {0, kTenOClock * 2});
    for (const QVector<catalog::DeletedSpan> &ofCamera : *spans)
        out += ofCamera;
    return out;
}

qsizetype removalsOf(const QString &path)
{
    return (*catalog::Reader::open(path))->deletions({})->size();
}

} // namespace

void RemovalReplayTest::filesKeptElsewhereLeaveNoGap_data()
{
    QTest::addColumn<bool>("isLost");
    QTest::newRow("a new catalog") << true;
    QTest::newRow("an older catalog") << false;
}

void RemovalReplayTest::filesKeptElsewhereLeaveNoGap()
{
    QFETCH(bool, isLost);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.db"));
    const QString next = folder.filePath(QStringLiteral("next.db"));
    const auto still = [](const char *time) {
        return QStringLiteral("/gate/snap/MDAlarm_20260612-%1.jpg").arg(QLatin1String(time));
    };
    QVector<catalog::DeletedSpan> hours;
    QVector<catalog::DeletedSpan> days;
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), path);
        QVERIFY(fixture.start());
        fixture.logIn();
        QVERIFY(fixture.upload(still("090000"), "stays"));
        QVERIFY(fixture.upload(still("090100"), "goes"));
        QVERIFY(waitFor(fixture.begin(still("091500"), "begin")->finish(ftp::UploadEnd::Cut)));
        QVERIFY(fixture.save());
        fixture.writer->submit(catalog::ReadArchives{}).waitForFinished();
        if (!isLost) {
            QVERIFY(QFile::copy(path, next));
            QVERIFY(QFile::copy(path + QStringLiteral("-wal"), next + QStringLiteral("-wal")));
        }
        // The cut one gives way to the whole one, the doubled one is given up, both go for good then.
        QVERIFY(fixture.upload(still("091500"), "begin and end"));
        QVERIFY(fixture.upload(still("090100"), "goes"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.journal().contains("kept already"), kPatience);
        QCOMPARE(fixture.items().size(), 3);
        QVERIFY(waitFor(
            fixture.writer->submit(catalog::RemoveItems{{itemNamed(fixture, QStringLiteral("090100")).id,
                                                         itemNamed(fixture, QStringLiteral("091500")).id},
                                                        QStringLiteral("Deleted by hand")})));
        fixture.collectGarbage();
        // Something that only a newer state has.
        QVERIFY(waitFor(fixture.writer->submit(catalog::SetProtected{fixture.items().first().id, true})));
        QVERIFY(fixture.save());
        hours = gapsOf(path, catalog::DeletionUnit::Hour);
        days = gapsOf(path, catalog::DeletionUnit::Day);
        QCOMPARE(days.size(), 1);
        QCOMPARE(days.first().stills, 2);
        QCOMPARE(removalsOf(path), 3);
        disk = fixture.disk();
    }
    Fixture fixture(std::move(disk), next);
    QVERIFY(fixture.start());
    QCOMPARE(fixture.items().size(), 1);
    QCOMPARE(gapsOf(next, catalog::DeletionUnit::Hour), hours);
    QCOMPARE(gapsOf(next, catalog::DeletionUnit::Day), days);
    QCOMPARE(removalsOf(next), 3);
    QCOMPARE(brokenInvariants(next), QStringList());
}

// As found by an examination that no catalog remembers.
void RemovalReplayTest::keepsHowLongRecordingsWere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("catalog.db"));
    std::unique_ptr<CrashFileSystem> disk;
    {
        Fixture fixture(emptyDisk(), path);
        QVERIFY(fixture.start());
        fixture.logIn();
        QVERIFY(fixture.upload(QStringLiteral("/gate/record/MDalarm_20260612_090000.mkv"), "a clip"));
        QVERIFY(fixture.upload(QStringLiteral("/gate/record/MDalarm_20260612_093000.mkv"), "never examined"));
        catalog::Examined found;
        found.item = itemNamed(fixture, QStringLiteral("090000")).id;
        found.duration = 83'400;
        QVERIFY(waitFor(fixture.writer->submit(catalog::SetExamined{found})));
        QVERIFY(waitFor(fixture.writer->submit(
            catalog::RemoveItems{{found.item, itemNamed(fixture, QStringLiteral("093000")).id},
                                 QStringLiteral("Deleted by hand")})));
        fixture.collectGarbage();
        QVERIFY(fixture.save());
        disk = fixture.disk();
    }
    const QString next = folder.filePath(QStringLiteral("next.db"));
    Fixture fixture(std::move(disk), next);
    QVERIFY(fixture.start());
    const auto deletions = *(*catalog::Reader::open(next))->deletions({});
    QCOMPARE(deletions.size(), 2);
    for (const catalog::Deletion &deletion : deletions)
        QCOMPARE(deletion.duration, deletion.sourcePath.contains(QLatin1String("090000"))
                                        ? std::optional<qint64>(83'400)
                                        : std::nullopt);
    QCOMPARE(brokenInvariants(next), QStringList());
}

GATEHOUSE_TEST(RemovalReplayTest)
#include "removal_replay_test.moc"
