// The engine with its decode thread, without a sound card: plays in real time, pauses, seeks, steps, changes
// rate, continues into the next clip, and reports why it cannot play.
#include "barcode_clip.h"
#include "media/playback/player_engine.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using gatehouse::tests::BarcodeClip;
using gatehouse::tests::kPatience;
using gatehouse::tests::numberIn;

namespace
{

struct Shown {
    qint64 token;
    int number;
    qint64 wall; // ms
};

// Records every frame the engine shows.
class Watcher
{
public:
    explicit Watcher(PlayerEngine &engine)
    {
        m_wall.start();
        QObject::connect(&engine, &PlayerEngine::shown, &engine,
                         [this](qint64 token, const PicturePtr &picture) {
                             shown.push_back({token, numberIn(*picture), m_wall.elapsed()});
                         });
    }
    [[nodiscard]] int last() const { return shown.empty() ? -1 : shown.back().number; }

    std::vector<Shown> shown;

private:
    QElapsedTimer m_wall;
};

} // namespace

class EngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void playsInRealTime();
    void opensPausedOnTheRequestedFrame();
    void stepsForwardAndBack();
    void seeksAndScrubs();
    void playsAtEveryRate_data();
    void playsAtEveryRate();
    void continuesIntoTheNextClip();
    void continuesIntoAClipQueuedLate();
    void replaysFromTheStart();
    void keepsSoundInSync();
    void playsSoundPastTheLastFrame();
    void reportsWhyItCannotPlay();

protected:
    PlayerOptions m_options;

private:
    QString clip(const QString &name, int pictures, bool withSound = false);

    QTemporaryDir m_folder;
};

void EngineTest::initTestCase()
{
    av_log_set_level(AV_LOG_QUIET);
    if (clip(QStringLiteral("a.mp4"), 50).isEmpty())
        QSKIP("libav has no H.264 encoder here");
    QVERIFY(!clip(QStringLiteral("b.mkv"), 30).isEmpty());
    QVERIFY(!clip(QStringLiteral("long.mp4"), 1000).isEmpty());
    QVERIFY(!clip(QStringLiteral("sound.mp4"), 50, true).isEmpty());
}

QString EngineTest::clip(const QString &name, int pictures, bool withSound)
{
    const BarcodeClip made{.path = m_folder.filePath(name), .pictures = pictures, .withSound = withSound};
    return tests::makeClip(made) ? made.path : QString();
}

void EngineTest::playsInRealTime()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    QSignalSpy ended(&engine, &PlayerEngine::ended);
    engine.open({1, m_folder.filePath(QStringLiteral("a.mp4")), 0}, true);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatience);
    QCOMPARE(ended[0][1].toBool(), false);
    QCOMPARE(watcher.shown.size(), size_t(50));
    for (size_t i = 0; i < 50; ++i)
        QCOMPARE(watcher.shown[i].number, int(i));
    const qint64 took = watcher.shown.back().wall - watcher.shown.front().wall;
    QVERIFY2(took > 1'800, qPrintable(QString::number(took)));
    QVERIFY(!engine.isPlaying());
    QVERIFY(engine.hasEnded());
}

void EngineTest::opensPausedOnTheRequestedFrame()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, m_folder.filePath(QStringLiteral("a.mp4")), 1'000'000}, false);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 25, kPatience);
    QTest::qWait(200);
    QCOMPARE(watcher.last(), 25);
    engine.play();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.last() > 30, kPatience);
    engine.pause();
    const int stopped = watcher.last();
    QTest::qWait(200);
    QCOMPARE(watcher.last(), stopped);
}

void EngineTest::stepsForwardAndBack()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, m_folder.filePath(QStringLiteral("a.mp4")), 0}, false);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 0, kPatience);
    for (int i = 1; i <= 28; ++i) {
        engine.step(1);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), i, kPatience);
    }
    for (int i = 27; i >= 20; --i) {
        engine.step(-1);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), i, kPatience);
    }
    for (int i = 21; i <= 30; ++i) {
        engine.step(1);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), i, kPatience);
    }
    engine.step(-1);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 29, kPatience);
    watcher.shown.clear();
    engine.play();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.shown.size() > 3, kPatience);
    QCOMPARE(watcher.shown[0].number, 29);
    QCOMPARE(watcher.shown[1].number, 30);
    // Nothing precedes the first frame.
    engine.seek(0, SeekKind::Quiet);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 0, kPatience);
    engine.step(-1);
    QTest::qWait(100);
    QCOMPARE(watcher.last(), 0);
    engine.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 1, kPatience);
}

