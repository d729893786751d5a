// The engine with its decoder in a separate process: plays as with a thread, and a clip that crashes, stalls
// or takes over its decoder costs only its own frame.
#include "barcode_clip.h"
#include "base/sanitizer.h"
#include "media/playback/player_engine.h"
#include "support/bombs.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::media;
using gatehouse::tests::kPatience;
using gatehouse::tests::numberIn;

namespace
{

PlayerOptions optionsFor(const QString &mischief = {})
{
    PlayerOptions options;
    options.decoder.program = QStringLiteral(TEST_DECODER);
    if (!mischief.isEmpty())
        options.decoder.arguments = QStringList{mischief};
    return options;
}

struct Child {
    qint64 id = 0;
    qint64 residentKb = 0;
};

// Of this process; nothing: none is running.
std::optional<Child> child()
{
    const QString self = QStringLiteral("PPid:\t%1").arg(::getpid());
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile status(QStringLiteral("/proc/%1/status").arg(name));
        if (!status.open(QIODevice::ReadOnly))
            continue;
        const QString text = QString::fromUtf8(status.readAll());
        // Not a vfork child: it suspends its parent until it becomes a decoder.
        if (!text.contains(self) || text.contains(QLatin1String("State:\tZ")) ||
            !text.startsWith(QLatin1String("Name:\ttest_decoder")))
            continue;
        const qsizetype at = text.indexOf(QLatin1String("VmRSS:"));
        return Child{name.toLongLong(),
                     at < 0 ? 0 : text.mid(at + 6, 14).section(QLatin1String(" kB"), 0, 0).toLongLong()};
    }
    return std::nullopt;
}

} // namespace

class DecoderProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void playsSeeksAndSteps();
    void continuesIntoTheNextClip();
    void providesSound();
    void reportsWhyItCannotPlay();
    void distinguishesStillsFromClipsByName();
    void showsHeif();
    void replacesALostDecoder();
    void limitsMemory();
    void limitsProcessorTime();
    void slowClipDoesNotDelayTheNext();
    void hangingDecoderDoesNotDelayTheNextClip();
    void lingeringDecoderDoesNotDelayTheNextClip();
    void replacesAHangingDecoder();
    void shutdownDoesNotWaitForADecoder();
    void survivesHostileDecoderOutput_data();
    void survivesHostileDecoderOutput();
    void decoderIsSandboxed();
    void picturesOutliveTheirDecoder();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString bomb(const char *name, const QByteArray &bytes);

    QTemporaryDir m_folder;
};

void DecoderProcessTest::initTestCase()
{
    av_log_set_level(AV_LOG_QUIET);
    if (!tests::makeClip({.path = path("a.mp4"), .pictures = 60}))
        QSKIP("libav has no H.264 encoder here");
    QVERIFY(tests::makeClip({.path = path("b.mkv"), .pictures = 30}));
    QVERIFY(tests::makeClip({.path = path("sound.mp4"), .pictures = 50, .withSound = true}));
}

QString DecoderProcessTest::bomb(const char *name, const QByteArray &bytes)
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

