// The catalog's changes over the control socket: what the engine's Changes emits is notified, and what is
// notified is emitted by the client's Changes. One thread.
#pragma once

#include "catalog/changes.h"
#include "control/notifications.h"

namespace gatehouse::control
{

// Both for as long as `to` lives.
void relayChanges(catalog::Changes &from, Notifications &to);
void relayChanges(Notifications &from, catalog::Changes &to);

} // namespace gatehouse::control
