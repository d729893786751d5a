#include "app/engine/engine_process.h"

#include "app/demo/demo.h"
#include "app/engine/catalog_repair.h"
#include "app/engine/engine.h"
#include "app/engine/engine_commands.h"
#include "app/engine/engine_lock.h"
#include "app/engine/notifications.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/storage_feature.h"
#include "app/signals.h"
#include "base/version.h"
#include "catalog/writer.h"
#include "control/server.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

// A subcommand briefly checks whether there is an engine; a killed one may still be syncing.
constexpr int kLockWaitMs = 2'000;
// Not valid exit codes of a process.
constexpr int kRepair = -1;
constexpr int kRestart = -2;
constexpr int kRestartAfterMs = 200; // for the reply to the command that caused it

int failed(const Error &error)
{
    QTextStream(stderr) << "gatehouse: " << error.text << '\n';
    return exitCodeOf(error);
}

// An engine with its socket. kRepair: run it again once the catalog is salvaged; kRestart: at once.
int runUntilItEnds(QCoreApplication &application, EngineOptions &engineOptions, const Options &options)
{
    Engine engine(engineOptions);
    if (const auto started = engine.start(); !started)
        return failed(started.error());
    if (engineOptions.ftpPort == 0)
        engineOptions.ftpPort = engine.receiver().port(); // the same one again: cameras know it
    EngineCommands commands(engine);
    control::Server control(engineOptions.paths.socket, commands, engine.storage().writer().changes());
    control.setGreeting(greetingFor(options, engine.receiver().port()));
    if (const auto listening = control.listen(); !listening)
        return failed(listening.error());
    forwardNotifications(engine, commands, control.notifications());
    QObject::connect(&commands, &EngineCommands::quitRequested, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    QObject::connect(&commands, &EngineCommands::repairRequested, &application,
                     [] { QCoreApplication::exit(kRepair); });
    // The timer belongs to this engine: a second change before the restart must not restart the next one.
    QObject::connect(&engine, &Engine::restartNeeded, &engine, [&engine] {
        QTimer::singleShot(kRestartAfterMs, &engine, [] { QCoreApplication::exit(kRestart); });
    });
    const auto demo = options.demo ? startDemo(engine, commands) : nullptr;
    QTextStream(stdout) << "Gatehouse receives on port " << engine.receiver().port() << Qt::endl;
    return application.exec();
}

} // namespace

protocol::Greeting greetingFor(const Options &options, quint16 port)
{
    protocol::Greeting out{buildVersion(), QCoreApplication::applicationPid(), options.bind};
    // "Any free port" is the one that cameras know by now.
    if (options.ftpPort && (port > 0 || *options.ftpPort > 0))
        out.port = port > 0 ? port : *options.ftpPort;
    out.isDemo = options.demo;
    return out;
}

int runEngine(QCoreApplication &application, const Options &options, FileSystem *files)
{
    EngineOptions engineOptions;
    engineOptions.paths = settings::Paths::of(options.data);
    engineOptions.bind = options.bind;
    engineOptions.ftpPort = options.ftpPort;
    engineOptions.files = files;

    EngineLock lock(engineOptions.paths);
    if (const auto taken = lock.take(kLockWaitMs); !taken)
        return failed(taken.error());

    quitOnSignals(application);
    int code = kRepair;
    while ((code = runUntilItEnds(application, engineOptions, options)) == kRepair || code == kRestart) {
        engineOptions.paths = settings::Paths::of(options.data); // the archive may be elsewhere now
        if (code == kRestart)
            continue;
        const auto salvaged = salvageIfDamaged(engineOptions.paths, SystemClock());
        engineOptions.salvaged =
            salvaged.map([](const auto &done) { return done ? reportOf(*done) : protocol::SalvageReport(); });
    }
    return code;
}

} // namespace gatehouse::app
