#include "secrets/choose_secrets.h"

#include "secrets/file_secrets.h"
#include "secrets/keychain_secrets.h"

namespace gatehouse::secrets
{

std::unique_ptr<Secrets> chooseSecrets(const QString &service, const QString &folder)
{
    const QString credentials = qEnvironmentVariable("CREDENTIALS_DIRECTORY");
    if (credentials.isEmpty() && KeychainSecrets::isThere())
        return std::make_unique<KeychainSecrets>(service);
    return std::make_unique<FileSecrets>(folder, credentials);
}

} // namespace gatehouse::secrets
