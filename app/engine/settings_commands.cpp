#include "app/engine/engine_commands.h"
#include "protocol/settings.h"

namespace gatehouse::app
{

void addSettingsCommands(EngineCommands &commands, Engine &engine)
{
    using protocol::CurrentSettings;
    using protocol::Nothing;
    commands.on<protocol::GetSettings>([&engine](const protocol::GetSettings &) -> Result<CurrentSettings> {
        return CurrentSettings{engine.context().settings.toJson()};
    });
    commands.on<protocol::SetSettings>([&engine](const protocol::SetSettings &command) {
        return engine.context()
            .settings.with(command.changes)
            .and_then([&engine](const settings::Settings &settings) { return engine.apply(settings); })
            .map([] { return Nothing(); });
    });
}

} // namespace gatehouse::app
