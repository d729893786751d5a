#include "app/engine/engine_commands.h"

#include "protocol/engine.h"

namespace gatehouse::app
{

EngineCommands::EngineCommands(Engine &engine, QObject *parent) : QObject(parent)
{
    addCameraCommands(*this, engine);
    addItemCommands(*this, engine);
    addImportCommands(*this, engine);
    addReceiverCommands(*this, engine);
    addRepairCommands(*this, engine);
    addSettingsCommands(*this, engine);
    addStatusCommands(*this, engine);
    on<protocol::Quit>([this](const protocol::Quit &) -> Result<protocol::Nothing> {
        Q_EMIT quitRequested();
        return protocol::Nothing();
    });
}

} // namespace gatehouse::app
