// Where this PC keeps secrets: in the keychain where somebody has one in this session, otherwise in files.
// Main thread; may block for two seconds.
#pragma once

#include "secrets/secrets.h"

#include <memory>

namespace gatehouse::secrets
{

// service: see KeychainSecrets. folder: of FileSecrets. A service of systemd that was given credentials uses
// these.
std::unique_ptr<Secrets> chooseSecrets(const QString &service, const QString &folder);

} // namespace gatehouse::secrets
