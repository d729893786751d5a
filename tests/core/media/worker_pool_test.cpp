#include "base/sanitizer.h"
#include "media/copy/low_res_job.h"
#include "media/probe/full_probe_job.h"
#include "media/probe/poster_job.h"
#include "media/probe/poster_path.h"
#include "media/worker/examination_queue.h"
#include "media/worker/worker_messages.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
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

// Collects a pool's results.
struct Answers {
    explicit Answers(ExaminationQueue &queue)
    {
        QObject::connect(&queue, &ExaminationQueue::examined, &queue,
                         [this](ItemId item, const ProbeResult &found) {
                             results.append({item, found});
                         });
        QObject::connect(&queue, &ExaminationQueue::posterReady, &queue,
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
    void examinesFilesInChildProcesses();
    void prefersNewestItemsAndPosters();
    void mergesRepeatedRequestsForAnItem();
    void misbehavingWorkerAffectsOnlyItsItem_data();
    void misbehavingWorkerAffectsOnlyItsItem();
    void stopsAHangingWorkerOnTimeout();
    void waitingForTheProcessorIsNotAHang();
    void workerCannotUseTheNetworkOrStartProcesses();
    void doesNotBlameTheFileIfAWorkerCannotStart();
    void idleWorkersExitAndRestartOnDemand();
    void retriesOnceAfterAWorkerDies();
    void keepsAWorkerFreeOfLongJobs();
    void runsTheMostUrgentFirst();
    void keepsAWorkerFreeOfIdleJobs();
    void passesOnProgress();
    void stopsAFloodOfProgress();
    void rejectsAnUnknownJobKind();
    void dropsTheOldestItemsAtTheLimit();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    QString poster(qint64 item) { return m_folder.filePath(posterPath(ItemId{item})); }

    QTemporaryDir m_folder;
};

void WorkerPoolTest::examinesFilesInChildProcesses()
{
    const QString clip = write(QStringLiteral("clip.mp4"), makeClip({}));
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerPool pool(optionsFor());
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, clip, poster(1));
    queue.examine(ItemId{2}, still, poster(2));
    queue.examine(ItemId{3}, m_folder.filePath(QStringLiteral("absent")), poster(3));
    QCOMPARE(pool.waiting(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 3, kWorkerPatience);
    QCOMPARE(pool.waiting(), 0);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
    QCOMPARE(answers.of(1).kind, Kind::Clip);
    QVERIFY(answers.of(1).hasPoster() && QFile::exists(poster(1)));
    QCOMPARE(answers.of(2).kind, Kind::Still);
    QVERIFY(answers.of(2).hasPoster() && QFile::exists(poster(2)));
    QCOMPARE(answers.of(3).state, ItemState::Unexamined);
    QCOMPARE(answers.posters.size(), 2);
}

void WorkerPoolTest::prefersNewestItemsAndPosters()
{
    const QString clip = write(QStringLiteral("clip.mp4"), makeClip({}));
    WorkerOptions options = optionsFor();
    options.workers = 1;
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    QStringList order;
    connect(&queue, &ExaminationQueue::posterReady, this,
            [&](ItemId item) { order.append(QStringLiteral("p%1").arg(item.value)); });
    connect(&queue, &ExaminationQueue::examined, this,
            [&](ItemId item) { order.append(QStringLiteral("e%1").arg(item.value)); });
    for (qint64 item = 1; item <= 4; ++item)
        queue.examine(ItemId{item}, clip, poster(100 + item));
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 8, kWorkerPatience);
    // The first was running before the others were submitted.
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("p1 p4 p3 p2 e4 e3 e2 e1"));
}

void WorkerPoolTest::mergesRepeatedRequestsForAnItem()
{
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerPool pool(optionsFor());
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    for (int i = 0; i < 5; ++i)
        queue.examine(ItemId{7}, still, poster(7));
    queue.examine(ItemId{8}, still, poster(8));
    QTRY_COMPARE_WITH_TIMEOUT(pool.waiting(), 0, kWorkerPatience);
    QCOMPARE(answers.results.size(), 2);
}

