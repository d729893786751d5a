#include "app/engine/engine_commands.h"

#include "protocol/engine.h"

namespace gatehouse::app
{

EngineCommands::EngineCommands(Engine &engine, QObject *parent) : QObject(parent)
{
    addCameraCommands(*this, engine);
    addItemCommands(*this, engine);
    addImportCommands(*this, engine);
    addOffsiteCommands(*this, engine);
    addReceiverCommands(*this, engine);
    addRepairCommands(*this, engine);
    addSettingsCommands(*this, engine);
    addStatusCommands(*this, engine);
    on<protocol::Quit>([this](const protocol::Quit &) -> Result<protocol::Nothing> {
        Q_EMIT quitRequested();
        return protocol::Nothing();
    });
}

Error settingsUnreadable()
{
    return {ErrorKind::Unavailable,
            EngineCommands::tr("The settings file can't be read. Apply the settings first"),
            {}};
}

} // namespace gatehouse::app