void DecoderProcessTest::playsSeeksAndSteps()
{
    PlayerEngine engine(optionsFor());
    std::vector<int> shown;
    connect(&engine, &PlayerEngine::shown, this,
            [&](qint64, const PicturePtr &picture) { shown.push_back(numberIn(*picture)); });
    engine.open({1, path("a.mp4"), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(shown.size(), size_t(60));
    for (size_t i = 0; i < 60; ++i)
        QCOMPARE(shown[i], int(i));
    engine.seek(1'000'000, SeekKind::Exact);
    QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled(), kPatience);
    QCOMPARE(shown.back(), 25);
    for (const int direction : {1, 1, -1, -1, -1}) {
        const int before = shown.back();
        engine.step(direction);
        QTRY_COMPARE_WITH_TIMEOUT(shown.back(), before + direction, kPatience);
    }
    for (int i = 0; i < 40; ++i)
        engine.seek(i * 40'000, SeekKind::Scrub);
    QTRY_COMPARE_WITH_TIMEOUT(shown.back(), 39, kPatience);
}

void DecoderProcessTest::continuesIntoTheNextClip()
{
    PlayerEngine engine(optionsFor());
    QVector<qint64> tokens;
    connect(&engine, &PlayerEngine::opened, this, [&](qint64 token) { tokens.append(token); });
    engine.open({1, path("a.mp4"), 2'000'000}, true);
    engine.setNext(ClipRequest{2, path("b.mkv"), 0});
    QTRY_COMPARE_WITH_TIMEOUT(tokens.size(), 2, kPatience);
    engine.setNext(ClipRequest{3, path("gone.mp4"), 0});
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][0].toLongLong(), 3);
    QCOMPARE(failed[0][1].value<Error>().kind, ErrorKind::NotFound);
    QSignalSpy withheld(&engine, &PlayerEngine::withheld);
    engine.open({4, path("b.mkv"), 1'000'000}, true);
    engine.setNext(ClipRequest{5, path("a.mp4"), 0, Consent::Needed});
    QTRY_COMPARE_WITH_TIMEOUT(withheld.size(), 1, kPatience);
    QCOMPARE(withheld[0][0].toLongLong(), 5);
    QVERIFY(!engine.isPlaying());
}

void DecoderProcessTest::providesSound()
{
    class Device : public SoundDevice
    {
        void start() override {}
        void stop() override {}
        [[nodiscard]] std::optional<qint64> heard() const override { return std::nullopt; }
    } device;
    PlayerEngine engine(optionsFor());
    engine.setSoundDevice(&device);
    engine.open({1, path("sound.mp4"), 1'000'000}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled(), kPatience);
    QVERIFY(engine.info().hasSound);
    QTRY_VERIFY_WITH_TIMEOUT(engine.soundQueue().buffered() > 200'000, kPatience);
    QVERIFY(std::abs(engine.soundQueue().start() - 1'000'000) < 100'000);
    engine.setSoundDevice(nullptr);
}

void DecoderProcessTest::reportsWhyItCannotPlay()
{
    PlayerEngine engine(optionsFor());
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, path("gone.mp4"), 0}, true);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][1].value<Error>().kind, ErrorKind::NotFound);
    engine.open({2, bomb("text.mp4", "This is no clip."), 0}, true);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, kPatience);
    QCOMPARE(failed[1][0].toLongLong(), 2);
    QVERIFY(!failed[1][1].value<Error>().text.isEmpty());
    engine.open({3, path("a.mp4"), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.picture() != nullptr, kPatience);
}

