// item.remove, item.protect, event.review, retention.confirm, import.start, import.stop, archive.repair
#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_commands.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "catalog/writer.h"
#include "ingest/importer.h"
#include "ingest/repair/state_backup.h"

#include <QJsonArray>

namespace gatehouse::app
{

namespace
{

constexpr qsizetype kMaxAtOnce = 100'000;

CommandAnswer removeItems(Engine &engine, const QJsonObject &arguments)
{
    const auto reason = textOf(arguments, "reason");
    if (!reason)
        return answered<Result<QJsonObject>>(tl::unexpected(reason.error()));
    const QJsonArray ids = arguments.value(QLatin1String("items")).toArray();
    if (ids.isEmpty() || ids.size() > kMaxAtOnce)
        return answered<Result<QJsonObject>>(
            fail(ErrorKind::Invalid, EngineCommands::tr("\"items\" is missing")));
    catalog::RemovalRequest request;
    request.reason = *reason;
    for (const QJsonValue &id : ids)
        request.items.append(ItemId{id.toInteger()});
    return engine.storage().writer().removeItems(request).then(
        &engine, [&engine](const Result<QVector<catalog::Garbage>> &removed) -> Result<QJsonObject> {
            if (!removed)
                return tl::unexpected(removed.error());
            return QJsonObject{{QStringLiteral("removed"), removed->size()}};
        });
}

// Imports belong to a log-in that cannot be used, made at the first import, unless one is named.
QFuture<Result<catalog::Account>> importAccount(Engine &engine, const QString &named)
{
    const QString user = named.isEmpty() ? QStringLiteral("import") : named;
    const SharedPromise<Result<catalog::Account>> answer;
    engine.storage().writer().account(user).then(&engine, [&engine, answer, user,
                                                           named](const Result<catalog::Account> &found) {
        if (found || !named.isEmpty()) {
            answer.resolve(found);
            return;
        }
        catalog::Account fresh;
        fresh.user = user;
        fresh.enabled = false;
        engine.storage()
            .writer()
            .addCamera(EngineCommands::tr("Imported"), fresh)
            .then(&engine, [&engine, answer, user](const Result<catalog::Camera> &made) {
                if (!made) {
                    answer.resolve(tl::unexpected(made.error()));
                    return;
                }
                engine.storage().writer().account(user).then(
                    &engine, [answer](const Result<catalog::Account> &account) { answer.resolve(account); });
            });
    });
    return answer.future();
}

CommandAnswer startImport(Engine &engine, const QJsonObject &arguments)
{
    const auto folder = textOf(arguments, "folder");
    if (!folder)
        return answered<Result<QJsonObject>>(tl::unexpected(folder.error()));
    const QString user = arguments.value(QLatin1String("user")).toString();
    // No log-in is made for an import that cannot be.
    if (const auto fits = engine.ingest().importer().check(*folder); !fits && user.isEmpty())
        return answered<Result<QJsonObject>>(tl::unexpected(fits.error()));
    const bool move = arguments.value(QLatin1String("move")).toBool();
    return importAccount(engine, user)
        .then(&engine,
              [&engine, folder = *folder,
               move](const Result<catalog::Account> &account) -> Result<QJsonObject> {
                  if (!account)
                      return tl::unexpected(account.error());
                  const auto started =
                      engine.ingest().importer().start({folder, move, account->id, account->user});
                  if (!started)
                      return tl::unexpected(started.error());
                  return QJsonObject();
              });
}

CommandAnswer repairArchive(Engine &engine)
{
    const SharedPromise<Result<QJsonObject>> answer;
    whenDone(engine.repair().repairs().repairAll(), &engine,
             [answer](const Result<ingest::RepairReport> &done) {
                 answer.resolve(done.map([](const ingest::RepairReport &report) {
                     return QJsonObject{{QStringLiteral("looked"), report.looked},
                                        {QStringLiteral("added"), report.added},
                                        {QStringLiteral("recovered"), report.recovered},
                                        {QStringLiteral("removed"), report.removed},
                                        {QStringLiteral("failed"), report.failed}};
                 }));
             });
    return answer.future();
}

} // namespace

void addItemCommands(EngineCommands &commands, Engine &engine)
{
    commands.add("item.remove", [&engine](const QJsonObject &a) { return removeItems(engine, a); });
    const auto protect = [&engine](const QJsonObject &a) {
        const auto item = numberOf(a, "item");
        if (!item)
            return answered<Result<QJsonObject>>(tl::unexpected(item.error()));
        const bool on = a.value(QLatin1String("protected")).toBool();
        return asAnswer(engine.storage().writer().setProtected(ItemId{*item}, on), &engine);
    };
    commands.add("item.protect", backedUp(engine, protect));
    commands.add("event.review", [&engine](const QJsonObject &a) {
        const auto event = numberOf(a, "event");
        if (!event)
            return answered<Result<QJsonObject>>(tl::unexpected(event.error()));
        const bool on = a.value(QLatin1String("reviewed")).toBool();
        return engine.storage()
            .writer()
            .setReviewed(EventId{*event}, on)
            .then(&engine, [&engine](const Result<void> &done) -> Result<QJsonObject> {
                if (!done)
                    return tl::unexpected(done.error());
                engine.repair().stateBackup().saveSoon();
                return QJsonObject();
            });
    });
    commands.add("import.start", [&engine](const QJsonObject &a) { return startImport(engine, a); });
    commands.add("archive.repair", [&engine](const QJsonObject &) { return repairArchive(engine); });
    commands.add("retention.confirm", [&engine](const QJsonObject &) {
        return asAnswer(engine.repair().stateBackup().confirm(), &engine);
    });
    commands.add("import.stop", [&engine](const QJsonObject &) {
        engine.ingest().importer().stop();
        return answered<Result<QJsonObject>>(QJsonObject());
    });
}

} // namespace gatehouse::app
