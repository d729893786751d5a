// The player at 1080p: seeking to keyframes and exact frames, a drag, the transition between two clips, and
// the cost of playback. Waits for frames on an event loop, as the window does.
#include "bench_report.h"
#include "media/playback/decoder_process.h"
#include "media/playback/player_engine.h"
#include "support/tiny_media.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <ctime>

using namespace gatehouse;
using namespace gatehouse::bench;
using namespace gatehouse::media;

namespace
{

constexpr int kPatience = 30'000;
constexpr qint64 kLength = 30'000'000;
constexpr TileSize kTile{960, 540};

// Runs the event loop until the condition holds; false: timeout.
// Gives up when it does not come.
void waitFor(PlayerEngine &engine, const std::function<bool()> &isThere)
{
    QEventLoop loop;
    bool came = false;
    const auto look = [&] {
        if (isThere()) {
            came = true;
            loop.quit();
        }
    };
    QObject::connect(&engine, &PlayerEngine::shown, &loop, look);
    QObject::connect(&engine, &PlayerEngine::ended, &loop, look);
    QTimer::singleShot(kPatience, &loop, &QEventLoop::quit);
    loop.exec();
    if (!came)
        bench::giveUp(QStringLiteral("The player shows nothing more"));
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void jumps(Report &out, PlayerEngine &engine)
{
    QRandomGenerator random(5);
    QVector<double> keys;
    QVector<double> exact;
    for (int i = 0; i < 60; ++i) {
        QElapsedTimer timer;
        timer.start();
        engine.seek(qint64(random.generateDouble() * kLength), SeekKind::Exact);
        waitFor(engine, [] { return true; });
        keys.append(milliseconds(timer));
        if (!engine.isSettled())
            waitFor(engine, [&] { return engine.isSettled(); });
        exact.append(milliseconds(timer));
    }
    out.add({QStringLiteral("player: jump to the key picture, p50"),
             percentile(keys, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({QStringLiteral("player: jump to the key picture, p95"),
             percentile(keys, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({QStringLiteral("player: jump to the exact picture, p50"),
             percentile(exact, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({QStringLiteral("player: jump to the exact picture, p95"),
             percentile(exact, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
}

void drag(Report &out, PlayerEngine &engine)
{
    int pictures = 0;
    const auto counting = QObject::connect(&engine, &PlayerEngine::shown, &engine, [&] { ++pictures; });
    QElapsedTimer timer;
    timer.start();
    QTimer hand;
    hand.setTimerType(Qt::PreciseTimer);
    hand.setInterval(16);
    int step = 0;
    QEventLoop loop;
    QObject::connect(&hand, &QTimer::timeout, &loop, [&] {
        engine.seek(kLength * step / 300, SeekKind::Scrub);
        if (++step == 300)
            loop.quit();
    });
    hand.start();
    loop.exec();
    hand.stop();
    const double seconds = milliseconds(timer) / 1000.0;
    QObject::disconnect(counting);
    if (pictures == 0)
        bench::giveUp(QStringLiteral("No picture was shown while dragging"));
    out.add({QStringLiteral("player: pictures in a drag of 300 steps at 16 ms"),
             pictures / seconds,
             QStringLiteral("1/s"),
             {},
             {},
             true});
    timer.start();
    if (!engine.isSettled())
        waitFor(engine, [&] { return engine.isSettled(); });
    out.add({QStringLiteral("player: exact picture after the drag's last step"),
             milliseconds(timer),
             QStringLiteral("ms"),
             {},
             {}});
}

void steps(Report &out, PlayerEngine &engine)
{
    QVector<double> back;
    for (int i = 0; i < 60; ++i) {
        QElapsedTimer timer;
        timer.start();
        engine.step(-1);
        if (!engine.isSettled())
            waitFor(engine, [&] { return engine.isSettled(); });
        back.append(milliseconds(timer));
    }
    out.add({QStringLiteral("player: step back, p50"), percentile(back, 0.5), QStringLiteral("ms"), {}, {}});
    out.add(
        {QStringLiteral("player: step back, slowest"), percentile(back, 1.0), QStringLiteral("ms"), {}, {}});
}

// CPU seconds of this process and its decoder.
double busySeconds()
{
    double busy = double(std::clock()) / CLOCKS_PER_SEC;
    for (const QString &thread : QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs)) {
        QFile children(QStringLiteral("/proc/self/task/%1/children").arg(thread));
        if (!children.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &child : children.readAll().split(' ')) {
            clockid_t clock{};
            timespec used{};
            if (child.toInt() > 0 && ::clock_getcpuclockid(child.toInt(), &clock) == 0 &&
                ::clock_gettime(clock, &used) == 0)
                busy += double(used.tv_sec) + double(used.tv_nsec) / 1e9;
        }
    }
    return busy;
}

void playing(Report &out, PlayerEngine &engine, const QString &clip)
{
    engine.open({1, clip, 0}, true);
    waitFor(engine, [] { return true; });
    QVector<double> gaps;
    QElapsedTimer wall;
    wall.start();
    QElapsedTimer gap;
    gap.start();
    const auto watching = QObject::connect(&engine, &PlayerEngine::shown, &engine, [&] {
        gaps.append(milliseconds(gap));
        gap.start();
    });
    const double before = busySeconds();
    waitFor(engine, [&] { return wall.elapsed() > 10'000; });
    const double busy = busySeconds() - before;
    QObject::disconnect(watching);
    out.add({QStringLiteral("player: CPU of 1080p25 at 1x in a 960x540 tile"),
             busy / (double(wall.elapsed()) / 1000.0) * 100.0,
             QStringLiteral("%"),
             {},
             {}});
    out.add({QStringLiteral("player: picture to picture, p95 (ideal 40)"),
             percentile(gaps, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
}

void edge(Report &out, PlayerEngine &engine, const QString &clip)
{
    QVector<double> edges;
    for (int i = 0; i < 10; ++i) {
        QElapsedTimer gap;
        gap.start();
        qint64 last = 1;
        double found = 0;
        engine.open({1, clip, kLength - 1'000'000}, true);
        engine.setNext(ClipRequest{2, clip, 0});
        const auto watching = QObject::connect(&engine, &PlayerEngine::shown, &engine, [&](qint64 token) {
            if (token != last)
                found = milliseconds(gap);
            last = token;
            gap.start();
        });
        waitFor(engine, [&] { return found > 0; });
        QObject::disconnect(watching);
        edges.append(found);
    }
    out.add({QStringLiteral("player: edge between two clips, p50 (ideal 40)"),
             percentile(edges, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({QStringLiteral("player: edge between two clips, p95"),
             percentile(edges, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "media-decoder")
        return runDecoder();
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("thread"), QStringLiteral("decode in this process")});
    options.addPositionalArgument(QStringLiteral("clip"),
                                  QStringLiteral("30 s or more; default: a made one"));
    bench::readArguments(options, 1);
    QString clip = options.positionalArguments().value(0);
    const bool makesClip = options.positionalArguments().isEmpty();
    if (!makesClip && !QFileInfo(clip).isFile())
        bench::giveUp(QStringLiteral("There is no clip \"%1\"").arg(clip));
    Report out(options.isSet(QStringLiteral("json")));
    av_log_set_level(AV_LOG_QUIET);
    const QTemporaryDir folder;
    if (makesClip) {
        clip = folder.filePath(QStringLiteral("large.mp4"));
        QFile file(clip);
        const QByteArray bytes =
            tests::makeClip({.width = 1920, .height = 1080, .fps = 25, .seconds = 30, .withSound = true});
        if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            bench::giveUp(QStringLiteral("This libav cannot make the clip"));
    }
    PlayerOptions player;
    if (!options.isSet(QStringLiteral("thread")))
        player.decoder = {QCoreApplication::applicationFilePath(), {QStringLiteral("media-decoder")}};
    PlayerEngine engine(player);
    engine.setTile(kTile);
    QEventLoop start; // the player and its decoder exist before anyone selects a clip
    QTimer::singleShot(1'000, &start, &QEventLoop::quit);
    start.exec();
    QElapsedTimer timer;
    timer.start();
    engine.open({1, clip, 0}, false);
    waitFor(engine, [] { return true; });
    out.add({QStringLiteral("player: open to the first picture"),
             milliseconds(timer),
             QStringLiteral("ms"),
             {},
             {}});
    jumps(out, engine);
    drag(out, engine);
    steps(out, engine);
    playing(out, engine, clip);
    edge(out, engine, clip);
    return out.allMet() ? 0 : 1;
}
