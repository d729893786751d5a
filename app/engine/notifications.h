// What the engine notifies every window of, besides the catalog's changes: its status, imports, connections
// and logins, the PC's addresses. Main thread.
#pragma once

#include "app/engine/engine_commands.h"
#include "control/notifications.h"

namespace gatehouse::app
{

// For as long as `to` lives.
void forwardNotifications(Engine &engine, EngineCommands &commands, control::Notifications &to);

} // namespace gatehouse::app