// Two pictures in one file are a clip, unless its extension is a picture's.
void DecoderProcessTest::distinguishesStillsFromClipsByName()
{
    const QByteArray two = tests::makeStill({.seed = 1}) + tests::makeStill({.seed = 2});
    PlayerEngine engine(optionsFor());
    engine.open({1, bomb("two.jpg", two), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.token() == 1 && engine.picture() != nullptr, kPatience);
    QVERIFY(engine.info().isStill);
    engine.open({2, bomb("two.mjpeg", two), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.token() == 2 && engine.isSettled(), kPatience);
    QVERIFY(!engine.info().isStill);
}

// Its decoders load what they need before losing access to files.
void DecoderProcessTest::showsHeif()
{
    PlayerEngine engine(optionsFor());
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    qint64 token = 0;
    for (const bool isAvif : {false, true}) {
        engine.open({++token, bomb("picture", tests::makeHeif({.isAvif = isAvif, .ownTurn = 6})), 0}, false);
        QTRY_VERIFY_WITH_TIMEOUT(engine.token() == token && engine.isSettled(), kPatience);
        QVERIFY(failed.isEmpty());
        QVERIFY(engine.info().isStill);
        QCOMPARE(engine.picture()->fullWidth, 160);
        QCOMPARE(engine.picture()->fullHeight, 256);
    }
}

void DecoderProcessTest::replacesALostDecoder()
{
    PlayerEngine engine(optionsFor());
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, path("a.mp4"), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.picture() != nullptr, kPatience);
    const auto first = child();
    QVERIFY(first.has_value());
    ::kill(pid_t(first->id), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][1].value<Error>().kind, ErrorKind::Internal); // not the clip's fault
    QVERIFY(!engine.isPlaying());
    engine.seek(1'000'000, SeekKind::Exact);
    QTRY_VERIFY_WITH_TIMEOUT(engine.picture() && engine.isSettled(), kPatience);
    QCOMPARE(numberIn(*engine.picture()), 25);
    engine.open({2, path("b.mkv"), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(numberIn(*engine.picture()), 29);
    QCOMPARE(failed.size(), 1);
}

void DecoderProcessTest::limitsMemory()
{
    if (kIsAddressSanitized)
        QSKIP("has no limit on address space");
    PlayerEngine engine(optionsFor());
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, bomb("samples.mp4", tests::mp4OfManySamples(1U << 26)), 0}, true);
    qint64 most = 0;
    QElapsedTimer waited;
    waited.start();
    while (failed.isEmpty() && waited.elapsed() < kPatience) {
        QTest::qWait(20);
        if (const auto now = child())
            most = std::max(most, now->residentKb);
    }
    QCOMPARE(failed.size(), 1);
    QVERIFY2(most < 1'200'000, qPrintable(QString::number(most)));
    engine.open({2, path("a.mp4"), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.picture() != nullptr, kPatience);
}

void DecoderProcessTest::limitsProcessorTime()
{
    PlayerOptions options = optionsFor();
    options.decoder.stuckCpuMs = 1'000;
    PlayerEngine engine(options);
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, bomb("scans.jpg", tests::jpegOfManyScans(9'984, 20'000)), 0}, false);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QVERIFY(!child());
    engine.open({2, path("a.mp4"), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.picture() != nullptr, kPatience);
}

void DecoderProcessTest::slowClipDoesNotDelayTheNext()
{
    PlayerOptions options = optionsFor();
    options.decoder.stuckCpuMs = 3'600'000;
    PlayerEngine engine(options);
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, bomb("scans.jpg", tests::jpegOfManyScans(9'984, 20'000)), 0}, false);
    QTest::qWait(500);
    engine.open({2, path("a.mp4"), 0}, true);
    engine.setNext(ClipRequest{3, path("b.mkv"), 0});
    QTRY_COMPARE_WITH_TIMEOUT(engine.token(), qint64(3), kPatience);
    QVERIFY(failed.isEmpty());
}

void DecoderProcessTest::hangingDecoderDoesNotDelayTheNextClip()
{
    PlayerEngine engine(optionsFor());
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, path("a.mp4"), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled(), kPatience);
    const auto hanging = child();
    QVERIFY(hanging.has_value());
    ::kill(pid_t(hanging->id), SIGSTOP);
    engine.open({2, path("b.mkv"), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(engine.token(), qint64(2));
    QVERIFY(failed.isEmpty());
}

// Whatever it does last in the previous clip.
void DecoderProcessTest::lingeringDecoderDoesNotDelayTheNextClip()
{
    PlayerEngine engine(optionsFor(QStringLiteral("linger")));
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, path("a.mp4"), 0}, false);
    QTest::qWait(200);
    engine.open({2, path("b.mkv"), 0}, true);
    QTRY_VERIFY_WITH_TIMEOUT(engine.hasEnded(), kPatience);
    QCOMPARE(engine.token(), qint64(2));
    QVERIFY(failed.isEmpty());
}

