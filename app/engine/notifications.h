// The engine's notifications to every window, other than the catalog's changes: its status, imports,
// connections and logins, the PC's addresses. Main thread.
#pragma once

#include "app/engine/engine_commands.h"
#include "control/notifications.h"

namespace gatehouse::app
{

// While `to` lives.
void forwardNotifications(Engine &engine, EngineCommands &commands, control::Notifications &to);

} // namespace gatehouse::app
