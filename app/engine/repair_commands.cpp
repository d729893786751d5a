#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_commands.h"
#include "app/engine/repair_feature.h"
#include "catalog/operations/salvage.h"
#include "ingest/repair/state_backup.h"
#include "protocol/repair.h"

#include <QTimer>

namespace gatehouse::app
{

namespace
{

constexpr int kAnswerMs = 200; // time to send the reply

Replied<protocol::RepairReport> repairArchive(Engine &engine)
{
    return andThen(
        engine.repair().repairs().repairAll(), &engine,
        [](const ingest::RepairReport &done) -> Result<protocol::RepairReport> {
            return protocol::RepairReport{done.looked, done.added, done.recovered, done.removed, done.failed};
        });
}

// Nobody may have the catalog open during a salvage: the engine exits for it, and restarts.
Replied<protocol::CatalogCondition> repairCatalog(Engine &engine, EngineCommands &commands)
{
    const SharedPromise<Result<protocol::CatalogCondition>> answer;
    const SharedPromise<Result<void>> verified;
    engine.repair().work().start(
        [verified, path = engine.context().options.paths.catalog()](const auto &mayGoOn) {
            verified.resolve(catalog::verifyCatalog(path, [&mayGoOn] { return !mayGoOn(); }));
        });
    whenDone(verified.future(), &engine, [&engine, &commands, answer](const Result<void> &sound) {
        if (!sound && sound.error().kind != ErrorKind::Corrupt) {
            answer.resolve(tl::unexpected(sound.error()));
            return;
        }
        if (sound)
            engine.repair().repairs().clearDamage();
        else
            QTimer::singleShot(kAnswerMs, &commands, &EngineCommands::repairRequested);
        answer.resolve(protocol::CatalogCondition{!sound});
    });
    return answer.future();
}

} // namespace

void addRepairCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::RepairArchive>(
        [&engine](const protocol::RepairArchive &) { return repairArchive(engine); });
    commands.on<protocol::RepairCatalog>(
        [&engine, &commands](const protocol::RepairCatalog &) { return repairCatalog(engine, commands); });
    commands.on<protocol::GetSalvageReport>(
        [&engine](const protocol::GetSalvageReport &) { return engine.context().options.salvaged; });
    commands.on<protocol::ConfirmRetention>([&engine](const protocol::ConfirmRetention &) {
        return nothingOf(engine.repair().stateBackup().confirm(), engine);
    });
}

} // namespace gatehouse::app
