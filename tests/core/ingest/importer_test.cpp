// Imports a folder tree completely, through stops and missing disks, and removes no source before its copy is
// safe.
#include "ingest/importer.h"

#include "ingest/repair/repair.h"
#include "ingest_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

QString stillNamed(int number)
{
    return QStringLiteral("gate/MDAlarm_20250612-0959%1.jpg").arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

class ImporterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init()
    {
        m_source = std::make_unique<QTemporaryDir>();
        m_fixture = std::make_unique<IngestFixture>();
        start();
    }
    void cleanup()
    {
        m_importer.reset();
        QCOMPARE(brokenInvariants(m_fixture->databasePath()), QStringList());
        m_fixture.reset();
    }

    void importsATreeOnce()
    {
        fill(5);
        write(QStringLiteral("gate/empty.jpg"), {});
        write(QStringLiteral("test.txt"), "ftp test");
        const ImportProgress first = import(false);
        QCOMPARE(first.total, 7);
        QCOMPARE(first.done, 7);
        QCOMPARE(first.added, 5);
        QCOMPARE(first.passed, 2);
        QCOMPARE(first.failed, 0);
        QVERIFY(first.finished && !first.stopped);
        const auto items = m_fixture->items();
        QCOMPARE(items.size(), 5);
        for (const catalog::Item &item : items) {
            QVERIFY(QFile::exists(item.path));
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(item.captured).toUTC().date(), QDate(2025, 6, 12));
        }
        const ImportProgress again = import(false);
        QCOMPARE(again.added, 0);
        QCOMPARE(again.known, 5);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->files().size(), 5, 30'000);
        QCOMPARE(sources().size(), 7);
    }

    // Trees of other programs: the right cameras and times (tests/core/vendors/trees_test.cpp has more of
    // them).
    void importsTheTreesOfRecorders()
    {
        const QVector<std::tuple<const char *, const char *, const char *>> files = {
            {"recordings/2025-03-01/08/yard/15.30.mp4", "yard", "2025-03-01T08:15:30"},
            {"events/3/2025-03-01/41107/41107-video.mp4", "3", "2025-03-01T12:00:00"},
            {"motioneye/Hall/2025-03-01/08-15-30.mp4", "Hall", "2025-03-01T08:15:30"},
            {"Side Gate/2025-03-01/2025-03-01T08-15-30 motion.mp4", "Side Gate", "2025-03-01T08:15:30"},
            {"porch/Mp4Record/2025-03-01/RecM03_20250301_081530_081555_0_5514C080000000_927C9.mp4", "porch",
             "2025-03-01T08:15:30"},
            {"New/FrontDoor.20250301_081530.mp4", "FrontDoor", "2025-03-01T08:15:30"}};
        for (const auto &[path, camera, time] : files)
            write(QString::fromLatin1(path), path);
        QCOMPARE(import(false).added, files.size());
        QHash<CameraId, QString> names;
        const auto cameras = (*catalog::Reader::open(m_fixture->databasePath()))->cameras();
        QVERIFY(cameras);
        for (const catalog::Camera &camera : *cameras)
            names.insert(camera.id, camera.name);
        QCOMPARE(names.size(), files.size());
        int renamed = 0; // the account's first camera keeps the name it was given
        for (const catalog::Item &item : m_fixture->items()) {
            const auto file = std::find_if(files.cbegin(), files.cend(), [&](const auto &one) {
                return item.sourcePath.endsWith(QString::fromLatin1(std::get<0>(one)));
            });
            QVERIFY(file != files.cend());
            const QDateTime captured = QDateTime::fromMSecsSinceEpoch(item.captured, Qt::UTC);
            QCOMPARE(captured.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")),
                     QString::fromLatin1(std::get<2>(*file)));
            if (names[item.camera] == QLatin1String("Porch"))
                ++renamed;
            else
                QVERIFY2(names[item.camera].startsWith(QString::fromLatin1(std::get<1>(*file))),
                         qPrintable(names[item.camera]));
        }
        QCOMPARE(renamed, 1);
    }

    // What a name does not say comes from the file's own time, which the journal keeps.
    void aRebuildReadsTheSame_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"DCIM/100MEDIA/IMG_0001.JPG", "gate/02-03-2019 08-15-30.jpg", "gate/03-02-2019/081530.jpg",
              "gate/12M05S48.mp4", "gate/23.59.59-00.00.30[M][0@0][0].dav", "190302/0001.jpg",
              "gate/2019-061/081530.jpg", "gate/20190302/20110112.jpg", "gate/snap.jpg.1a2b",
              "gate/20190302/a.mp4", "gate/notes", "T\xc3\xbcr/snap.jpg"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }

    void aRebuildReadsTheSame()
    {
        QFETCH(const QString, name);
        write(name, "bytes of " + name.toUtf8());
        const QDateTime modified(QDate(2019, 3, 2), QTime(8, 20, 11, 250), Qt::UTC);
        QFile file(m_source->filePath(name));
        QVERIFY(file.open(QIODevice::ReadWrite) &&
                file.setFileTime(modified, QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(import(false).added, 1);
        const catalog::Item before = m_fixture->items().value(0);
        QCOMPARE(before.received, modified.toMSecsSinceEpoch());
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(before.captured, Qt::UTC).date().year(), 2019);

        m_importer.reset();
        m_fixture->close();
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(m_fixture->databasePath() + QLatin1String(suffix));
        m_fixture->open();
        QVERIFY(m_fixture->items().isEmpty());
        Repair repair(*m_fixture->writer, *m_fixture->archive, m_fixture->posix, m_fixture->databasePath(),
                      m_fixture->matcher);
        QVERIFY(repair.lookAtStart());
        const auto report = repair.repairAll([] { return true; });
        QVERIFY(report);
        QCOMPARE(report->added, 1);
        const catalog::Item after = m_fixture->items().value(0);
        QCOMPARE(after.id, before.id);
        QCOMPARE(after.captured, before.captured);
        QCOMPARE(after.timeSource, before.timeSource);
        QCOMPARE(after.received, before.received);
        QCOMPARE(after.duration, before.duration);
        QCOMPARE(after.kind, before.kind);
        QCOMPARE(after.state, before.state);
        QCOMPARE(after.sourcePath, before.sourcePath);
    }

    void movesOnlyStoredFiles()
    {
        fill(5);
        m_fixture->hooked.setHook([](const QString &operation, const QString &path) -> Result<void> {
            if (operation == QLatin1String("rename") && path.contains(QLatin1String("095903")))
                return fail(ErrorKind::Internal, QStringLiteral("Input/output error"), path);
            return {};
        });
        const ImportProgress progress = import(true);
        QCOMPARE(progress.added, 4);
        QCOMPARE(progress.failed, 1);
        QVERIFY2(progress.lastError.contains(stillNamed(3)), qPrintable(progress.lastError));
        QCOMPARE(sources(), QStringList{stillNamed(3)});
        m_fixture->hooked.setHook({});
        QCOMPARE(import(true).added, 1);
        QVERIFY(sources().isEmpty());
        QCOMPARE(m_fixture->files().size(), 5);
    }

    // Somebody tidies up in the meantime.
    void reportsVanishedFiles()
    {
        fill(5);
        std::atomic<bool> isFirst = true;
        m_fixture->hooked.setHook(
            [this, &isFirst](const QString &operation, const QString &) -> Result<void> {
                if (operation == QLatin1String("create") && isFirst.exchange(false))
                    QFile::remove(m_source->filePath(stillNamed(4)));
                return {};
            });
        const ImportProgress progress = import(false);
        QCOMPARE(progress.added, 4);
        QCOMPARE(progress.failed, 1);
        QVERIFY2(progress.lastError.contains(stillNamed(4)), qPrintable(progress.lastError));
    }

    void refusesUnsuitableFolders()
    {
        const QString root = m_fixture->root();
        for (const QString &folder : {root, root + QStringLiteral("/journal"), m_fixture->folder.path(),
                                      m_source->filePath(QStringLiteral("absent"))}) {
            const auto refused = m_importer->start(requestFor(folder, false));
            QVERIFY2(!refused, qPrintable(folder));
            QCOMPARE(refused.error().kind, ErrorKind::Invalid);
        }
        QVERIFY(m_importer->check(m_source->path()));
        QVERIFY(!m_importer->isRunning());
    }

    void runsOneImportAtATime()
    {
        fill(3);
        HeldUp placing(m_fixture->hooked, QStringLiteral("rename"), QStringLiteral("MDAlarm"));
        QSignalSpy finished(m_importer.get(), &Importer::finished);
        QVERIFY(m_importer->start(requestFor(m_source->path(), false)));
        QTRY_VERIFY_WITH_TIMEOUT(placing.isReached(), 30'000);
        QVERIFY(m_importer->isRunning());
        QCOMPARE(m_importer->start(requestFor(m_source->path(), true)).error().kind, ErrorKind::Unavailable);
        placing.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QCOMPARE(sources().size(), 3); // the second would have moved them
    }

    void resumesAfterAStop()
    {
        fill(8);
        HeldUp placing(m_fixture->hooked, QStringLiteral("rename"), QStringLiteral("095904"));
        QSignalSpy finished(m_importer.get(), &Importer::finished);
        QVERIFY(m_importer->start(requestFor(m_source->path(), true)));
        QTRY_VERIFY_WITH_TIMEOUT(placing.isReached(), 30'000);
        m_importer->stop();
        placing.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        const auto stopped = finished[0][0].value<ImportProgress>();
        QVERIFY(stopped.finished && stopped.stopped);
        QCOMPARE(stopped.added, 5); // the one under way came in
        QCOMPARE(sources().size(), 3);
        m_importer.reset();
        m_fixture->open();
        start();
        QCOMPARE(import(true).added, 3);
        QVERIFY(sources().isEmpty());
        QCOMPARE(m_fixture->items().size(), 8);
        QCOMPARE(m_fixture->files().size(), 8);
    }

    void losesNothingIfTheDiskVanishes()
    {
        fill(6);
        std::atomic<int> left = 3;
        m_fixture->hooked.setHook(
            [this, &left](const QString &operation, const QString &path) -> Result<void> {
                if (operation == QLatin1String("rename") && path.contains(QLatin1String("MDAlarm")) &&
                    --left == 0)
                    static_cast<void>(m_fixture->unplug());
                return {};
            });
        const ImportProgress progress = import(true);
        QCOMPARE(progress.added, 2);
        QCOMPARE(progress.failed, 4);
        QCOMPARE(sources().size(), 4);
        m_fixture->hooked.setHook({});
        QVERIFY(m_fixture->plugIn());
        QCOMPARE(import(true).added, 4);
        QVERIFY(sources().isEmpty());
        QCOMPARE(m_fixture->files().size(), 6);
    }

private:
    void start()
    {
        m_importer = std::make_unique<Importer>(*m_fixture->writer, *m_fixture->archive, m_fixture->matcher,
                                                m_fixture->clock);
    }
    void write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_source->filePath(name);
        QDir().mkpath(path.left(path.lastIndexOf(QLatin1Char('/'))));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    void fill(int count)
    {
        for (int i = 0; i < count; ++i)
            write(stillNamed(i), "still " + QByteArray::number(i));
    }
    [[nodiscard]] ImportRequest requestFor(const QString &folder, bool move) const
    {
        return {folder, move, m_fixture->account, IngestFixture::user()};
    }
    ImportProgress import(bool move)
    {
        QSignalSpy finished(m_importer.get(), &Importer::finished);
        if (!m_importer->start(requestFor(m_source->path(), move)) ||
            !QTest::qWaitFor([&] { return finished.size() == 1 && !m_importer->isRunning(); }, 60'000))
            return {};
        return finished[0][0].value<ImportProgress>();
    }
    [[nodiscard]] QStringList sources() const
    {
        QStringList out;
        QDirIterator it(m_source->path(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(it.next().mid(m_source->path().size() + 1));
        out.sort();
        return out;
    }

    std::unique_ptr<QTemporaryDir> m_source;
    std::unique_ptr<IngestFixture> m_fixture;
    std::unique_ptr<Importer> m_importer;
};

GATEHOUSE_TEST(ImporterTest)
#include "importer_test.moc"
