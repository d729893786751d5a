#include "base/sanitizer.h"
#include "media/worker/worker_pool.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <sched.h>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

WorkerOptions optionsFor(const QString &mischief = {})
{
    WorkerOptions options;
    options.program = QStringLiteral(TEST_WORKER);
    if (!mischief.isEmpty())
        options.arguments = QStringList{mischief};
    return options;
}

// Collects what a pool says.
struct Answers {
    explicit Answers(WorkerPool &pool)
    {
        QObject::connect(&pool, &WorkerPool::examined, &pool, [this](ItemId item, const ProbeResult &found) {
            results.append({item, found});
        });
        QObject::connect(&pool, &WorkerPool::posterReady, &pool,
                         [this](ItemId item) { posters.append(item); });
    }

    [[nodiscard]] ProbeResult of(qint64 item) const
    {
        for (const auto &[id, found] : results) {
            if (id.value == item)
                return found;
        }
        return {};
    }

    QVector<std::pair<ItemId, ProbeResult>> results;
    QVector<ItemId> posters;
};

} // namespace

class WorkerPoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clipsAndStillsAreExaminedInChildren();
    void theNewestComesFirstAndPostersBeforeChecks();
    void theSameItemTwiceIsOneExamination();
    void aMisbehavingWorkerCostsOneItem_data();
    void aMisbehavingWorkerCostsOneItem();
    void aHangIsStoppedByTheClock();
    void waitingForAProcessorIsNoHang();
    void aWorkerHasNoNetworkAndStartsNothing();
    void aWorkerThatCannotStartIsNoFaultOfTheFile();
    void idleWorkersEndAndComeBack();
    void aKilledWorkerIsTriedOnceMore();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    QString poster(qint64 item)
    {
        return posterPath(m_folder.filePath(QStringLiteral("posters")), ItemId{item});
    }

    QTemporaryDir m_folder;
};

