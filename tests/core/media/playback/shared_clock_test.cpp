// Two engines on one clock: pictures of the same time on both, whatever the clock does.
#include "barcode_clip.h"
#include "media/playback/player_engine.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using gatehouse::tests::kPatience;

namespace
{

constexpr qint64 kPicture = 40'000;
constexpr int kPictures = 1'000;

// Goes where the test says and nowhere by itself.
class HandClock final : public PlaybackClock
{
public:
    [[nodiscard]] qint64 position() const override { return m_position; }
    [[nodiscard]] double rate() const override { return 1.0; }
    [[nodiscard]] bool isRunning() const override { return m_running; }

    void run(bool on)
    {
        m_running = on;
        Q_EMIT runningChanged(on);
    }
    void advanceTo(qint64 position) { m_position = position; } // as if it ran

private:
    qint64 m_position = 0;
    bool m_running = false;
};

// The engine of one camera, its clip's first picture at `origin` on the clock.
struct Camera {
    Camera(PlaybackClock &time, const QString &path, qint64 begin) : clock(time), origin(begin)
    {
        engine.follow(&clock, origin);
        engine.open({begin + 1, path}, false);
    }

    [[nodiscard]] int shown() const
    {
        const auto picture = engine.picture();
        return picture ? tests::numberIn(*picture) : -1;
    }
    // Of the clock's time.
    [[nodiscard]] int expected() const
    {
        return int(std::clamp<qint64>((clock.position() - origin) / kPicture, 0, kPictures - 1));
    }
    [[nodiscard]] bool isInStep() const
    {
        const int number = expected(); // while the other side reads on, the clock may tick once
        return shown() >= 0 && std::abs(shown() - number) <= 1;
    }

    PlaybackClock &clock;
    qint64 origin;
    PlayerEngine engine;
};

} // namespace

class SharedClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void staysInSync();
    void followsAManualClock();
    void resumesWhenTheClockReturnsFromTheEnd();
    void keepsItsOwnTimeAfterUnfollowing();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    QTemporaryDir m_folder;
};

void SharedClockTest::initTestCase()
{
    av_log_set_level(AV_LOG_QUIET);
    if (!tests::makeClip({.path = path("a.mp4"), .pictures = kPictures}))
        QSKIP("libav has no H.264 encoder here");
    // Another container, other distances between its key pictures.
    QVERIFY(tests::makeClip({.path = path("b.mkv"), .pictures = kPictures, .group = 60}));
}

void SharedClockTest::staysInSync()
{
    PlayerClock clock;
    clock.set(3'000'000);
    Camera first(clock, path("a.mp4"), 0);
    Camera second(clock, path("b.mkv"), 2'000'000); // its recording begins two seconds later
    QTRY_COMPARE_WITH_TIMEOUT(first.shown(), 75, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(second.shown(), 25, kPatience);

    const auto areInStep = [&] { return first.isInStep() && second.isInStep(); };
    const auto sample = [&](int times) {
        for (int i = 0; i < times; ++i) {
            const qint64 next = clock.position() + 100'000;
            if (!QTest::qWaitFor([&] { return clock.position() >= next && areInStep(); }, kPatience))
                return false;
        }
        return true;
    };
    clock.run(true);
    QVERIFY2(sample(20), "playing");
    QVERIFY(first.engine.isPlaying() && second.engine.isPlaying());

    clock.run(false);
    QVERIFY(!first.engine.isPlaying() && !second.engine.isPlaying());
    QTRY_COMPARE_WITH_TIMEOUT(first.shown(), first.expected(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(second.shown(), second.expected(), kPatience);

    clock.set(12'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(first.shown(), 300, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(second.shown(), 250, kPatience);
    clock.run(true);
    QVERIFY2(sample(5), "playing after a jump");
    clock.set(6'000'000);
    QVERIFY2(sample(5), "a jump while playing");

    for (const double rate : {0.5, 2.0}) {
        clock.setRate(rate);
        QCOMPARE(first.engine.rate(), rate);
        QCOMPARE(second.engine.rate(), rate);
        QVERIFY2(sample(10), qPrintable(QString::number(rate)));
    }
}

void SharedClockTest::followsAManualClock()
{
    HandClock clock;
    Camera first(clock, path("a.mp4"), 0);
    Camera second(clock, path("b.mkv"), 400'000);
    QTRY_COMPARE_WITH_TIMEOUT(first.shown(), 0, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(second.shown(), 0, kPatience); // its time has not come: the first picture
    clock.run(true);
    for (qint64 position = kPicture; position <= 2'000'000; position += kPicture) {
        clock.advanceTo(position);
        QTRY_COMPARE_WITH_TIMEOUT(first.shown(), first.expected(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(second.shown(), second.expected(), kPatience);
    }
    // It waits for nobody: what was too late is left out.
    clock.advanceTo(9'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(first.shown(), 225, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(second.shown(), 215, kPatience);
}

void SharedClockTest::resumesWhenTheClockReturnsFromTheEnd()
{
    PlayerClock clock;
    clock.set(39'800'000);
    Camera camera(clock, path("a.mp4"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(camera.shown(), 995, kPatience);
    clock.run(true);
    QTRY_VERIFY_WITH_TIMEOUT(camera.engine.hasEnded(), kPatience);
    QCOMPARE(camera.shown(), kPictures - 1);
    clock.set(1'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(camera.engine.isPlaying() && camera.isInStep(), kPatience);
    // A jump to where it has recorded nothing any more shows its last picture.
    QSignalSpy failed(&camera.engine, &PlayerEngine::failed);
    clock.set(70'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(camera.shown(), kPictures - 1, kPatience);
    clock.set(2'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(camera.engine.isPlaying() && camera.isInStep(), kPatience);
    QCOMPARE(failed.size(), 0);
}

void SharedClockTest::keepsItsOwnTimeAfterUnfollowing()
{
    PlayerClock clock;
    Camera camera(clock, path("a.mp4"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(camera.shown(), 0, kPatience);
    camera.engine.follow(nullptr);
    clock.set(5'000'000);
    clock.run(true);
    QVERIFY(!camera.engine.isPlaying());
    camera.engine.seek(1'000'000, SeekKind::Exact);
    QTRY_COMPARE_WITH_TIMEOUT(camera.shown(), 25, kPatience);
    camera.engine.play();
    QTRY_VERIFY_WITH_TIMEOUT(camera.shown() > 27, kPatience);
    QVERIFY(camera.shown() < 120);
}

GATEHOUSE_TEST(SharedClockTest)
#include "shared_clock_test.moc"
