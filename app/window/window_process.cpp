#include "app/window/window_process.h"

#include "app/signals.h"
#include "app/window/engine_supervisor.h"
#include "app/window/single_instance.h"
#include "base/version.h"
#include "catalog/reader_pool.h"
#include "control/client.h"
#include "settings/paths.h"
#include "shell/main_window.h"
#include "shell/restart_dialog.h"
#include "shell/system_theme.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QStandardPaths>

namespace gatehouse::app
{

namespace
{

// Clips may be opened while others play and posters load: a few connections suffice.
constexpr int kReaderThreads = 3;

shell::WindowOptions windowOptions(const settings::Paths &paths, const Options &options)
{
    shell::WindowOptions out;
    out.stateFile = paths.config + QStringLiteral("/window.ini");
    out.autostart.folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                           QStringLiteral("/autostart");
    out.autostart.program = QCoreApplication::applicationFilePath();
    // At login it opens the data folder for which autostart was enabled.
    if (options.demo)
        out.autostart.arguments << QStringLiteral("--demo");
    if (!options.data.isEmpty())
        out.autostart.arguments << QStringLiteral("--data") << paths.data;
    return out;
}

enum class Place { Free, Occupied, Replaced };

// After an update, the window that is open is the old one: asks whether to restart it.
Place takePlace(SingleInstance &single, bool hidden)
{
    const SingleInstance::Taken taken = single.take();
    if (taken == SingleInstance::Taken::Yes)
        return Place::Free;
    if (taken == SingleInstance::Taken::Shown || hidden)
        return Place::Occupied;
    const shell::SystemTheme desktop;
    const auto useTheme = [&desktop] {
        widgets::applyTheme(*qApp, desktop.prefersDark() ? widgets::darkTheme() : widgets::lightTheme());
    };
    useTheme();
    QObject::connect(&desktop, &shell::SystemTheme::changed, qApp, useTheme);
    const auto isRestartChosen = [](const QString &open) {
        shell::RestartDialog dialog(open, buildVersion());
        QObject::connect(&dialog, &QDialog::finished, qApp,
                         [](int result) { QCoreApplication::exit(result); });
        dialog.open();
        return QCoreApplication::exec() == QDialog::Accepted;
    };
    if (isRestartChosen(single.otherVersion())) {
        if (single.replace())
            return Place::Replaced;
        isRestartChosen({}); // it does not quit: says so
    } else if (taken == SingleInstance::Taken::OtherVersion) {
        single.show();
    }
    return Place::Occupied;
}

// The person has agreed to that; the engine keeps its options.
void restartOlderEngineOnce(control::Client &client, EngineSupervisor &engine)
{
    QObject::connect(
        &client, &control::Client::versionChecked, &engine,
        [&engine](const control::VersionAdvice &advice) {
            if (advice.restartHelps)
                engine.restartEngine();
        },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

} // namespace

int runWindow(int argc, char **argv, const Options &options)
{
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QApplication::setDesktopFileName(QStringLiteral("gatehouse"));
    QApplication::setQuitOnLastWindowClosed(false); // closing hides to the tray

    const settings::Paths paths = settings::Paths::of(options.data);
    SingleInstance single(paths, buildVersion());
    const auto taken = takePlace(single, options.hidden);
    if (taken == Place::Occupied)
        return 0;

    control::Client client(paths.socket);
    catalog::ReaderPool readers(paths.catalog(), kReaderThreads);
    // The running program itself: an update may have replaced its file.
    const media::DecoderProgram decoder{QStringLiteral("/proc/self/exe"), {QStringLiteral("media-decoder")}};
    const models::Services services{readers,
                                    client.changes(),
                                    client,
                                    paths.cache,
                                    {paths.openingMark(), decoder},
                                    &client.notifications()};
    EngineSupervisor engine({QCoreApplication::applicationFilePath(), options}, paths, client);
    shell::MainWindow window(services, client, windowOptions(paths, options));

    QObject::connect(&single, &SingleInstance::showRequested, &window, &shell::MainWindow::bringUp);
    QObject::connect(&single, &SingleInstance::quitRequested, &window,
                     [&window] { Q_EMIT window.quitConfirmed(false); });
    if (taken == Place::Replaced)
        restartOlderEngineOnce(client, engine);
    window.setOwnEngine(false); // until it is known whose it is
    QObject::connect(&engine, &EngineSupervisor::ownKnown, &window, &shell::MainWindow::setOwnEngine);
    QObject::connect(&window, &shell::MainWindow::engineRestartRequested, &engine,
                     &EngineSupervisor::restartEngine);
    QObject::connect(&window, &shell::MainWindow::quitConfirmed, &engine, [&engine](bool stopsReceiving) {
        stopsReceiving ? engine.quitEngine() : QCoreApplication::exit(0);
    });
    // Not quit(): that asks the windows first, and a window that hides to the tray refuses.
    QObject::connect(&engine, &EngineSupervisor::gone, &application, [] { QCoreApplication::exit(0); });
    QObject::connect(&client, &control::Client::incompatible, &window, &shell::MainWindow::warn);
    QObject::connect(&engine, &EngineSupervisor::failed, &window, [&window](const QString &text) {
        window.warn(QCoreApplication::translate("WindowProcess", "Gatehouse can't receive: %1").arg(text));
    });
    // The end of the desktop session ends the window; the engine gets the same signal.
    quitOnSignals(application);
    window.start(options.hidden);
    engine.start();
    return application.exec();
}

} // namespace gatehouse::app
