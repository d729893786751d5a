// What the engine tells every window beside the catalog's changes: status, import, log-ins, refusals,
// the dialogue, the PC's addresses, posters. Main thread.
#pragma once

#include "app/engine/engine_commands.h"
#include "control/change_codec.h"

namespace gatehouse::app
{

// Tells for as long as `context` lives.
void forwardNotifications(Engine &engine, EngineCommands &commands, QObject *context,
                          const control::Notify &notify);

} // namespace gatehouse::app