void EngineTest::seeksAndScrubs()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, m_folder.filePath(QStringLiteral("long.mp4")), 0}, false);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 0, kPatience);
    engine.seek(20'000'000, SeekKind::Exact);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 500, kPatience);
    // A drag: a frame at nearly every step, and the exact one after a pause.
    watcher.shown.clear();
    for (int i = 0; i < 60; ++i) {
        engine.seek(i * 600'000 + 330'000, SeekKind::Scrub);
        QTest::qWait(8);
    }
    QVERIFY2(watcher.shown.size() > 10, qPrintable(QString::number(watcher.shown.size())));
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), (59 * 600'000 + 330'000) / 40'000, kPatience);
    // Of overlapping requests, the last one wins.
    for (int i = 0; i < 20; ++i)
        engine.seek(i * 1'900'000, SeekKind::Exact);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 19 * 1'900'000 / 40'000, kPatience);
    engine.seek(3'600'000'000, SeekKind::Exact);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 999, kPatience);
}

void EngineTest::playsAtEveryRate_data()
{
    QTest::addColumn<double>("rate");
    for (const double rate : {0.25, 0.5, 2.0, 4.0, 8.0, 16.0})
        QTest::addRow("%g", rate) << rate;
}

void EngineTest::playsAtEveryRate()
{
    QFETCH(double, rate);
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, m_folder.filePath(QStringLiteral("long.mp4")), 0}, false);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 0, kPatience);
    engine.setRate(rate);
    engine.play();
    QTest::qWait(1'000);
    engine.pause();
    const double passed = watcher.last() / 25.0;
    QVERIFY2(passed > 0.5 * rate - 0.1 && passed < 1.3 * rate + 0.1, qPrintable(QString::number(passed)));
    // Back at 1x no frame is skipped.
    engine.setRate(1.0);
    engine.play();
    const size_t before = watcher.shown.size() + 2;
    QTRY_VERIFY_WITH_TIMEOUT(watcher.shown.size() > before + 8, kPatience);
    for (size_t i = before + 1; i < watcher.shown.size(); ++i)
        QCOMPARE(watcher.shown[i].number, watcher.shown[i - 1].number + 1);
}

void EngineTest::continuesIntoTheNextClip()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    QSignalSpy opened(&engine, &PlayerEngine::opened);
    QSignalSpy ended(&engine, &PlayerEngine::ended);
    engine.open({1, m_folder.filePath(QStringLiteral("b.mkv")), 0}, true);
    engine.setNext(ClipRequest{2, m_folder.filePath(QStringLiteral("a.mp4")), 0});
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, kPatience);
    QCOMPARE(opened.size(), 2);
    QCOMPARE(watcher.shown.size(), size_t(80));
    for (size_t i = 0; i < 80; ++i) {
        QCOMPARE(watcher.shown[i].token, i < 30 ? 1 : 2);
        QCOMPARE(watcher.shown[i].number, i < 30 ? int(i) : int(i) - 30);
    }
    const qint64 edge = watcher.shown[30].wall - watcher.shown[29].wall;
    qInfo("clip edge %lld ms (ideal 40)", edge);
    QVERIFY2(edge < 1'000, qPrintable(QString::number(edge)));
    QCOMPARE(engine.token(), 2);
}

// The decoder reaches the end long before the last frame is shown.
void EngineTest::continuesIntoAClipQueuedLate()
{
    const QString brief = clip(QStringLiteral("brief.mp4"), 8);
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, brief, 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.last() >= 3, kPatience);
    engine.setNext(ClipRequest{2, m_folder.filePath(QStringLiteral("b.mkv")), 0});
    QTRY_COMPARE_WITH_TIMEOUT(engine.token(), qint64(2), kPatience);
    QVERIFY(engine.isPlaying());
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(watcher.last(), 29);
}

void EngineTest::replaysFromTheStart()
{
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    engine.open({1, m_folder.filePath(QStringLiteral("b.mkv")), 1'000'000}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(watcher.last(), 29);
    engine.play();
    QTRY_COMPARE_WITH_TIMEOUT(watcher.last(), 3, kPatience);
}

namespace
{
// Pulls from the queue in real time, like a sound card without latency.
class FakeDevice : public SoundDevice
{
public:
    explicit FakeDevice(SoundQueue &queue) : m_queue(queue)
    {
        m_timer.setInterval(10);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            const qint64 due = m_wall.elapsed() * SoundQueue::kSampleRate / 1000 - m_pulled;
            std::vector<int16_t> samples(size_t(due) * SoundQueue::kChannels);
            heardFrames += m_queue.pull(samples.data(), int(due));
            m_pulled += due;
        });
    }
    void start() override
    {
        m_pulled = 0;
        m_wall.start();
        m_timer.start();
    }
    void stop() override { m_timer.stop(); }
    [[nodiscard]] std::optional<qint64> heard() const override { return m_queue.position(); }

    qint64 heardFrames = 0;

private:
    SoundQueue &m_queue;
    QTimer m_timer;
    QElapsedTimer m_wall;
    qint64 m_pulled = 0;
};
} // namespace

