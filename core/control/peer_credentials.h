// Who may talk over the local sockets: this user (and root, who may do everything anyway). Their folder is
// this user's alone, and each end asks the kernel who the other is, for a name below /tmp can be guessed.
// Any thread; blocks on the disk for as long as a folder takes.
#pragma once

#include "base/result.h"

class QLocalSocket;

namespace gatehouse::control
{

// The folder of `socketPath`, which is for sockets only, is made where it is missing, and closed to others
// where it is open. Denied: it is another user's, a link, or everybody's (/tmp).
Result<void> makePrivateFolder(const QString &socketPath);
// The client is this user, or root.
bool isTrustedClient(const QLocalSocket &client);
// The engine is this user's or root's; root may ask anybody's.
bool isTrustedEngine(const QLocalSocket &engine);

} // namespace gatehouse::control
