// Retention for space on disks as they are: what is removed is not free at once, or never.
#include "ingest/retention/retention_job.h"

#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>
#include <atomic>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

constexpr int kFileBytes = 1'000;
constexpr qint64 kDisk = 1'000'000; // the least that must be free is a twentieth, the reserve a tenth
constexpr qint64 kReserve = kDisk / 10;
constexpr qint64 kMinute = 60'000;

struct Disk : Receiver {
    explicit Disk(const QString &database)
        : Receiver(std::make_unique<CrashFileSystem>(std::make_shared<Power>()), database, nullptr),
          garbage(*writer, *archive), trustedClock(*writer, clock),
          retention(*writer, *archive, garbage, trustedClock)
    {
        hooked.setSpace([this] { return Space{free.load(), kDisk}; });
        trustedClock.start([this] { return clock.now(); });
        retention.setRules(RetentionRules{0, kReserve});
        QObject::connect(&retention, &RetentionJob::troubled, &retention,
                         [this](const QString &text) { trouble = text; });
    }
    ~Disk() { writer->archives().waitForFinished(); }

    void fill(int count)
    {
        std::vector<std::unique_ptr<ftp::Upload>> uploads; // together: one after the other takes long
        QVector<QFuture<Result<void>>> placed;
        for (int i = 0; i < count; ++i) {
            clock.advance(10);
            const QString number = QString::number(++uploaded);
            uploads.push_back(begin(QStringLiteral("/gate/snap/MDAlarm_20260612-095900_%1.jpg").arg(number),
                                    QByteArray(kFileBytes, 'x') + number.toLatin1()));
            QVERIFY(uploads.back());
            placed.append(uploads.back()->finish(ftp::UploadEnd::Complete));
        }
        for (const auto &one : placed) {
            QTRY_VERIFY_WITH_TIMEOUT(one.isFinished(), 30'000);
            QVERIFY(one.result());
        }
    }
    [[nodiscard]] int count() const
    {
        catalog::ItemQuery all;
        all.limit = 10'000;
        return int((*catalog::Reader::open(path))->items(all)->size());
    }
    // Looks, and waits until all that follows is done.
    void look()
    {
        retention.setHeld(false);
        retention.look();
        QTest::qWait(60);
        for (int last = -1; last != count(); QTest::qWait(60))
            last = count();
    }

    GarbageCollector garbage;
    TrustedClock trustedClock;
    RetentionJob retention;
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
        m_folder = std::make_unique<QTemporaryDir>();
        m_disk = std::make_unique<Disk>(m_folder->filePath(QStringLiteral("catalog.db")));
        m_disk->logIn();
        m_disk->fill(300);
    }
    void cleanup()
    {
        const QString path = m_disk->path;
        m_disk.reset();
        QCOMPARE(brokenInvariants(path), QStringList());
    }

    // Btrfs gives room back half a minute later: nothing more goes until then.
    void whatIsRemovedCountsAsFree()
    {
        m_disk->free = kReserve - 20 * kFileBytes;
        for (int i = 0; i < 4; ++i) {
            m_disk->look();
            QVERIFY(m_disk->count() >= 279);
            m_disk->clock.advance(10'000);
        }
        m_disk->free = kReserve;
        m_disk->clock.advance(kMinute);
        m_disk->look();
        QVERIFY(m_disk->count() >= 279);
        QCOMPARE(m_disk->trouble, QString());
    }

    void itGoesOnAsLongAsItHelps()
    {
        m_disk->free = kReserve - 90 * kFileBytes;
        const qint64 before = m_disk->free;
        for (int i = 0; i < 8; ++i) {
            m_disk->look();
            m_disk->free = before + (300 - m_disk->count()) * kFileBytes;
            m_disk->clock.advance(kMinute);
        }
        QVERIFY2(std::abs(m_disk->count() - 210) < 3, qPrintable(QString::number(m_disk->count())));
        QCOMPARE(m_disk->trouble, QString());
    }

    // Snapshots, hard links.
    void itStopsWhereNothingIsFreed()
    {
        m_disk->free = kReserve - 90 * kFileBytes;
        for (int i = 0; i < 10; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinute);
        }
        QCOMPARE(m_disk->count(), 200); // two tries of 50
        QVERIFY2(m_disk->trouble.contains(QLatin1String("frees no space")), qPrintable(m_disk->trouble));
        m_disk->free = kReserve + 1;
        m_disk->look();
        QCOMPARE(m_disk->trouble, QString());
    }

