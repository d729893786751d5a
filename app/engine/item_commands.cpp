#include "app/engine/copy_feature.h"
#include "app/engine/engine_commands.h"
#include "app/engine/removal_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "catalog/operations/review.h"
#include "catalog/writer.h"
#include "ingest/copies/copy_maker.h"
#include "ingest/repair/state_backup.h"
#include "protocol/items.h"

namespace gatehouse::app
{

namespace
{

using protocol::Nothing;
using protocol::RemovedItems;

Replied<RemovedItems> removeItems(Engine &engine, const protocol::RemoveItems &command)
{
    const QString reason = command.reason.trimmed();
    if (reason.isEmpty())
        return answered<Result<RemovedItems>>(fail(ErrorKind::Invalid, EngineCommands::tr("Enter a reason")));
    return andThen(engine.removal().remove(command.items, reason, command.undoMs), &engine,
                   [](qint64 removed) -> Result<RemovedItems> { return RemovedItems{removed}; });
}

} // namespace

void addItemCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::RemoveItems>(
        [&engine](const protocol::RemoveItems &command) { return removeItems(engine, command); });
    commands.on<protocol::KeepItems>([&engine](const protocol::KeepItems &command) {
        return engine.removal().keep(command.items).map([] { return Nothing(); });
    });
    commands.on<protocol::ProtectItem>([&engine](const protocol::ProtectItem &command) {
        return backedUp(engine, nothingOf(engine.storage().writer().submit(
                                              catalog::SetProtected{command.item, command.isProtected}),
                                          engine));
    });
    commands.on<protocol::DeriveItem>([&engine](const protocol::DeriveItem &command) {
        return andThen(engine.copies().maker().make(command.item, derivativeKindOf(command.kind)), &engine,
                       [](const catalog::Derivative &copy) -> Result<protocol::DerivedItem> {
                           return protocol::DerivedItem{copy.path, copy.bytes};
                       });
    });
    commands.on<protocol::ReviewEvent>([&engine](const protocol::ReviewEvent &command) {
        return andThen(
            engine.storage().writer().submit(catalog::SetReviewed{command.event, command.isReviewed}),
            &engine, [&engine]() -> Result<Nothing> {
                engine.repair().stateBackup().saveSoon();
                return Nothing();
            });
    });
}

} // namespace gatehouse::app
