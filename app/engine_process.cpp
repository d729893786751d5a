#include "app/engine_process.h"

#include "app/demo.h"
#include "app/engine.h"
#include "app/engine_commands.h"
#include "app/engine_facts.h"
#include "app/engine_lock.h"
#include "app/signals.h"
#include "control/server.h"

#include <QCoreApplication>
#include <QTextStream>

namespace gatehouse::app
{

namespace
{

// A verb looks for a moment whether there is an engine; one that was killed may still be syncing.
constexpr int kLockWaitMs = 2'000;

int failed(const Error &error)
{
    QTextStream(stderr) << "gatehouse: " << error.text << '\n';
    return exitCodeOf(error);
}

} // namespace

int runEngine(QCoreApplication &application, const Options &options, Files *files)
{
    EngineOptions engineOptions;
    engineOptions.paths = settings::Paths::of(options.data);
    engineOptions.bind = options.bind;
    engineOptions.ftpPort = options.ftpPort;
    engineOptions.files = files;

    EngineLock lock(engineOptions.paths);
    if (const auto taken = lock.take(kLockWaitMs); !taken)
        return failed(taken.error());

    Engine engine(engineOptions);
    if (const auto started = engine.start(); !started)
        return failed(started.error());
    EngineCommands commands(engine);
    control::Server control(engineOptions.paths.socket, commands, engine.writer().changes());
    if (const auto listening = control.listen(); !listening)
        return failed(listening.error());
    tellFacts(engine, commands, &control,
              [&control](const QString &fact, const QJsonObject &values) { control.tell(fact, values); });
    quitOnSignals(application);
    QObject::connect(&commands, &EngineCommands::quitAsked, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    const auto demo = options.demo ? startDemo(engine, commands) : nullptr;
    QTextStream(stdout) << "Gatehouse receives on port " << engine.port() << Qt::endl;
    return application.exec();
}

} // namespace gatehouse::app
