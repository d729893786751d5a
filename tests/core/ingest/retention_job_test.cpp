// Retention on real disks: removed bytes come free late or never, and some files must stay.
#include "ingest/retention/retention_job.h"

#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "ingest_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

constexpr int kFileBytes = 1'000;
constexpr qint64 kDisk = 1'000'000; // the least that must be free is a twentieth, the reserve a tenth
constexpr qint64 kReserve = kDisk / 10;

// A disk with a settable amount of free space, and the jobs that make room on it.
struct Disk : IngestFixture {
    Disk()
    {
        hooked.setSpace([this] { return Space{free.load(), kDisk}; });
        start();
    }
    ~Disk()
    {
        stop();
        close(); // the archive reads `free` until then
    }

    void start()
    {
        garbage = std::make_unique<GarbageCollector>(*writer, *archive);
        trustedClock = std::make_unique<TrustedClock>(*writer, clock);
        if (!trustedClock->start([this] { return clock.now(); }))
            qFatal("the clock did not start");
        retention = std::make_unique<RetentionJob>(*writer, *archive, *garbage, *trustedClock);
        retention->setRules(RetentionRules{0, kReserve});
        QObject::connect(retention.get(), &RetentionJob::troubled, retention.get(),
                         [this](const RetentionTrouble &now) { trouble = now.text; });
    }
    void stop()
    {
        retention.reset();
        trustedClock.reset();
        garbage.reset();
    }

    void fill(int count)
    {
        QVector<std::pair<QString, QByteArray>> uploads; // together: one after the other takes long
        for (int i = 0; i < count; ++i) {
            const QString number = QString::number(++uploaded);
            uploads.append({QStringLiteral("/gate/snap/MDAlarm_20260612-095900_%1.jpg").arg(number),
                            QByteArray(kFileBytes, 'x') + number.toLatin1()});
        }
        QCOMPARE(add(uploads).size(), count);
        clock.advance(count * 10);
    }
    [[nodiscard]] int count() const { return int(items().size()); }
    // Looks, and waits until all that follows is done.
    void look()
    {
        retention->setHeld(false);
        retention->look();
        QTRY_VERIFY_WITH_TIMEOUT(!retention->isBusy(), 60'000);
    }

    std::unique_ptr<GarbageCollector> garbage;
    std::unique_ptr<TrustedClock> trustedClock;
    std::unique_ptr<RetentionJob> retention;
    std::atomic<qint64> free = 500'000;
    QString trouble;
    int uploaded = 0;
};

} // namespace

class RetentionJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init()
    {
        m_disk = std::make_unique<Disk>();
        m_disk->fill(300);
    }
    void cleanup()
    {
        m_disk->stop();
        QCOMPARE(brokenInvariants(m_disk->databasePath()), QStringList());
        m_disk.reset();
    }

    // Btrfs gives room back half a minute later: nothing more goes until then.
    void countsRemovedBytesAsFree()
    {
        m_disk->free = kReserve - 20 * kFileBytes;
        for (int i = 0; i < 4; ++i) {
            m_disk->look();
            QVERIFY(m_disk->count() >= 279);
            m_disk->clock.advance(10'000);
        }
        m_disk->free = kReserve;
        m_disk->clock.advance(kMinuteMs);
        m_disk->look();
        QVERIFY(m_disk->count() >= 279);
        QCOMPARE(m_disk->trouble, QString());
    }

    void continuesWhileSpaceIsFreed()
    {
        m_disk->free = kReserve - 90 * kFileBytes;
        const qint64 before = m_disk->free;
        for (int i = 0; i < 8; ++i) {
            m_disk->look();
            m_disk->free = before + (300 - m_disk->count()) * kFileBytes;
            m_disk->clock.advance(kMinuteMs);
        }
        QVERIFY2(std::abs(m_disk->count() - 210) < 3, qPrintable(QString::number(m_disk->count())));
        QCOMPARE(m_disk->trouble, QString());
    }

    // Snapshots, hard links.
    void stopsIfNoSpaceIsFreed()
    {
        m_disk->free = kReserve - 90 * kFileBytes;
        for (int i = 0; i < 10; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinuteMs);
        }
        QCOMPARE(m_disk->count(), 200); // two tries of 50
        QVERIFY2(m_disk->trouble.contains(QLatin1String("frees no space")), qPrintable(m_disk->trouble));
        m_disk->free = kReserve + 1;
        m_disk->look();
        QCOMPARE(m_disk->trouble, QString());
    }

    // What cameras send meanwhile is no reason to give up.
    void continuesWhileCamerasFillTheDisk()
    {
        m_disk->free = kReserve - 40 * kFileBytes;
        for (int i = 0; i < 5; ++i) {
            m_disk->look();
            m_disk->fill(40); // all that was freed
            m_disk->clock.advance(kMinuteMs);
        }
        QVERIFY2(m_disk->count() <= 340, qPrintable(QString::number(m_disk->count())));
        QCOMPARE(m_disk->trouble, QString());
    }

    // chattr +i, a folder without the right to write.
    void stopsIfNoFileCanBeRemoved()
    {
        // Shared: it is asked still when a check fails.
        const auto refuses = std::make_shared<std::atomic<bool>>(true);
        m_disk->hooked.setHook([refuses](const QString &operation, const QString &path) -> Result<void> {
            if (*refuses && operation == QLatin1String("remove") && path.endsWith(QLatin1String(".jpg")))
                return fail(ErrorKind::Denied, QStringLiteral("Operation not permitted"), path);
            return {};
        });
        m_disk->retention->setRules(RetentionRules{1, kReserve}); // by age, too
        m_disk->free = kReserve - 20 * kFileBytes;
        for (int i = 0; i < 5; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinuteMs);
        }
        QVERIFY2(m_disk->count() >= 200 && m_disk->count() < 280,
                 qPrintable(QString::number(m_disk->count())));
        QVERIFY2(m_disk->trouble.contains(QLatin1String("Operation not permitted")),
                 qPrintable(m_disk->trouble));
        *refuses = false;
        m_disk->free = kReserve;
        for (int i = 0; i < 12; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinuteMs);
        }
        QCOMPARE(m_disk->trouble, QString());
        QVERIFY(m_disk->writer->submit(catalog::ReadGarbage{}).result()->isEmpty());
        m_disk->hooked.setHook({});
    }

    void freesSpaceEvenWithoutAReserve()
    {
        m_disk->retention->setRules(RetentionRules{0, 0});
        m_disk->free = kDisk / 20 - 1; // nothing is taken in any more
        const qint64 before = m_disk->free;
        for (int i = 0; i < 3; ++i) {
            m_disk->look();
            m_disk->free = before + (300 - m_disk->count()) * kFileBytes;
            m_disk->clock.advance(kMinuteMs);
        }
        QVERIFY(m_disk->free > kDisk / 20);
        QVERIFY(m_disk->count() > 200);
    }

    void keepsEvidenceIfOtherFilesFillTheDisk()
    {
        m_disk->hooked.setSpace([] { return Space{100'000, 10 * kDisk}; });
        m_disk->retention->setRules(RetentionRules{0, kDisk});
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        QVERIFY2(m_disk->trouble.contains(QLatin1String("with other files")), qPrintable(m_disk->trouble));
    }

    void reportsThatEverythingIsProtected()
    {
        const auto items = m_disk->items();
        for (const catalog::Item &item : items)
            m_disk->writer->submit(catalog::SetProtected{item.id, true}).waitForFinished();
        m_disk->free = 0;
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        QVERIFY2(m_disk->trouble.contains(QLatin1String("protected")), qPrintable(m_disk->trouble));
    }

    void recordsTheReasonWhenDeletingByAge()
    {
        m_disk->clock.advance(2 * kDayMs);
        m_disk->fill(2);
        m_disk->retention->setRules(RetentionRules{1, kReserve});
        m_disk->look();
        QCOMPARE(m_disk->count(), 2);
        QCOMPARE(m_disk->files().size(), 2);
        const auto deletions = (*catalog::Reader::open(m_disk->databasePath()))->deletions({});
        QVERIFY(deletions && !deletions->isEmpty());
        for (const catalog::Deletion &deletion : *deletions)
            QCOMPARE(deletion.reason, QStringLiteral("Older than 1 day"));
    }

    void deletesNothingWhileHeldOrWithoutRules()
    {
        m_disk->free = 0;
        m_disk->retention->look(); // held from the start
        QVERIFY(!m_disk->retention->isBusy());
        m_disk->retention->setRules({});
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        m_disk->retention->setHeld(true);
        m_disk->retention->setRules(RetentionRules{0, kReserve});
        m_disk->retention->look();
        QVERIFY(!m_disk->retention->isBusy());
        m_disk->look();
        QCOMPARE(m_disk->count(), 250);
    }

    // An empty battery, a wrong year.
    void deletesNothingAfterAClockJump()
    {
        m_disk->retention->setRules(RetentionRules{1, kReserve});
        m_disk->look();
        m_disk->clock.jump(30 * kDayMs);
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        m_disk->stop(); // nor over a restart
        m_disk->open();
        m_disk->start();
        m_disk->retention->setRules(RetentionRules{1, kReserve});
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
    }

    void deletesNothingOnAMissingDisk()
    {
        QVERIFY(m_disk->unplug());
        m_disk->free = 0;
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        QVERIFY(m_disk->plugIn());
        m_disk->look();
        QCOMPARE(m_disk->count(), 250);
    }

    void acceptsVanishedFiles()
    {
        QVERIFY(QFile::remove(m_disk->items().first().path));
        m_disk->free = kReserve - 20 * kFileBytes;
        m_disk->look();
        QVERIFY(m_disk->count() >= 279 && m_disk->count() <= 280);
        QCOMPARE(m_disk->files().size(), m_disk->count());
        QCOMPARE(m_disk->trouble, QString());
    }

    void mergesConcurrentChecks()
    {
        m_disk->free = kReserve - 90 * kFileBytes;
        m_disk->retention->setHeld(false);
        m_disk->retention->look();
        m_disk->look();
        QCOMPARE(m_disk->count(), 250); // one small try until it is seen to help
    }

    // Killed between removing the rows and the files: pending files count as free space.
    void deletesNothingExtraAfterARestart()
    {
        m_disk->free = kReserve - 20 * kFileBytes;
        HeldUp unlink(m_disk->hooked, QStringLiteral("remove"), QStringLiteral("MDAlarm"));
        m_disk->retention->setHeld(false);
        QTRY_VERIFY_WITH_TIMEOUT(unlink.isReached(), 30'000);
        m_disk->stop();
        unlink.letGo();
        m_disk->open();
        const int left = m_disk->count();
        QVERIFY(left >= 279 && left <= 280);
        m_disk->start();
        m_disk->look();
        QCOMPARE(m_disk->count(), left);
        m_disk->garbage->collect(); // as each start does
        QTRY_VERIFY_WITH_TIMEOUT(!m_disk->retention->isBusy(), 30'000);
        QCOMPARE(m_disk->files().size(), left);
    }

private:
    std::unique_ptr<Disk> m_disk;
};

GATEHOUSE_TEST(RetentionJobTest)
#include "retention_job_test.moc"
