// Relays the catalog's changes over the control socket: the engine's Changes become notifications, and
// notifications become the client's Changes. One thread.
#pragma once

#include "catalog/changes.h"
#include "control/notifications.h"

namespace gatehouse::control
{

// Both work while `to` lives.
void relayChanges(catalog::Changes &from, Notifications &to);
void relayChanges(Notifications &from, catalog::Changes &to);

} // namespace gatehouse::control
