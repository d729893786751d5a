// What stands in the journal's way is named, and is nobody's fault who sends.
#include "archive/journal.h"

#include "base/posix_file_system.h"
#include "fakes/hooked_file_system.h"
#include "fakes/set_clock.h"
#include "support/registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class JournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAFolderInItsWay();
    void keepsEarlierLinesIfStatFails();
};

void JournalTest::namesAFolderInItsWay()
{
    const QTemporaryDir folder;
    PosixFileSystem files;
    const SetClock clock(1'781'258'400'000); // 2026-06
    archive::JournalsInUse inUse;
    archive::JournalWriter journal(files, clock, folder.path(), 0, inUse);
    const QString path = folder.filePath(QStringLiteral("2026-06-0.jsonl"));
    QVERIFY(QDir().mkpath(path));
    const auto written = journal.append("{}\n");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unavailable);
    QVERIFY2(written.error().text.startsWith(path), qPrintable(written.error().text));
    QVERIFY(QDir().rmdir(path));
    QVERIFY(journal.append("{}\n"));
}

// A disk with read errors now and then, and full.
void JournalTest::keepsEarlierLinesIfStatFails()
{
    const QTemporaryDir folder;
    PosixFileSystem posix;
    HookedFileSystem files(posix);
    const SetClock clock(1'781'258'400'000); // 2026-06
    archive::JournalsInUse inUse;
    archive::JournalWriter journal(files, clock, folder.path(), 0, inUse);
    const QString path = folder.filePath(QStringLiteral("2026-06-0.jsonl"));
    QVERIFY(journal.append("{}\n"));
    files.setHook([](const QString &operation, const QString &) -> Result<void> {
        if (operation == QLatin1String("stat"))
            return fail(ErrorKind::Internal, operation);
        if (operation == QLatin1String("sync"))
            return fail(ErrorKind::Full, operation);
        return {};
    });
    QVERIFY(!journal.append("{}\n"));
    QCOMPARE(posix.read(path, 0, 100).value(), QByteArray("{}\n"));
    files.setHook({});
    QVERIFY(journal.append("{}\n"));
    QCOMPARE(posix.read(path, 0, 100).value(), QByteArray("{}\n{}\n"));
}

GATEHOUSE_TEST(JournalTest)
#include "journal_test.moc"