    // What cameras send meanwhile is no reason to give up.
    void itGoesOnWhileCamerasFillTheDisk()
    {
        m_disk->free = kReserve - 40 * kFileBytes;
        for (int i = 0; i < 5; ++i) {
            m_disk->look();
            m_disk->fill(40); // all that was freed
            m_disk->clock.advance(kMinute);
        }
        QVERIFY2(m_disk->count() <= 340, qPrintable(QString::number(m_disk->count())));
        QCOMPARE(m_disk->trouble, QString());
    }

    // chattr +i, a folder without the right to write.
    void itStopsWhereNoFileCanBeRemoved()
    {
        // Shared: it is asked still when a check fails.
        const auto refuses = std::make_shared<std::atomic<bool>>(true);
        m_disk->hooked.setHook([refuses](const QString &operation, const QString &path) -> Result<void> {
            if (*refuses && operation == QLatin1String("remove") && path.endsWith(QLatin1String(".jpg")))
                return fail(ErrorKind::Denied, QStringLiteral("Operation not permitted"), path);
            return {};
        });
        m_disk->retention.setRules(RetentionRules{1, kReserve}); // by age, too
        m_disk->free = kReserve - 20 * kFileBytes;
        for (int i = 0; i < 5; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinute);
        }
        QVERIFY2(m_disk->count() >= 200 && m_disk->count() < 280,
                 qPrintable(QString::number(m_disk->count())));
        QVERIFY2(m_disk->trouble.contains(QLatin1String("Operation not permitted")),
                 qPrintable(m_disk->trouble));
        *refuses = false;
        m_disk->free = kReserve;
        for (int i = 0; i < 12; ++i) {
            m_disk->look();
            m_disk->clock.advance(kMinute);
        }
        QCOMPARE(m_disk->trouble, QString());
        QVERIFY(m_disk->writer->pendingGarbage().result()->isEmpty());
        m_disk->hooked.setHook({});
    }

    void aReserveOfNothingIsNotFullForEver()
    {
        m_disk->retention.setRules(RetentionRules{0, 0});
        m_disk->free = kDisk / 20 - 1; // nothing is taken in any more
        const qint64 before = m_disk->free;
        for (int i = 0; i < 3; ++i) {
            m_disk->look();
            m_disk->free = before + (300 - m_disk->count()) * kFileBytes;
            m_disk->clock.advance(kMinute);
        }
        QVERIFY(m_disk->free > kDisk / 20);
        QVERIFY(m_disk->count() > 200);
    }

    void evidenceDoesNotGoForOthersFiles()
    {
        m_disk->hooked.setSpace([] { return Space{100'000, 10 * kDisk}; });
        m_disk->retention.setRules(RetentionRules{0, kDisk});
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        QVERIFY2(m_disk->trouble.contains(QLatin1String("with other files")), qPrintable(m_disk->trouble));
    }

    void whereAllIsProtectedThatIsSaid()
    {
        catalog::ItemQuery all;
        all.limit = 10'000;
        const auto items = *(*catalog::Reader::open(m_disk->path))->items(all);
        for (const catalog::Item &item : items)
            m_disk->writer->setProtected(item.id, true).waitForFinished();
        m_disk->free = 0;
        m_disk->look();
        QCOMPARE(m_disk->count(), 300);
        QVERIFY2(m_disk->trouble.contains(QLatin1String("protected")), qPrintable(m_disk->trouble));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Disk> m_disk;
};

GATEHOUSE_TEST(RetentionJobTest)
#include "retention_job_test.moc"
