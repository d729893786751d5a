#include "app/engine/engine_commands.h"

#include "app/engine/repair_feature.h"
#include "base/futures.h"
#include "ingest/repair/state_backup.h"

namespace gatehouse::app
{

EngineCommands::EngineCommands(Engine &engine, QObject *parent) : QObject(parent)
{
    addCameraCommands(*this, engine);
    addItemCommands(*this, engine);
    addReceiverCommands(*this, engine);
    addRepairCommands(*this, engine);
    add("quit", [this](const QJsonObject &) {
        Q_EMIT quitRequested();
        return answered<Result<QJsonObject>>(QJsonObject());
    });
}

CommandAnswer EngineCommands::run(QString name, QJsonObject arguments)
{
    const auto handler = m_handlers.find(name);
    if (handler == m_handlers.end())
        return answered<Result<QJsonObject>>(fail(ErrorKind::Invalid, tr("Unknown command: %1").arg(name)));
    return handler->second(arguments);
}

void EngineCommands::add(const char *name, Handler handler)
{
    m_handlers.emplace(QString::fromLatin1(name), std::move(handler));
}

Handler backedUp(Engine &engine, Handler handler)
{
    return [&engine, handler = std::move(handler)](const QJsonObject &arguments) {
        const SharedPromise<Result<QJsonObject>> answer;
        handler(arguments).then(&engine, [&engine, answer](const Result<QJsonObject> &done) {
            if (!done) {
                answer.resolve(done);
                return;
            }
            engine.repair().stateBackup().save().then(
                &engine, [answer, done](const Result<void> &) { answer.resolve(done); });
        });
        return answer.future();
    };
}

CommandAnswer asAnswer(QFuture<Result<void>> done, QObject *context)
{
    return done.then(context, [](const Result<void> &result) -> Result<QJsonObject> {
        if (!result)
            return tl::unexpected(result.error());
        return QJsonObject();
    });
}

Result<QString> textOf(const QJsonObject &arguments, const char *name)
{
    const QJsonValue value = arguments.value(QLatin1String(name));
    if (!value.isString() || value.toString().trimmed().isEmpty())
        return fail(ErrorKind::Invalid, EngineCommands::tr("\"%1\" is missing").arg(QLatin1String(name)));
    return value.toString().trimmed();
}

Result<qint64> numberOf(const QJsonObject &arguments, const char *name)
{
    const QJsonValue value = arguments.value(QLatin1String(name));
    if (!value.isDouble())
        return fail(ErrorKind::Invalid, EngineCommands::tr("\"%1\" is missing").arg(QLatin1String(name)));
    return value.toInteger();
}

} // namespace gatehouse::app
