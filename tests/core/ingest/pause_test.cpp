// A pause ends when its time has passed, whatever the PC's clock does meanwhile.
#include "ingest/receive/ftp_backend.h"
#include "support/durations.h"
#include "support/registry.h"

#include "base/posix_file_system.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using gatehouse::tests::kMinuteMs;

namespace
{

// The two ways to tell the time, each as the test sets it.
class TwoClocks final : public Clock
{
public:
    [[nodiscard]] qint64 now() const override { return wall; }
    [[nodiscard]] qint64 elapsed() const override { return running; }

    qint64 wall = 1'781'272'938'000; // 2026-06-12
    qint64 running = 5'000;
};

} // namespace

class PauseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsOnTimeIfTheClockGoesBack();
    void endsEarlyIfTheClockGoesAhead();

private:
    // Runs `test` with a backend of its own.
    template<typename Test>
    void with(Test test)
    {
        const QTemporaryDir folder;
        TwoClocks clock;
        PosixFileSystem files;
        catalog::WriterOptions options;
        options.databasePath = folder.filePath(QStringLiteral("catalog.db"));
        const auto writer = catalog::Writer::open(options, clock);
        const auto archive =
            archive::Archive::open({folder.filePath(QStringLiteral("archive"))}, files, clock, true);
        const auto matcher = vendors::Matcher::load();
        QVERIFY(writer && archive && matcher);
        ingest::FtpBackend backend(**writer, **archive, *matcher, clock, {});
        test(backend, clock);
    }
};

void PauseTest::endsOnTimeIfTheClockGoesBack()
{
    with([](ingest::FtpBackend &backend, TwoClocks &clock) {
        const qint64 until = clock.wall + 30 * kMinuteMs;
        backend.pauseUntil(until);
        QCOMPARE(backend.pausedUntil(), until);
        clock.wall -= qint64(365) * 24 * 60 * kMinuteMs;
        clock.running += 29 * kMinuteMs;
        QCOMPARE(backend.pausedUntil(), until);
        clock.running += 2 * kMinuteMs;
        QCOMPARE(backend.pausedUntil(), 0); // not in a year
    });
}

void PauseTest::endsEarlyIfTheClockGoesAhead()
{
    with([](ingest::FtpBackend &backend, TwoClocks &clock) {
        backend.pauseUntil(clock.wall + 30 * kMinuteMs);
        clock.wall += 31 * kMinuteMs;
        QCOMPARE(backend.pausedUntil(), 0);
    });
}

GATEHOUSE_TEST(PauseTest)
#include "pause_test.moc"
