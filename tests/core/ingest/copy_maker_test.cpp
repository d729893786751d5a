// Copies of clips, made by real workers: on request and while the PC is idle, kept within their limit, and
// whole or not there at all, whatever is killed meanwhile.
#include "ingest/copies/copy_maker.h"

#include "catalog/operations/archives.h"
#include "catalog/operations/derivatives.h"
#include "catalog/operations/item_removal.h"
#include "ingest/copies/copy_limit.h"
#include "ingest/copies/idle_copies.h"
#include "ingest/retention/derivative_collector.h"
#include "ingest_fixture.h"
#include "media/copy/copy_path.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <algorithm>
#include <csignal>
#include <latch>
#include <memory>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;
using catalog::Derivative;
using catalog::DerivativeKind;

namespace
{

class FakeMachine final : public Machine
{
public:
    [[nodiscard]] bool isOnBattery() const override { return onBattery; }
    [[nodiscard]] bool isBusy() override { return busy; }

    bool onBattery = false;
    bool busy = false;
};

media::WorkerOptions optionsFor(const QString &argument, int workers)
{
    media::WorkerOptions options;
    options.program = QStringLiteral(TEST_WORKER);
    options.arguments = QStringList{argument};
    options.workers = workers;
    options.limits = media::kCopyLimits;
    return options;
}

// A maker with its readers and workers.
struct Copying {
    explicit Copying(IngestFixture &ingest, const QString &argument = QStringLiteral("copies"),
                     int workers = 2)
        : fixture(ingest), readers(fixture.databasePath()), pool(optionsFor(argument, workers)),
          maker(*fixture.writer, readers, pool, cache(), {})
    {
    }

