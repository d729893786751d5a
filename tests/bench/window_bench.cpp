// From process start to a usable window: shown, cameras and newest events listed, the timeline painted, with
// 2,000,000 items in the catalog. A new process for each round.
//   bench_window [--json] [--items N] [--rounds N] [--folder DIR]
#include "bench_report.h"
#include "catalog/reader_pool.h"
#include "control/client.h"
#include "media/playback/decoder_process.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "review/review_screen.h"
#include "settings/paths.h"
#include "shell/main_window.h"
#include "support/catalog_filler.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

using namespace gatehouse;

namespace
{

constexpr int kGiveUpMs = 60'000;

// The child: opens the window on the folder, says "ready" and ends.
int openWindow(QApplication &app, const QString &data)
{
    const settings::Paths paths = settings::Paths::of(data);
    control::Client client(paths.socket);
    catalog::ReaderPool readers(paths.catalog(), 3);
    const media::PlayerOptions player{
        {}, {QCoreApplication::applicationFilePath(), {QStringLiteral("media-decoder")}}};
    const models::Services services{readers, client.changes(), client, paths.cache, player};
    shell::MainWindow window(services, client);
    window.resize(1600, 1000);
    window.start(false);
    auto *panel = window.findChild<timeline::TimelinePanel *>();
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &app, [&] {
        const bool listed =
            window.review().cameras().rowCount() > 0 && window.review().events().rowCount() > 0;
        if (listed && !panel->recordings().isLoading() && !panel->lanes().painted().isNull()) {
            std::puts("ready");
            std::fflush(stdout);
            app.exit(0); // quit() would ask the window, which hides to the tray instead
        }
    });
    poll.start(1);
    QTimer::singleShot(kGiveUpMs, &app, [&app] { app.exit(1); });
    return app.exec();
}

QVector<double> startUps(const QString &data, int rounds)
{
    QVector<double> out;
    for (int round = 0; round < rounds; ++round) {
        QProcess child;
        QElapsedTimer timer;
        timer.start();
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--open"), data});
        QByteArray said;
        while (!said.contains("ready") && child.waitForReadyRead(kGiveUpMs))
            said += child.readAllStandardOutput();
        if (!said.contains("ready"))
            bench::giveUp(QStringLiteral("The window did not open"));
        out.append(double(timer.nsecsElapsed()) / 1e6);
        child.waitForFinished(kGiveUpMs);
    }
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
    options.addOption({QStringLiteral("items"), QStringLiteral("size of the catalog"), QStringLiteral("N"),
                       QStringLiteral("2000000")});
    options.addOption(
        {QStringLiteral("rounds"), QStringLiteral("starts"), QStringLiteral("N"), QStringLiteral("10")});
    options.addOption(
        {QStringLiteral("folder"), QStringLiteral("keep the catalog here"), QStringLiteral("DIR")});
    options.addOption(
        {QStringLiteral("open"), QStringLiteral("be the window that is measured"), QStringLiteral("DIR")});
    bench::readArguments(options);
    tests::Filling filling;
    filling.items = bench::numberOf(options, "items", 1'000, 100'000'000);
    const int rounds = bench::numberOf(options, "rounds", 1, 1'000);
    if (options.isSet(QStringLiteral("open")))
        return openWindow(app, options.value(QStringLiteral("open")));

    const QTemporaryDir temporary;
    const QString data = bench::folderOf(options, temporary.path());
    const QString database = settings::Paths::of(data).catalog();
    if (!QFile::exists(database)) {
        if (const auto filled = tests::fillCatalog(database, filling); !filled)
            return bench::failed(filled.error().text + QLatin1Char(' ') + filled.error().where);
    }
    const auto starts = startUps(data, rounds);
    bench::Report out(options.isSet(QStringLiteral("json")));
    const QString name = QStringLiteral("start to a window one can use, %1 items").arg(filling.items);
    out.add({name + QStringLiteral(", p50"), bench::percentile(starts, 0.5), QStringLiteral("ms"), {}, {}});
    out.add(
        {name + QStringLiteral(", p95"), bench::percentile(starts, 0.95), QStringLiteral("ms"), 500.0, {}});
    return out.allMet() ? 0 : 1;
}