void WorkerPoolTest::misbehavingWorkerAffectsOnlyItsItem_data()
{
    QTest::addColumn<QString>("mischief");
    for (const char *name : {"crash", "spin", "bomb", "garbage", "lie"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void WorkerPoolTest::misbehavingWorkerAffectsOnlyItsItem()
{
    QFETCH(QString, mischief);
    if (kIsAddressSanitized && mischief == QLatin1String("bomb"))
        QSKIP("the sanitizer needs more address space than the limit");
    WorkerPool pool(optionsFor(mischief));
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    queue.examine(ItemId{2}, QStringLiteral("/good"), poster(2));
    queue.examine(ItemId{3}, QStringLiteral("/good"), poster(3));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 3, kWorkerPatience);
    QCOMPARE(answers.of(1).state,
             mischief == QLatin1String("spin") ? ItemState::TooLong : ItemState::Damaged);
    QVERIFY(!answers.of(1).reason.isEmpty());
    QCOMPARE(answers.of(2).state, ItemState::Ok);
    QCOMPARE(answers.of(3).state, ItemState::Ok);
}

void WorkerPoolTest::stopsAHangingWorkerOnTimeout()
{
    WorkerOptions options = optionsFor(QStringLiteral("hang"));
    options.limits.wallMs = 300;
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, kWorkerPatience);
    QVERIFY(answers.of(1).reason.contains(QLatin1String("too long")));
    QCOMPARE(answers.of(1).state, ItemState::TooLong);
}

void WorkerPoolTest::waitingForTheProcessorIsNotAHang()
{
    if (!QFile::exists(QStringLiteral("/proc/self/schedstat")))
        QSKIP("this kernel does not tell how long a process waits");
    // Other work competes for the worker's CPU.
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
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    QElapsedTimer time;
    time.start();
    queue.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, kWorkerPatience);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
    if (time.elapsed() < options.limits.wallMs)
        QSKIP("it did not have to wait");
}

void WorkerPoolTest::workerCannotUseTheNetworkOrStartProcesses()
{
    WorkerPool pool(optionsFor(QStringLiteral("escape")));
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, QStringLiteral("/bad"), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, kWorkerPatience);
    QCOMPARE(answers.of(1).state, ItemState::Ok); // both were refused
}

void WorkerPoolTest::doesNotBlameTheFileIfAWorkerCannotStart()
{
    for (const QString &program : {QStringLiteral("/nonexistent/worker"), QStringLiteral(TEST_WORKER)}) {
        WorkerOptions options = optionsFor(QStringLiteral("refuse"));
        options.program = program;
        WorkerPool pool(options);
        ExaminationQueue queue(pool);
        const Answers answers(queue);
        queue.examine(ItemId{1}, QStringLiteral("/good"), poster(1));
        // The worker goes, and stays away for a while.
        QTRY_VERIFY_WITH_TIMEOUT(pool.findChildren<QObject *>(Qt::FindDirectChildrenOnly).isEmpty(),
                                 kWorkerPatience);
        QVERIFY(answers.results.isEmpty());
        QCOMPARE(pool.waiting(), 1);
    }
}

void WorkerPoolTest::idleWorkersExitAndRestartOnDemand()
{
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    WorkerOptions options = optionsFor();
    options.idleMs = 50;
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, still, poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, kWorkerPatience);
    QTRY_COMPARE_WITH_TIMEOUT(pool.findChildren<QObject *>(Qt::FindDirectChildrenOnly).size(), 0,
                              kWorkerPatience);
    queue.examine(ItemId{2}, still, poster(2));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 2, kWorkerPatience);
}

void WorkerPoolTest::retriesOnceAfterAWorkerDies()
{
    // The first worker crashes because it finds its mark missing and creates it; the second continues.
    const QString mark = m_folder.filePath(QStringLiteral("mark"));
    const QString script = write(QStringLiteral("worker.sh"),
                                 QByteArray("#!/bin/sh\nif [ -e ") + mark.toUtf8() + " ]; then exec " +
                                     TEST_WORKER + "; fi\n: > " + mark.toUtf8() + "\nkill -9 $$\n");
    QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    WorkerOptions options = optionsFor();
    options.program = script;
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    const Answers answers(queue);
    queue.examine(ItemId{1}, write(QStringLiteral("still.jpg"), makeStill({})), poster(1));
    QTRY_COMPARE_WITH_TIMEOUT(answers.results.size(), 1, kWorkerPatience);
    QCOMPARE(answers.of(1).state, ItemState::Ok);
}

void WorkerPoolTest::keepsAWorkerFreeOfLongJobs()
{
    WorkerPool pool(optionsFor(QStringLiteral("hang")));
    QVector<ItemId> finished;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &job) { finished.append(job.item); });
    for (qint64 item = 1; item <= 3; ++item)
        pool.add({&kFullProbeJob, ItemId{item}, QStringLiteral("/bad"), {}});
    pool.add({&kPosterJob, ItemId{4}, QStringLiteral("/good"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(finished, QVector<ItemId>{ItemId{4}}, kWorkerPatience);
    QCOMPARE(pool.waiting(), 3);
}

void WorkerPoolTest::runsTheMostUrgentFirst()
{
    WorkerOptions options = optionsFor(QStringLiteral("crash")); // of a bad file only
    options.workers = 1;
    WorkerPool pool(options);
    QVector<ItemId> order;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &job) { order.append(job.item); });
    const auto add = [&pool](const JobKind &kind, qint64 item, Urgency urgency) {
        pool.add({.kind = &kind, .item = ItemId{item}, .file = QStringLiteral("/good"), .urgency = urgency});
    };
    add(kPosterJob, 1, Urgency::Usual); // runs at once
    add(kPosterJob, 2, Urgency::Idle);
    add(kPosterJob, 3, Urgency::Idle);
    add(kLowResJob, 4, Urgency::Usual);
    add(kPosterJob, 5, Urgency::Usual);
    add(kLowResJob, 6, Urgency::OffSite);
    add(kLowResJob, 7, Urgency::Usual);
    // Asked for after all; one that is urgent stays so.
    add(kPosterJob, 2, Urgency::OffSite);
    add(kLowResJob, 6, Urgency::Idle);
    QCOMPARE(pool.waiting(), 7);
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 7, kWorkerPatience);
    QCOMPARE(order,
             (QVector<ItemId>{ItemId{1}, ItemId{2}, ItemId{6}, ItemId{5}, ItemId{7}, ItemId{4}, ItemId{3}}));
}