void WorkerPoolTest::clipsAndStillsAreExaminedInChildren()
{
    const QString clip = write(QStringLiteral("clip.mp4"), makeClip({}));
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerPool pool(optionsFor());
    const Answers answers(pool);
    pool.examine(ItemId{1}, clip, poster(1));
    pool.examine(ItemId{2}, still, poster(2));
    pool.examine(ItemId{3}, m_folder.filePath(QStringLiteral("absent")), poster(3));
    QCOMPARE(pool.waiting(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 3, 30'000);
    QCOMPARE(pool.waiting(), 0);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
    QCOMPARE(answers.of(1).kind, Kind::Clip);
    QVERIFY(answers.of(1).hasPoster && QFile::exists(poster(1)));
    QCOMPARE(answers.of(2).kind, Kind::Still);
    QVERIFY(answers.of(2).hasPoster && QFile::exists(poster(2)));
    QCOMPARE(answers.of(3).state, ItemState::Unexamined);
    QCOMPARE(answers.posters.size(), 2);
}

void WorkerPoolTest::theNewestComesFirstAndPostersBeforeChecks()
{
    const QString clip = write(QStringLiteral("clip.mp4"), makeClip({}));
    WorkerOptions options = optionsFor();
    options.workers = 1;
    WorkerPool pool(options);
    QStringList order;
    connect(&pool, &WorkerPool::posterReady, this,
            [&](ItemId item) { order.append(QStringLiteral("p%1").arg(item.value)); });
    connect(&pool, &WorkerPool::examined, this,
            [&](ItemId item) { order.append(QStringLiteral("e%1").arg(item.value)); });
    for (qint64 item = 1; item <= 4; ++item)
        pool.examine(ItemId{item}, clip, poster(100 + item));
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 8, 30'000);
    // The first was under way before the others were known.
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("p1 p4 p3 p2 e4 e3 e2 e1"));
}

void WorkerPoolTest::theSameItemTwiceIsOneExamination()
{
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerPool pool(optionsFor());
    const Answers answers(pool);
    for (int i = 0; i < 5; ++i)
        pool.examine(ItemId{7}, still, poster(7));
    pool.examine(ItemId{8}, still, poster(8));
    QTRY_COMPARE_WITH_TIMEOUT(pool.waiting(), 0, 30'000);
    QCOMPARE(answers.results.size(), 2);
}

void WorkerPoolTest::aMisbehavingWorkerCostsOneItem_data()
{
    QTest::addColumn<QString>("mischief");
    for (const char *name : {"crash", "spin", "bomb", "garbage", "lie"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void WorkerPoolTest::aMisbehavingWorkerCostsOneItem()
{
    QFETCH(QString, mischief);
    if (kIsAddressSanitized && mischief == QLatin1String("bomb"))
        QSKIP("the sanitizer needs more address space than the limit");
    WorkerPool pool(optionsFor(mischief));
    const Answers answers(pool);
    pool.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    pool.examine(ItemId{2}, QStringLiteral("/good"), poster(2));
    pool.examine(ItemId{3}, QStringLiteral("/good"), poster(3));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 3, 60'000);
    QCOMPARE(answers.of(1).state,
             mischief == QLatin1String("spin") ? ItemState::TooLong : ItemState::Damaged);
    QVERIFY(!answers.of(1).reason.isEmpty());
    QCOMPARE(answers.of(2).state, ItemState::Ok);
    QCOMPARE(answers.of(3).state, ItemState::Ok);
}

void WorkerPoolTest::aHangIsStoppedByTheClock()
{
    WorkerOptions options = optionsFor(QStringLiteral("hang"));
    options.limits.wallMs = 300;
    WorkerPool pool(options);
    const Answers answers(pool);
    pool.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, 30'000);
    QVERIFY(answers.of(1).reason.contains(QLatin1String("too long")));
    QCOMPARE(answers.of(1).state, ItemState::TooLong);
}

void WorkerPoolTest::waitingForAProcessorIsNoHang()
{
    if (!QFile::exists(QStringLiteral("/proc/self/schedstat")))
        QSKIP("this kernel does not tell how long a process waits");
    // Somebody else's work takes the worker's processor.
    std::atomic<bool> isDone = false;
    const int processor = ::sched_getcpu();
    std::thread work([&isDone, processor] {
        cpu_set_t own;
        CPU_ZERO(&own);
        CPU_SET(size_t(processor), &own);
        ::sched_setaffinity(0, sizeof(own), &own);
        while (!isDone) {
        }
    });
    const auto ending = qScopeGuard([&] {
        isDone = true;
        work.join();
    });
    qputenv("STARVED_PROCESSOR", QByteArray::number(processor));
    WorkerOptions options = optionsFor(QStringLiteral("starve"));
    options.limits.wallMs = 300;
    WorkerPool pool(options);
    const Answers answers(pool);
    QElapsedTimer time;
    time.start();
    pool.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, 120'000);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
    if (time.elapsed() < options.limits.wallMs)
        QSKIP("it did not have to wait");
}

void WorkerPoolTest::aWorkerHasNoNetworkAndStartsNothing()
{
    WorkerPool pool(optionsFor(QStringLiteral("escape")));
    const Answers answers(pool);
    pool.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, 30'000);
    QCOMPARE(answers.of(1).state, ItemState::Ok); // both were refused
}

void WorkerPoolTest::aWorkerThatCannotStartIsNoFaultOfTheFile()
{
    for (const QString &program : {QStringLiteral("/nonexistent/worker"), QStringLiteral(TEST_WORKER)}) {
        WorkerOptions options = optionsFor(QStringLiteral("refuse"));
        options.program = program;
        WorkerPool pool(options);
        const Answers answers(pool);
        pool.examine(ItemId{1}, QStringLiteral("/good"), poster(1));
        // The worker goes, and stays away for a while.
        QTRY_VERIFY_WITH_TIMEOUT(pool.findChildren<QObject *>(Qt::FindDirectChildrenOnly).isEmpty(), 30'000);
        QVERIFY(answers.results.isEmpty());
        QCOMPARE(pool.waiting(), 1);
    }
}

void WorkerPoolTest::idleWorkersEndAndComeBack()
{
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerOptions options = optionsFor();
    options.idleMs = 50;
    WorkerPool pool(options);
    const Answers answers(pool);
    pool.examine(ItemId{1}, still, poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(pool.findChildren<QObject *>(Qt::FindDirectChildrenOnly).size(), 0, 30'000);
    pool.examine(ItemId{2}, still, poster(2));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 2, 30'000);
}

void WorkerPoolTest::aKilledWorkerIsTriedOnceMore()
{
    // The first reader crashes because it sees its mark absent and makes it; the second goes on.
    const QString mark = m_folder.filePath(QStringLiteral("mark"));
    const QString script = write(QStringLiteral("worker.sh"),
                                 QByteArray("#!/bin/sh\nif [ -e ") + mark.toUtf8() + " ]; then exec " +
                                     TEST_WORKER + "; fi\n: > " + mark.toUtf8() + "\nkill -9 $$\n");
    QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    WorkerOptions options = optionsFor();
    options.program = script;
    WorkerPool pool(options);
    const Answers answers(pool);
    pool.examine(ItemId{1}, write(QStringLiteral("still.jpg"), makeStill({})), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, 30'000);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
}

GATEHOUSE_TEST(WorkerPoolTest)
#include "worker_pool_test.moc"