void DecoderProcessTest::replacesAHangingDecoder()
{
    PlayerOptions options = optionsFor();
    options.decoder.hangMs = 500;
    QTRY_VERIFY_WITH_TIMEOUT(!child(), kPatience); // from an earlier test
    PlayerEngine engine(options);
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    QTRY_VERIFY_WITH_TIMEOUT(child().has_value(), kPatience);
    ::kill(pid_t(child()->id), SIGSTOP);
    engine.open({1, path("a.mp4"), 0}, true); // its first
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][1].value<Error>().text, QStringLiteral("Decoding takes too long."));
    engine.open({2, path("a.mp4"), 0}, false);
    QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled() && engine.picture(), kPatience);
    QTest::qWait(800); // an idle decoder does not count as hung
    const auto second = child();
    QVERIFY(second.has_value());
    ::kill(pid_t(second->id), SIGSTOP);
    // Continued dragging does not postpone it; it may be back before that is reported.
    for (int i = 0; i < 200 && child() && child()->id == second->id; ++i) {
        engine.seek(400'000, SeekKind::Exact);
        QTest::qWait(50);
    }
    engine.seek(400'000, SeekKind::Exact);
    QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled() && engine.picture(), kPatience);
    QVERIFY(child().has_value() && child()->id != second->id);
}

void DecoderProcessTest::shutdownDoesNotWaitForADecoder()
{
    const QString slow = bomb("scans.jpg", tests::jpegOfManyScans(9'984, 20'000));
    auto engine = std::make_unique<PlayerEngine>(optionsFor());
    engine->open({1, slow, 0}, false);
    QTest::qWait(1'000);
    QVERIFY(child().has_value());
    QElapsedTimer timer;
    timer.start();
    engine.reset();
    QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!child());
}

void DecoderProcessTest::survivesHostileDecoderOutput_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"refuse", "crash", "spin", "shrink", "flood"})
        QTest::newRow(how) << QString::fromLatin1(how);
    const int seeds = tests::isLongRun() ? 1'000 : 30;
    for (int seed = 0; seed < seeds; ++seed)
        QTest::addRow("nonsense %d", seed) << QStringLiteral("nonsense%1").arg(seed);
}

void DecoderProcessTest::survivesHostileDecoderOutput()
{
    QFETCH(QString, how);
    PlayerOptions options = optionsFor(how);
    options.decoder.stuckCpuMs = 500;
    PlayerEngine engine(options);
    QSignalSpy answers(&engine, &PlayerEngine::failed);
    QSignalSpy pictures(&engine, &PlayerEngine::shown);
    for (qint64 token = 1; token <= 3; ++token) {
        engine.open({token, path("a.mp4"), 0}, true);
        QTest::qWait(how == QLatin1String("spin") ? 1'500 : 60);
        if (const auto picture = engine.picture()) { // the frame's memory is readable
            int sum = 0;
            for (size_t i = 0; i < picture->bytes.size(); i += 4096)
                sum += picture->bytes[i];
            QVERIFY(sum >= 0);
        }
    }
    if (how != QLatin1String("shrink") && !how.startsWith(QLatin1String("nonsense")))
        QTRY_VERIFY_WITH_TIMEOUT(!answers.isEmpty(), kPatience);
    if (how == QLatin1String("shrink"))
        QTRY_VERIFY_WITH_TIMEOUT(!pictures.isEmpty(), kPatience);
}

void DecoderProcessTest::decoderIsSandboxed()
{
    PlayerEngine engine(optionsFor(QStringLiteral("escape")));
    QSignalSpy failed(&engine, &PlayerEngine::failed);
    engine.open({1, path("a.mp4"), 0}, true);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed[0][1].value<Error>().text, QStringLiteral("nothing"));
}

void DecoderProcessTest::picturesOutliveTheirDecoder()
{
    PicturePtr kept;
    {
        PlayerEngine engine(optionsFor());
        engine.open({1, path("a.mp4"), 400'000}, false);
        QTRY_VERIFY_WITH_TIMEOUT(engine.isSettled() && engine.picture(), kPatience);
        kept = engine.picture();
    }
    QCOMPARE(numberIn(*kept), 10);
}

GATEHOUSE_TEST(DecoderProcessTest)
#include "decoder_process_test.moc"
