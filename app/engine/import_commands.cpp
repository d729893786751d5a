#include "app/engine/engine_commands.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/storage_feature.h"
#include "catalog/operations/cameras.h"
#include "catalog/writer.h"
#include "ingest/importer.h"
#include "protocol/import.h"

namespace gatehouse::app
{

namespace
{

using protocol::Nothing;

// Unless a login is named, imports belong to a disabled login, created at the first import.
QFuture<Result<catalog::Account>> importAccount(Engine &engine, const QString &named)
{
    const QString user = named.isEmpty() ? QStringLiteral("import") : named;
    const SharedPromise<Result<catalog::Account>> answer;
    whenDone(engine.storage().writer().submit(catalog::FindAccount{user}), &engine,
             [&engine, answer, user, named](const Result<catalog::Account> &found) {
                 if (found || !named.isEmpty())
                     return answer.resolve(found);
                 catalog::Account account;
                 account.user = user;
                 account.enabled = false;
                 const auto made =
                     andThen(engine.storage().writer().submit(
                                 catalog::AddCamera{EngineCommands::tr("Imported"), account}),
                             &engine, [&engine, user](const catalog::Camera &) {
                                 return engine.storage().writer().submit(catalog::FindAccount{user});
                             });
                 whenDone(made, &engine,
                          [answer](const Result<catalog::Account> &fresh) { answer.resolve(fresh); });
             });
    return answer.future();
}

Replied<Nothing> startImport(Engine &engine, const protocol::StartImport &command)
{
    // Creates no login for an import that is not possible.
    if (const auto fits = engine.ingest().importer().check(command.folder); !fits && command.user.isEmpty())
        return answered<Result<Nothing>>(tl::unexpected(fits.error()));
    return andThen(importAccount(engine, command.user), &engine,
                   [&engine, command](const catalog::Account &account) -> Result<Nothing> {
                       return engine.ingest()
                           .importer()
                           .start({command.folder, command.isMove, account.id, account.user})
                           .map([] { return Nothing(); });
                   });
}

} // namespace

void addImportCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::StartImport>(
        [&engine](const protocol::StartImport &command) { return startImport(engine, command); });
    commands.on<protocol::StopImport>([&engine](const protocol::StopImport &) -> Result<Nothing> {
        engine.ingest().importer().stop();
        return Nothing();
    });
}

} // namespace gatehouse::app
