#include "app/cli/support.h"
#include "app/engine/catalog_repairs.h"
#include "app/engine/repair_feature.h"

#include "app/cli/text.h"

#include "app/engine/engine.h"
#include "app/engine/engine_commands.h"
#include "app/engine/engine_lock.h"
#include "app/engine/notifications.h"
#include "app/options.h"
#include "control/json_lines.h"

#include <QFile>
#include <QTextStream>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

constexpr int kConnectMs = 3'000; // an engine that holds the lock responds much earlier

} // namespace

int printError(const Error &error)
{
    QTextStream(stderr) << "gatehouse: " << error.text << '\n';
    return exitCodeOf(error);
}

void printText(const QString &text)
{
    QTextStream(stdout) << text;
}

void printLine(const QString &text)
{
    printText(text + QLatin1Char('\n'));
}

void printNote(const QString &text)
{
    QTextStream(stderr) << text << '\n';
}

void printJson(const QJsonObject &object)
{
    const QByteArray line = control::toLine(object);
    fwrite(line.constData(), 1, size_t(line.size()), stdout);
}

Result<std::unique_ptr<catalog::Reader>> openCatalog(const settings::Paths &paths)
{
    if (!QFile::exists(paths.catalog()))
        return fail(ErrorKind::NotFound, Cli::tr("Nothing has been stored in %1 yet").arg(paths.data));
    return catalog::Reader::open(paths.catalog());
}

Result<catalog::Camera> findCamera(catalog::Reader &reader, const QString &nameOrNumber)
{
    const auto cameras = reader.cameras();
    if (!cameras)
        return tl::unexpected(cameras.error());
    const qint64 number = nameOrNumber.toLongLong();
    for (const catalog::Camera &camera : *cameras) {
        if (camera.name.compare(nameOrNumber, Qt::CaseInsensitive) == 0)
            return camera;
    }
    for (const catalog::Camera &camera : *cameras) {
        if (number != 0 && camera.id.value == number)
            return camera;
    }
    return fail(ErrorKind::NotFound, Cli::tr("Unknown camera: %1").arg(nameOrNumber));
}

Result<catalog::Camera> findCamera(const settings::Paths &paths, const QString &nameOrNumber)
{
    const auto reader = openCatalog(paths);
    return reader ? findCamera(**reader, nameOrNumber) : tl::unexpected(reader.error());
}

std::optional<protocol::OffsiteChoice> choiceFrom(const QString &word)
{
    const QString name = QString(word).replace(QLatin1Char('-'), QLatin1Char('_'));
    constexpr auto names = namesOf(protocol::OffsiteChoice());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == names[i])
            return protocol::OffsiteChoice(i);
    }
    return {};
}

struct EngineAccess::Private {
    settings::Paths paths;
    control::Notifications notifications;
    std::unique_ptr<EngineLock> lock;
    std::unique_ptr<control::Client> client;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineCommands> commands;

    Result<control::Commands *> ownEngine();
};

EngineAccess::EngineAccess(settings::Paths paths, QObject *parent) : QObject(parent), d(new Private)
{
    d->paths = std::move(paths);
}

EngineAccess::~EngineAccess() = default;

control::Notifications &EngineAccess::notifications()
{
    return d->notifications;
}

void EngineAccess::open(std::function<void(Result<control::Commands *>)> ready)
{
    d->lock = std::make_unique<EngineLock>(d->paths);
    const auto taken = d->lock->take();
    if (taken || taken.error().kind != ErrorKind::Unavailable) {
        const auto own = taken.and_then([&] { return d->ownEngine(); });
        if (!own || !d->engine->repair().repairs().isStarting())
            ready(own);
        else // it scans all files first
            connect(
                &d->engine->repair().repairs(), &CatalogRepairs::lookedThrough, this,
                [own, ready] { ready(own); }, Qt::SingleShotConnection);
        return;
    }
    d->client = std::make_unique<control::Client>(d->paths.socket);
    connect(&d->client->notifications(), &control::Notifications::arrived, &d->notifications,
            &control::Notifications::arrived);
    const auto call = std::make_shared<std::function<void(Result<control::Commands *>)>>(std::move(ready));
    const auto once = [call](const Result<control::Commands *> &answer) {
        if (const auto callback = std::exchange(*call, {}))
            callback(answer);
    };
    connect(d->client.get(), &control::Client::disconnected, this, &EngineAccess::lost);
    connect(d->client.get(), &control::Client::connected, this,
            [this, call, once] { *call ? once(d->client.get()) : Q_EMIT back(); });
    QTimer::singleShot(kConnectMs, this, [once] {
        once(fail(ErrorKind::Unavailable, Cli::tr("Gatehouse is running, but does not answer")));
    });
    d->client->connectToEngine();
}

Result<control::Commands *> EngineAccess::Private::ownEngine()
{
    EngineOptions options;
    options.paths = paths;
    options.receive = false;
    engine = std::make_unique<Engine>(options);
    if (const auto started = engine->start(); !started)
        return tl::unexpected(started.error());
    commands = std::make_unique<EngineCommands>(*engine);
    forwardNotifications(*engine, *commands, notifications);
    return commands.get();
}

int runWithEngine(QCoreApplication &application, const settings::Paths &paths,
                  const std::function<void(control::Commands &, QObject *context)> &use)
{
    EngineAccess access(paths);
    QTimer::singleShot(0, &access, [&] {
        access.open([&](const Result<control::Commands *> &commands) {
            if (commands)
                use(**commands, &access);
            else
                application.exit(printError(commands.error()));
        });
    });
    return application.exec();
}

} // namespace gatehouse::app