void WorkerPoolTest::keepsAWorkerFreeOfIdleJobs()
{
    WorkerPool pool(optionsFor(QStringLiteral("hang")));
    QVector<ItemId> finished;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &job) { finished.append(job.item); });
    for (qint64 item = 1; item <= 3; ++item)
        pool.add({.kind = &kLowResJob,
                  .item = ItemId{item},
                  .file = QStringLiteral("/bad"),
                  .urgency = Urgency::Idle});
    pool.add({.kind = &kLowResJob, .item = ItemId{4}, .file = QStringLiteral("/good")});
    QTRY_COMPARE_WITH_TIMEOUT(finished, QVector<ItemId>{ItemId{4}}, kWorkerPatience);
    QCOMPARE(pool.waiting(), 3);
}

// Progress keeps a job alive that takes longer than the limit between two reports.
void WorkerPoolTest::passesOnProgress()
{
    WorkerOptions options = optionsFor(QStringLiteral("progress"));
    options.limits.wallMs = 3'000;
    WorkerPool pool(options);
    QVector<double> progress;
    connect(&pool, &WorkerPool::progressed, this, [&](const Job &job, double part) {
        QCOMPARE(job.item, ItemId{1});
        progress.append(part);
    });
    QVector<JobEnd> ends;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &, JobEnd how) { ends.append(how); });
    pool.add({&kPosterJob, ItemId{1}, QStringLiteral("/bad"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(ends, QVector<JobEnd>{JobEnd::Done}, kWorkerPatience);
    QCOMPARE(progress, (QVector<double>{0.1, 0.2, 0.3, 0.4, 0.5}));
}

void WorkerPoolTest::stopsAFloodOfProgress()
{
    WorkerPool pool(optionsFor(QStringLiteral("flood")));
    QVector<JobEnd> ends;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &, JobEnd how) { ends.append(how); });
    pool.add({&kPosterJob, ItemId{1}, QStringLiteral("/bad"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(ends, QVector<JobEnd>{JobEnd::Crashed}, kWorkerPatience);
}

void WorkerPoolTest::rejectsAnUnknownJobKind()
{
    // As of a program that an update has replaced.
    static constexpr JobKind kFutureJob{"future", 300, false, nullptr};
    QCOMPARE(findJobKind(QStringLiteral("poster")), &kPosterJob);
    QCOMPARE(findJobKind(QStringLiteral("future")), nullptr);
    const auto answer = WorkerAnswer::fromLine(WorkerAnswer{7, {}, QStringLiteral("unknown kind")}.toLine());
    QVERIFY(answer && answer->number == 7);
    QCOMPARE(answer->error, QStringLiteral("unknown kind"));

    WorkerOptions options = optionsFor();
    options.workers = 1;
    WorkerPool pool(options);
    QVector<std::pair<ItemId, JobEnd>> finished;
    connect(&pool, &WorkerPool::finished, this, [&](const Job &job, JobEnd how) {
        finished.append({job.item, how});
    });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("unknown kind of job: future")));
    const QString still = write(QStringLiteral("still.jpg"), makeStill({}));
    pool.add({&kFutureJob, ItemId{1}, still, {}});
    pool.add({&kPosterJob, ItemId{2}, still, poster(2)}); // the same worker goes on
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, kWorkerPatience);
    QCOMPARE(finished[0], std::pair(ItemId{1}, JobEnd::Refused));
    QCOMPARE(finished[1], std::pair(ItemId{2}, JobEnd::Done));
}

void WorkerPoolTest::dropsTheOldestItemsAtTheLimit()
{
    WorkerOptions options = optionsFor();
    options.program = QStringLiteral("/nonexistent/worker");
    WorkerPool pool(options);
    QVector<ItemId> forgotten;
    connect(&pool, &WorkerPool::forgotten, this, [&](const Job &job) { forgotten.append(job.item); });
    const qint64 count = 10'010;
    for (qint64 item = count; item > 0; --item)
        pool.add({&kPosterJob, ItemId{item}, QStringLiteral("/good"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(pool.waiting() + forgotten.size(), count, kWorkerPatience);
    QVERIFY(!forgotten.isEmpty());
    for (const ItemId item : forgotten)
        QVERIFY(item.value <= 10);
}

GATEHOUSE_TEST(WorkerPoolTest)
#include "worker_pool_test.moc"
