// Access control for the local sockets: this user (and root, who may do everything anyway). Their folder is
// private to this user, and each end asks the kernel who the other is, because names below /tmp can be
// guessed. Any thread; blocks on disk while creating a folder.
#pragma once

#include "base/result.h"

class QLocalSocket;

namespace gatehouse::control
{

// Creates the folder of `socketPath`, which is for sockets only, if it is missing, and restricts its
// permissions. Denied: it belongs to another user, is a link, or is shared (/tmp).
Result<void> makePrivateFolder(const QString &socketPath);
// The client runs as this user, or as root.
bool isTrustedClient(const QLocalSocket &client);
// The engine runs as this user or root; root may connect to anybody's.
bool isTrustedEngine(const QLocalSocket &engine);

} // namespace gatehouse::control
