// From the camera's "226" to the pixel on the timeline: the real engine in its own process, the real window
// here, fourteen cameras that each upload a still every two seconds, with one session per still.
//   bench_latency [--json] --program GATEHOUSE [--seconds N]
#include "bench_report.h"
#include "catalog/reader_pool.h"
#include "control/client.h"
#include "media/playback/decoder_process.h"
#include "settings/paths.h"
#include "shell/main_window.h"
#include "support/ftp_client.h"
#include "support/tiny_media.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDateTime>
#include <QMutex>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <thread>

using namespace gatehouse;

namespace
{

constexpr int kCameras = 14;
constexpr qint64 kShownMs = 120'000; // 13 pixels a second at 1600: no two stills share one
constexpr int kGiveUpMs = 5'000;

double nowMs()
{
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

struct Upload {
    int camera = 0;
    qint64 captured = 0; // UTC ms, from the name
    double answered = 0; // steady ms
};

struct Uploads {
    QMutex mutex;
    QVector<Upload> fresh;
};

void uploadFrom(int camera, quint16 port, const std::atomic_bool &stop, Uploads &uploads)
{
    tests::StillRecipe recipe;
    recipe.width = 1280;
    recipe.height = 720;
    while (!stop) {
        recipe.seed++;
        const QByteArray still = tests::makeStill(recipe);
        const QDateTime now = QDateTime::currentDateTime();
        const QByteArray name =
            "/snap/MDAlarm_" + now.toString(QStringLiteral("yyyyMMdd-HHmmss")).toLatin1() + ".jpg";
        const QByteArray user = "cam" + QByteArray::number(camera);
        tests::FtpClient client;
        if (client.logIn(port, user, "secret") && client.store(name, still)) {
            const QMutexLocker lock(&uploads.mutex);
            uploads.fresh.append({camera, now.toSecsSinceEpoch() * 1000, nowMs()});
            client.quit();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2'000 + 37 * camera));
    }
}

// Scans every painting of the lanes for the acknowledged stills.
class Watcher : public QObject
{
public:
    Watcher(timeline::TimelinePanel &panel, QHash<int, CameraId> cameras, Uploads &uploads)
        : m_panel(panel), m_cameras(std::move(cameras)), m_uploads(uploads)
    {
        m_panel.lanes().installEventFilter(this);
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, &Watcher::look);
        timer->start(500); // for what was painted before its reply was read
    }

    QVector<double> latencies;
    int lost = 0;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(this, &Watcher::look, Qt::QueuedConnection);
        return false;
    }

private:
    void look()
    {
        {
            const QMutexLocker lock(&m_uploads.mutex);
            m_waiting += std::exchange(m_uploads.fresh, {});
        }
        const double now = nowMs();
        for (auto it = m_waiting.begin(); it != m_waiting.end();) {
            if (isPainted(*it)) {
                latencies.append(std::max(0.0, now - it->answered));
                it = m_waiting.erase(it);
            } else if (now - it->answered > kGiveUpMs) {
                ++lost;
                it = m_waiting.erase(it);
            } else {
                ++it;
            }
        }
    }

    [[nodiscard]] bool isPainted(const Upload &upload) const
    {
        const timeline::LaneView &lanes = m_panel.lanes();
        const auto &rows = m_panel.recordings().cameras();
        int lane = 0;
        while (lane < rows.size() && rows.at(lane).camera != m_cameras.value(upload.camera))
            ++lane;
        const QImage &image = lanes.painted();
        const double ratio = image.devicePixelRatio();
        const int x = int(m_panel.axis().scale().xOf(upload.captured) * ratio);
        int top = 0;
        while (top < lanes.height() && lanes.laneAt(top) != lane)
            ++top;
        const QRgb still = widgets::themeOf(m_panel).still.rgb();
        for (int y = int(top * ratio); y < int((top + 8) * ratio); ++y) {
            for (int at = x - 2; at <= x + 2; ++at) {
                if (image.valid(at, y) && image.pixel(at, y) == still)
                    return true;
            }
        }
        return false;
    }

    timeline::TimelinePanel &m_panel;
    QHash<int, CameraId> m_cameras;
    Uploads &m_uploads;
    QVector<Upload> m_waiting;
};

quint16 startEngine(QProcess &engine, const QString &program, const QString &data)
{
    engine.start(program,
                 {QStringLiteral("--headless"), QStringLiteral("--data"), data, QStringLiteral("--bind"),
                  QStringLiteral("127.0.0.1"), QStringLiteral("--ftp-port"), QStringLiteral("0")});
    QByteArray said;
    while (!said.contains('\n') && engine.waitForReadyRead(30'000))
        said += engine.readAllStandardOutput();
    return quint16(said.mid(said.lastIndexOf(' ') + 1).trimmed().toUInt());
}

bool addCameras(const QString &program, const QString &data)
{
    for (int camera = 0; camera < kCameras; ++camera) {
        const QString name = QStringLiteral("cam%1").arg(camera);
        QProcess cli;
        cli.start(program, {QStringLiteral("camera"), QStringLiteral("add"), name, QStringLiteral("--user"),
                            name, QStringLiteral("--password-stdin"), QStringLiteral("--data"), data});
        cli.write("secret\n");
        cli.closeWriteChannel();
        if (!cli.waitForFinished(30'000) || cli.exitStatus() != QProcess::NormalExit || cli.exitCode() != 0)
            return false;
    }
    return true;
}

QHash<int, CameraId> cameraIds(const QString &databasePath)
{
    QHash<int, CameraId> out;
    const auto reader = catalog::Reader::open(databasePath);
    const auto cameras = (*reader)->cameras();
    for (const catalog::Camera &camera : *cameras)
        out.insert(camera.user.mid(3).toInt(), camera.id);
    return out;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "media-decoder")
        return media::runDecoder();
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption(
        {QStringLiteral("program"), QStringLiteral("the gatehouse program"), QStringLiteral("FILE")});
    options.addOption(
        {QStringLiteral("seconds"), QStringLiteral("how long"), QStringLiteral("N"), QStringLiteral("40")});
    bench::readArguments(options);
    const QString program = options.value(QStringLiteral("program"));
    const int seconds = bench::numberOf(options, "seconds", 1, 3'600);
    if (!QFileInfo(program).isExecutable())
        bench::giveUp(QStringLiteral("--program needs a program, not \"%1\"").arg(program));
    const QTemporaryDir folder;
    const settings::Paths paths = settings::Paths::of(folder.filePath(QStringLiteral("data")));
    QProcess engine;
    const quint16 port = startEngine(engine, program, paths.data);
    if (port == 0)
        return bench::failed(QStringLiteral("The engine does not start"));
    if (!addCameras(program, paths.data))
        return bench::failed(QStringLiteral("The cameras cannot be added"));

    control::Client client(paths.socket);
    catalog::ReaderPool readers(paths.catalog(), 3);
    const media::PlayerOptions player{
        {}, {QCoreApplication::applicationFilePath(), {QStringLiteral("media-decoder")}}};
    const models::Services services{readers, client.changes(), client, paths.cache, player};
    shell::MainWindow window(services, client);
    window.resize(1600, 1000);
    window.start(false);
    client.connectToEngine();
    auto *panel = window.findChild<timeline::TimelinePanel *>();
    panel->axis().setSpan(kShownMs);
    panel->goToNow();

    Uploads uploads;
    Watcher watcher(*panel, cameraIds(paths.catalog()), uploads);
    std::atomic_bool stop = false;
    std::vector<std::thread> cameras;
    QTimer::singleShot(3'000, &app, [&] {
        for (int camera = 0; camera < kCameras; ++camera)
            cameras.emplace_back(uploadFrom, camera, port, std::cref(stop), std::ref(uploads));
    });
    QTimer::singleShot((seconds + 3) * 1'000, &app, [&] { stop = true; });
    QTimer::singleShot((seconds + 3) * 1'000 + kGiveUpMs + 1'000, &app, [] {
        QCoreApplication::exit();
    }); // quit() asks the window, which hides to the tray instead
    app.exec();
    for (std::thread &camera : cameras)
        camera.join();
    engine.terminate();
    engine.waitForFinished(30'000);

    bench::Report out(options.isSet(QStringLiteral("json")));
    const QString name = QStringLiteral("226 to pixel, 14 cameras");
    out.add({name + QStringLiteral(", p50"),
             bench::percentile(watcher.latencies, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({name + QStringLiteral(", p95"),
             bench::percentile(watcher.latencies, 0.95),
             QStringLiteral("ms"),
             200.0,
             {}});
    out.add(
        {name + QStringLiteral(", never painted"), double(watcher.lost), QStringLiteral("stills"), 0.0, {}});
    return out.allMet() ? 0 : 1;
}
