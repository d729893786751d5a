// catalog.repair, catalog.salvaged
#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_commands.h"
#include "app/engine/repair_feature.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "catalog/operations/salvage.h"

#include <QTimer>

namespace gatehouse::app
{

namespace
{

constexpr int kAnswerMs = 200; // until the answer is on its way

// Nobody may have the catalog open while it is salvaged: the engine ends for it, and starts again.
CommandAnswer repairCatalog(Engine &engine, EngineCommands &commands)
{
    const SharedPromise<Result<QJsonObject>> answer;
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
        answer.resolve(QJsonObject{{QStringLiteral("damaged"), !sound}});
    });
    return answer.future();
}

} // namespace

void addRepairCommands(EngineCommands &commands, Engine &engine)
{
    commands.add("catalog.repair",
                 [&engine, &commands](const QJsonObject &) { return repairCatalog(engine, commands); });
    commands.add("catalog.salvaged", [&engine](const QJsonObject &) {
        return answered<Result<QJsonObject>>(engine.context().options.salvaged);
    });
}

} // namespace gatehouse::app