void EngineTest::keepsSoundInSync()
{
    PlayerEngine engine(m_options);
    FakeDevice device(engine.soundQueue());
    engine.setSoundDevice(&device);
    Watcher watcher(engine);
    qint64 furthest = 0;
    connect(&engine, &PlayerEngine::shown, this, [&](qint64, const PicturePtr &picture) {
        if (const auto heard = device.heard(); heard && picture->time > 300'000)
            furthest = std::max(furthest, std::abs(*heard - picture->time));
    });
    engine.open({1, m_folder.filePath(QStringLiteral("sound.mp4")), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QVERIFY(engine.info().hasSound);
    const double seconds = double(device.heardFrames) / SoundQueue::kSampleRate;
    QVERIFY2(seconds > 1.2 && seconds < 2.2, qPrintable(QString::number(seconds)));
    QVERIFY2(furthest < 200'000, qPrintable(QString::number(furthest)));
    // Other rates are silent.
    engine.setRate(2.0);
    const qint64 before = device.heardFrames;
    engine.play();
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(device.heardFrames, before);
    engine.setSoundDevice(nullptr);
}

void EngineTest::playsSoundPastTheLastFrame()
{
    const BarcodeClip made{.path = m_folder.filePath(QStringLiteral("tail.mp4")),
                           .pictures = 20,
                           .withSound = true,
                           .toneMs = 3'000};
    QVERIFY(tests::makeClip(made));
    PlayerEngine engine(m_options);
    Watcher watcher(engine);
    FakeDevice device(engine.soundQueue());
    engine.setSoundDevice(&device);
    engine.open({1, made.path, 0}, true);
    engine.setNext(ClipRequest{2, m_folder.filePath(QStringLiteral("b.mkv")), 0});
    qint64 last = 0; // of the first clip
    connect(&engine, &PlayerEngine::shown, this,
            [&](qint64 token, const PicturePtr &picture) { last = token == 1 ? picture->time : last; });
    QTRY_COMPARE_WITH_TIMEOUT(engine.token(), qint64(2), kPatience);
    const double heard = double(device.heardFrames) / SoundQueue::kSampleRate;
    QVERIFY2(heard > 2.7 && heard < 3.2, qPrintable(QString::number(heard)));
    QVERIFY2(last > 2'700'000 && last < 3'000'000, qPrintable(QString::number(last)));
    const auto first = [](const Shown &shown) { return shown.token == 1; };
    const auto end = std::partition_point(watcher.shown.begin(), watcher.shown.end(), first);
    QCOMPARE(std::prev(end)->number, 19);
    QVERIFY(std::prev(end)->wall - watcher.shown.front().wall > 2'500);
    engine.setSoundDevice(nullptr);
}

void EngineTest::reportsWhyItCannotPlay()
{
    PlayerEngine engine(m_options);
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({7, QStringLiteral("/nonexistent/a.mp4"), 0}, true);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][0].toLongLong(), 7);
    QCOMPARE(failed[0][1].value<Error>().kind, ErrorKind::NotFound);
    QVERIFY(!engine.isPlaying());
    // The next one plays.
    Watcher watcher(engine);
    engine.open({8, m_folder.filePath(QStringLiteral("b.mkv")), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(watcher.last() > 3, kPatience);
    // A truncated file plays up to the cut.
    QFile whole(m_folder.filePath(QStringLiteral("b.mkv")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QFile part(m_folder.filePath(QStringLiteral("part.mkv")));
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write(whole.read(whole.size() / 2));
    part.close();
    engine.open({9, part.fileName(), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.token() == 9 && engine.hasEnded(), kPatience);
    QVERIFY(watcher.last() > 5 && watcher.last() < 29);
}

// The same with the decoder in a separate process.
class EngineOfProcessTest : public EngineTest
{
    Q_OBJECT

public:
    EngineOfProcessTest() { m_options.decoder.program = QStringLiteral(TEST_DECODER); }
};

GATEHOUSE_TEST(EngineTest)
GATEHOUSE_TEST(EngineOfProcessTest)
#include "engine_test.moc"