    [[nodiscard]] QString cache() const { return fixture.folder.filePath(QStringLiteral("cache")); }
    [[nodiscard]] QString fileOf(const Derivative &copy) const
    {
        return cache() + QLatin1Char('/') + copy.path;
    }
    Result<Derivative> made(ItemId item, DerivativeKind kind = DerivativeKind::LowRes)
    {
        const auto future = maker.make(item, kind);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, kWorkerPatience))
            return fail(ErrorKind::Internal, QStringLiteral("no answer"));
        return future.result();
    }
    [[nodiscard]] QVector<Derivative> rows()
    {
        return readers.ask([](catalog::Reader &reader) { return reader.copies(1'000); }).result().value();
    }
    [[nodiscard]] QStringList files() const
    {
        QStringList out;
        QDirIterator it(cache() + QLatin1Char('/') + media::kCopyFolder, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(it.next());
        return out;
    }

    IngestFixture &fixture;
    catalog::ReaderPool readers;
    media::WorkerPool pool;
    CopyMaker maker;
};

} // namespace

class CopyMakerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init() { m_fixture = std::make_unique<IngestFixture>(); }
    void cleanup()
    {
        m_fixture->writer->submit(catalog::ReadArchives{}).waitForFinished(); // flushes unhurried writes
        QCOMPARE(brokenInvariants(m_fixture->databasePath()), QStringList());
        m_fixture.reset();
    }

    void makesACopyOnce()
    {
        Copying copying(*m_fixture);
        const ItemId clip = addClip(1);
        QSignalSpy made(&copying.maker, &CopyMaker::made);
        const auto second = copying.maker.make(clip, DerivativeKind::LowRes);
        const auto first = copying.made(clip);
        QVERIFY2(first, qPrintable(first ? QString() : first.error().text));
        QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), kPatience);
        QCOMPARE(second.result()->path, first->path);
        QCOMPARE(made.size(), 1);
        QCOMPARE(QFileInfo(copying.fileOf(*first)).size(), first->bytes);
        QCOMPARE(copying.rows(), QVector<Derivative>{*first});
        // It is there: nothing to do, until somebody deletes the cache.
        QVERIFY(copying.made(clip));
        QCOMPARE(made.size(), 1);
        QVERIFY(QFile::remove(copying.fileOf(*first)));
        QVERIFY(copying.made(clip));
        QCOMPARE(made.size(), 2);
        QVERIFY(QFile::exists(copying.fileOf(*first)));
    }

    void reportsProgress()
    {
        Copying copying(*m_fixture);
        QVector<double> seen;
        connect(&copying.maker, &CopyMaker::progressed, this,
                [&seen](ItemId, DerivativeKind, double progress) { seen.append(progress); });
        QVERIFY(copying.made(addClip(1)));
        QVERIFY(seen.size() > 3 && std::is_sorted(seen.begin(), seen.end()));
        QVERIFY(seen.first() > 0 && seen.last() < 1);
    }

    void refusesWhatHasNoCopy()
    {
        Copying copying(*m_fixture);
        QCOMPARE(copying.made(ItemId{5}).error().kind, ErrorKind::NotFound);
        const ItemId still = m_fixture->add(QStringLiteral("/a.jpg"), makeStill({}));
        QCOMPARE(copying.made(still).error().kind, ErrorKind::Invalid);
        const ItemId clip = addClip(1);
        QCOMPARE(copying.made(clip, DerivativeKind::Poster).error().kind, ErrorKind::Invalid);
        const ItemId garbage = m_fixture->add(QStringLiteral("/b.mp4"), QByteArray(5'000, 'x'));
        QCOMPARE(copying.made(garbage).error().kind, ErrorKind::Corrupt);
        QVERIFY(copying.rows().isEmpty() && copying.files().isEmpty());
    }

    // kill -9 of the engine takes its workers along.
    void aKilledEngineLeavesNoCopy()
    {
        const ItemId clip = addClip(1, 1280, 20);
        QString part;
        {
            Copying copying(*m_fixture);
            QSignalSpy progress(&copying.maker, &CopyMaker::progressed);
            const auto never = copying.maker.make(clip, DerivativeKind::LowRes);
            QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), kWorkerPatience);
            QVERIFY(!never.isFinished());
            QCOMPARE(copying.files().size(), 1);
            part = copying.files().first();
            QVERIFY(part.endsWith(media::kPartSuffix));
            QVERIFY(copying.rows().isEmpty());
        } // kills the worker
        QVERIFY(QFile::exists(part));
        Copying copying(*m_fixture);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(part), kWorkerPatience);
        QVERIFY(copying.rows().isEmpty());
        QVERIFY(copying.made(clip));
        QCOMPARE(copying.files().size(), 1);
    }

    void aKilledWorkerIsReplaced()
    {
        const ItemId clip = addClip(1, 1280, 10);
        Copying copying(*m_fixture);
        QSignalSpy progress(&copying.maker, &CopyMaker::progressed);
        const auto made = copying.maker.make(clip, DerivativeKind::LowRes);
        QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), kWorkerPatience);
        const pid_t worker = workerProcess();
        QVERIFY(worker > 0);
        QCOMPARE(::kill(worker, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), kWorkerPatience);
        QVERIFY(made.result());
        QCOMPARE(copying.files(), QStringList{copying.fileOf(*made.result())});
    }

    void aClipThatCrashesItsReaderIsNotTriedAgain()
    {
        const ItemId clip = addClip(1, 640, 1, QStringLiteral("/bad.mp4"));
        Copying copying(*m_fixture, QStringLiteral("crash"));
        QCOMPARE(copying.made(clip).error().kind, ErrorKind::Corrupt);
        const auto next =
            copying.readers
                .ask([clip](catalog::Reader &reader) {
                    return reader.newestClipWithout(DerivativeKind::LowRes, {}, ItemId{clip.value + 1});
                })
                .result();
        QVERIFY(next && !*next);
    }

    void copyOfARemovedClipIsDeleted()
    {
        const ItemId clip = addClip(1, 1280, 5);
        Copying copying(*m_fixture);
        QSignalSpy progress(&copying.maker, &CopyMaker::progressed);
        const auto made = copying.maker.make(clip, DerivativeKind::LowRes);
        QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), kWorkerPatience);
        QVERIFY(m_fixture->writer->submit(catalog::RemoveItems{{clip}, QStringLiteral("Older than a day")})
                    .result());
        QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), kWorkerPatience);
        QCOMPARE(copying.rows(), QVector<Derivative>());
        DerivativeCollector collector(*m_fixture->writer, copying.cache());
        collector.collect();
        QTRY_VERIFY_WITH_TIMEOUT(copying.files().isEmpty(), kWorkerPatience);
    }

    void whatNobodyAskedForGoesFirst()
    {
        Copying copying(*m_fixture);
        const QVector<ItemId> clips{addClip(1), addClip(2), addClip(3), addClip(4)};
        for (const ItemId clip : {clips[0], clips[2]})
            QVERIFY(copying.made(clip));
        for (const ItemId clip : {clips[1], clips[3]}) {
            const auto idle = copying.maker.make(clip, DerivativeKind::LowRes, media::Urgency::Idle);
            QTRY_VERIFY_WITH_TIMEOUT(idle.isFinished(), kWorkerPatience);
        }
        const QVector<Derivative> before = copying.rows();
        QCOMPARE(itemsOf(before), (QVector<ItemId>{clips[1], clips[3], clips[0], clips[2]}));

        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        DerivativeCollector collector(*m_fixture->writer, copying.cache());
        connect(&m_fixture->writer->changes(), &catalog::Changes::garbageMade, &collector,
                &DerivativeCollector::collect);
        const qint64 all = sizeOf(before);
        limit.setLimits(all, 0);
        QTRY_COMPARE_WITH_TIMEOUT(limit.bytes(), all, kWorkerPatience);
        QVERIFY(!limit.hasRoom());
        QCOMPARE(copying.files().size(), 4);
        limit.setLimits(all - 1, 0);
        QTRY_COMPARE_WITH_TIMEOUT(itemsOf(copying.rows()), itemsOf(before.mid(1)), kWorkerPatience);
        limit.setLimits(before.last().bytes, 0);
        QTRY_COMPARE_WITH_TIMEOUT(copying.rows(), QVector<Derivative>{before.last()}, kWorkerPatience);
        QTRY_COMPARE_WITH_TIMEOUT(copying.files(), QStringList{copying.fileOf(before.last())},
                                  kWorkerPatience);
        limit.look();
        QTRY_VERIFY_WITH_TIMEOUT(!limit.hasRoom() && limit.bytes() == before.last().bytes, kWorkerPatience);
    }

    // Retention keeps a full disk at the reserve, here 400 MB: a tenth of it.
    void copiesLiveWithRetentionOnAFullDisk()
    {
        Copying copying(*m_fixture);
        QVERIFY(copying.made(addClip(1)));
        std::atomic<qint64> free = 2'000'000'000;
        m_fixture->hooked.setSpace([&free] { return Space{free.load(), 4'000'000'000}; });
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(1'000'000'000, 1'000'000'000);
        QTRY_VERIFY_WITH_TIMEOUT(limit.hasRoom(), kWorkerPatience);
        const auto look = [&limit, &free](qint64 bytes) {
            free = bytes;
            QSignalSpy looked(&limit, &CopyLimit::looked);
            limit.look();
            return looked.wait(kWorkerPatience);
        };
        QVERIFY(look(400'000'000) && limit.hasRoom()); // what retention leaves
        QVERIFY(look(380'000'000) && limit.hasRoom()); // until it looks again
        QVERIFY(look(320'000'000) && !limit.hasRoom());
        QCOMPARE(copying.rows().size(), 1);
        QVERIFY(look(299'000'000) && !limit.hasRoom());
        QVERIFY(copying.rows().isEmpty());
        m_fixture->hooked.setSpace({});
    }

    void sparesWhatWasAskedForLately()
    {
        Copying copying(*m_fixture);
        QVERIFY(copying.made(addClip(1)));
        std::atomic<qint64> free = 2'000'000'000;
        m_fixture->hooked.setSpace([&free] { return Space{free.load(), 4'000'000'000}; });
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(1'000'000'000, 1'000'000'000);
        copying.maker.setLimit(&limit);
        const auto asked = copying.made(addClip(2));
        QVERIFY2(asked, qPrintable(asked ? QString() : asked.error().text));
        free = 1'000'000;
        limit.look();
        QTRY_COMPARE_WITH_TIMEOUT(copying.rows(), QVector<Derivative>{*asked}, kWorkerPatience);
        limit.look();
        QTRY_VERIFY_WITH_TIMEOUT(limit.bytes() == asked->bytes && !limit.hasRoom(), kWorkerPatience);
        QCOMPARE(copying.rows().size(), 1);
        limit.setLimits(asked->bytes - 1, 1'000'000'000); // that limit spares nothing
        QTRY_VERIFY_WITH_TIMEOUT(copying.rows().isEmpty(), kWorkerPatience);
        m_fixture->hooked.setSpace({});
    }

    void refusesACopyWithoutRoom()
    {
        Copying copying(*m_fixture);
        std::atomic<qint64> free = 300'001'000; // 1000 more than copies leave
        m_fixture->hooked.setSpace([&free] { return Space{free.load(), 4'000'000'000}; });
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(1'000'000'000, 1'000'000'000);
        copying.maker.setLimit(&limit);
        const ItemId clip = addClip(1);
        for (const DerivativeKind kind :
             {DerivativeKind::LowRes, DerivativeKind::Preview, DerivativeKind::Remux}) {
            const auto refused = copying.made(clip, kind);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Full);
        }
        QVERIFY(copying.rows().isEmpty() && copying.files().isEmpty());
        free = 310'000'000;
        const auto made = copying.made(clip);
        QVERIFY2(made, qPrintable(made ? QString() : made.error().text));
        free = 300'001'000; // it is there already
        QVERIFY(copying.made(clip));
        m_fixture->hooked.setSpace({});
    }

    void discardsMoreThanOneBatch()
    {
        Copying copying(*m_fixture);
        constexpr int items = 170;
        for (int i = 0; i < items; ++i) {
            const ItemId item = m_fixture->add(QStringLiteral("/%1.jpg").arg(i), QByteArray::number(i));
            for (const DerivativeKind kind :
                 {DerivativeKind::LowRes, DerivativeKind::Preview, DerivativeKind::Remux}) {
                const QString path = QStringLiteral("copies/%1/%2").arg(int(kind)).arg(item.value);
                m_fixture->writer->submit(
                    catalog::KeepDerivative{{item, kind, 1'000, path}, catalog::DerivativeState::Made});
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(copying.rows().size(), 3 * items, kWorkerPatience);
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        QSignalSpy looked(&limit, &CopyLimit::looked);
        limit.setLimits(0, 0);
        QVERIFY(looked.wait(kWorkerPatience));
        QVERIFY(copying.rows().isEmpty());
    }

    void makesTheNewestWhileIdle()
    {
        const ItemId old = addClip(1);
        const ItemId young = addClip(2);
        m_fixture->add(QStringLiteral("/c.jpg"), makeStill({}));
        Copying copying(*m_fixture);
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(1'000'000'000, 0);
        QTRY_VERIFY_WITH_TIMEOUT(limit.hasRoom(), kWorkerPatience);
        FakeMachine machine;
        int examining = 1;
        IdleCopies idle(copying.maker, limit, copying.readers, m_fixture->writer->changes(), machine,
                        [&examining] { return examining; });
        QVector<std::pair<ItemId, DerivativeKind>> order;
        connect(&copying.maker, &CopyMaker::finished, this, [&order](ItemId item, DerivativeKind kind) {
            order.append({item, kind});
        });
        idle.look();
        QCOMPARE(copying.maker.waiting(), 0); // not enabled
        idle.setEnabled(true);
        idle.look(); // files wait for their examination
        examining = 0;
        machine.busy = true;
        idle.look();
        machine.busy = false;
        machine.onBattery = true;
        idle.look();
        QTest::qWait(0);
        QVERIFY(order.isEmpty() && copying.maker.waiting() == 0);
        machine.onBattery = false;
        idle.look();
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), 4, kWorkerPatience);
        using Kind = DerivativeKind;
        QCOMPARE(
            order,
            (QVector<std::pair<ItemId, Kind>>{
                {young, Kind::Preview}, {young, Kind::LowRes}, {old, Kind::Preview}, {old, Kind::LowRes}}));
        // One that arrives later.
        const ItemId newest = addClip(3);
        idle.look();
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), 6, kWorkerPatience);
        QCOMPARE(order.last(), std::pair(newest, Kind::LowRes));
    }

    void searchesWhatIsAddedMeanwhile()
    {
        Copying copying(*m_fixture);
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(1'000'000'000, 0);
        QTRY_VERIFY_WITH_TIMEOUT(limit.hasRoom(), kWorkerPatience);
        FakeMachine machine;
        catalog::Changes changes; // hears only of what follows
        IdleCopies idle(copying.maker, limit, copying.readers, changes, machine, [] { return 0; });
        idle.setEnabled(true);
        idle.look();
        waitForReaders(copying); // all is searched
        const ItemId clip = addClip(1);
        Q_EMIT changes.itemsChanged({examined(ItemId{clip.value + 1'000})});
        idle.look(); // for that one, in vain
        Q_EMIT changes.itemsChanged({examined(clip)});
        QTRY_COMPARE_WITH_TIMEOUT(copying.rows().size(), 2, kWorkerPatience);
    }

    void returnsToOldClipsWhenThereIsRoom()
    {
        addClip(1);
        const ItemId young = addClip(2);
        Copying copying(*m_fixture);
        for (const DerivativeKind kind : {DerivativeKind::LowRes, DerivativeKind::Preview}) {
            const auto made = copying.maker.make(young, kind, media::Urgency::Idle);
            QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), kWorkerPatience);
        }
        const qint64 bytes = sizeOf(copying.rows());
        CopyLimit limit(*m_fixture->writer, copying.readers, m_fixture->hooked, copying.cache());
        limit.setLimits(bytes + 1, 0);
        QTRY_VERIFY_WITH_TIMEOUT(limit.hasRoom() && limit.isNearlyFull(), kWorkerPatience);
        FakeMachine machine;
        IdleCopies idle(copying.maker, limit, copying.readers, m_fixture->writer->changes(), machine,
                        [] { return 0; });
        idle.setEnabled(true);
        idle.look();
        waitForReaders(copying);
        QCOMPARE(copying.maker.waiting(), 0); // a copy of the old clip would be the first to go
        limit.setLimits(1'000'000'000, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!limit.isNearlyFull(), kWorkerPatience);
        idle.look();
        QTRY_COMPARE_WITH_TIMEOUT(copying.rows().size(), 4, kWorkerPatience);
    }

private:
    // Examined, as far as the catalog knows.
    ItemId addClip(int number, int width = 640, double seconds = 3, QString name = {})
    {
        if (name.isEmpty())
            name = QStringLiteral("/gate/clip_%1.mp4").arg(number);
        const ItemId id = m_fixture->add(
            name,
            makeClip({.width = width, .height = width * 9 / 16, .fps = 10 + number, .seconds = seconds}));
        catalog::Examined found;
        found.item = id;
        found.state = ItemState::Ok;
        found.duration = qint64(seconds * 1'000);
        found.width = width;
        found.height = width * 9 / 16;
        m_fixture->writer->submit(catalog::SetExamined{found}).waitForFinished();
        return id;
    }
    static catalog::ItemChange examined(ItemId clip)
    {
        catalog::ItemChange out;
        out.item = clip;
        out.kind = Kind::Clip;
        out.state = ItemState::Ok;
        return out;
    }
    // And until this thread has what they answered so far.
    static void waitForReaders(Copying &copying)
    {
        constexpr int threads = 2; // of ReaderPool
        const auto all = std::make_shared<std::latch>(threads);
        QVector<QFuture<Result<bool>>> answers;
        for (int i = 0; i < threads; ++i) {
            answers.append(copying.readers.ask([all](catalog::Reader &) -> Result<bool> {
                all->arrive_and_wait();
                return true;
            }));
        }
        for (QFuture<Result<bool>> &answer : answers)
            answer.waitForFinished();
        QCoreApplication::processEvents();
    }
    // A child of this process; 0: none.
    static pid_t workerProcess()
    {
        const QString parent = QStringLiteral("PPid:\t%1\n").arg(::getpid());
        for (const QString &process : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            QFile file(QStringLiteral("/proc/%1/status").arg(process));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString status = QString::fromUtf8(file.readAll());
            if (status.startsWith(QLatin1String("Name:\ttest_media_work")) && status.contains(parent))
                return process.toInt();
        }
        return 0;
    }
    static QVector<ItemId> itemsOf(const QVector<Derivative> &copies)
    {
        QVector<ItemId> out;
        for (const Derivative &copy : copies)
            out.append(copy.item);
        return out;
    }
    static qint64 sizeOf(const QVector<Derivative> &copies)
    {
        qint64 out = 0;
        for (const Derivative &copy : copies)
            out += copy.bytes;
        return out;
    }

    std::unique_ptr<IngestFixture> m_fixture;
};

GATEHOUSE_TEST(CopyMakerTest)
#include "copy_maker_test.moc"
