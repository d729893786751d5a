// status, receiver.pause, receiver.resume, settings.get, settings.set
#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_commands.h"
#include "app/engine/examination_feature.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/retention_feature.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "base/futures.h"
#include "catalog/reader_pool.h"
#include "ingest/examiner.h"
#include "ingest/receive/ftp_backend.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace gatehouse::app
{

namespace
{

constexpr qint64 kMaxPauseMinutes = 24 * 60;

QJsonObject archiveStatus(Engine &engine, const Result<Space> &space)
{
    const auto ready = engine.storage().archive().ready();
    QJsonObject out{{QStringLiteral("root"), engine.storage().archive().root()},
                    {QStringLiteral("ready"), ready.has_value()},
                    {QStringLiteral("reason"), ready ? QString() : ready.error().text}};
    if (space) {
        out.insert(QStringLiteral("free"), space->free);
        out.insert(QStringLiteral("total"), space->total);
    }
    return out;
}

CommandAnswer status(Engine &engine)
{
    const auto counts = engine.storage().readers().ask([](catalog::Reader &reader) -> Result<QJsonObject> {
        const auto cameras = reader.cameras();
        if (!cameras)
            return tl::unexpected(cameras.error());
        qint64 items = 0;
        qint64 bytes = 0;
        for (const catalog::Camera &camera : *cameras) {
            items += camera.items;
            bytes += camera.bytes;
        }
        return QJsonObject{{QStringLiteral("cameras"), cameras->size()},
                           {QStringLiteral("items"), items},
                           {QStringLiteral("bytes"), bytes}};
    });
    const SharedPromise<Result<QJsonObject>> answer;
    engine.storage().archive().space().then(&engine, [&engine, counts, answer](const Result<Space> &space) {
        QFuture<Result<QJsonObject>>(counts).then(
            &engine, [&engine, space, answer](const Result<QJsonObject> &counted) {
                if (!counted && counted.error().kind == ErrorKind::Corrupt)
                    engine.repair().repairs().setDamage(counted.error().text);
                QJsonObject out = counted.value_or(QJsonObject());
                QJsonArray addresses;
                for (const QHostAddress &address : engine.receiver().listening())
                    addresses.append(address.toString());
                out.insert(QStringLiteral("engine"), true);
                out.insert(QStringLiteral("pid"), QCoreApplication::applicationPid());
                out.insert(QStringLiteral("version"), QStringLiteral(GATEHOUSE_VERSION));
                out.insert(QStringLiteral("started"), engine.context().started);
                out.insert(QStringLiteral("address"), addresses);
                out.insert(QStringLiteral("port"), engine.receiver().port());
                out.insert(QStringLiteral("receiver"), engine.receiver().trouble());
                out.insert(QStringLiteral("clock"), engine.retention().clockTrouble());
                out.insert(QStringLiteral("paused_until"), engine.ingest().backend().pausedUntil());
                out.insert(QStringLiteral("examining"), engine.examination().examiner().waiting());
                out.insert(QStringLiteral("archive"), archiveStatus(engine, space));
                out.insert(QStringLiteral("sessions"), engine.receiver().sessions());
                out.insert(QStringLiteral("max_sessions"), engine.receiver().descriptors().sessions());
                out.insert(QStringLiteral("open_files_limit"), engine.receiver().descriptors().now());
                out.insert(QStringLiteral("refused_logins"), engine.receiver().watch().refusedLogIns());
                out.insert(QStringLiteral("refused_uploads"), engine.receiver().watch().refusedUploads());
                out.insert(QStringLiteral("starting"), engine.repair().repairs().isStarting());
                if (const auto looked = engine.repair().repairs().rebuilding())
                    out.insert(QStringLiteral("rebuilding"), *looked);
                out.insert(QStringLiteral("problems"), control::toJson(engine.context().problems.all()));
                answer.resolve(out);
            });
    });
    return answer.future();
}

CommandAnswer pause(Engine &engine, const QJsonObject &arguments)
{
    const auto minutes = numberOf(arguments, "minutes");
    if (!minutes || *minutes < 1 || *minutes > kMaxPauseMinutes) {
        return answered<Result<QJsonObject>>(
            fail(ErrorKind::Invalid, EngineCommands::tr("Choose a pause from 1 minute to 24 hours")));
    }
    engine.ingest().backend().pauseUntil(engine.context().clock.now() + *minutes * 60'000);
    Q_EMIT engine.receiver().changed();
    return answered<Result<QJsonObject>>(QJsonObject());
}

CommandAnswer setSettings(Engine &engine, const QJsonObject &arguments)
{
    const auto settings = engine.context().settings.with(arguments);
    if (!settings)
        return answered<Result<QJsonObject>>(tl::unexpected(settings.error()));
    const auto applied = engine.apply(*settings);
    if (!applied)
        return answered<Result<QJsonObject>>(tl::unexpected(applied.error()));
    return answered<Result<QJsonObject>>(QJsonObject());
}

} // namespace

void addReceiverCommands(EngineCommands &commands, Engine &engine)
{
    commands.add("status", [&engine](const QJsonObject &) { return status(engine); });
    commands.add("receiver.pause", [&engine](const QJsonObject &a) { return pause(engine, a); });
    commands.add("receiver.resume", [&engine](const QJsonObject &) {
        engine.ingest().backend().pauseUntil(0);
        Q_EMIT engine.receiver().changed();
        return answered<Result<QJsonObject>>(QJsonObject());
    });
    commands.add("settings.get", [&engine](const QJsonObject &) {
        return answered<Result<QJsonObject>>(engine.context().settings.toJson());
    });
    commands.add("settings.set", [&engine](const QJsonObject &a) { return setSettings(engine, a); });
}

} // namespace gatehouse::app
