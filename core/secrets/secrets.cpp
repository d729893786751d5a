#include "secrets/secrets.h"

#include "base/messages.h"

#include <algorithm>

namespace gatehouse::secrets
{

Result<void> checkName(const QString &name)
{
    const bool isName = !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
    if (isName)
        return {};
    return fail(ErrorKind::Invalid, Messages::tr("\"%1\" is no name of a secret").arg(name),
                QStringLiteral("secrets"));
}

Result<void> checkSecret(const QByteArray &secret)
{
    if (!secret.isEmpty() && secret.size() <= kMaxSecret && !secret.contains('\n') && !secret.contains('\0'))
        return {};
    return fail(ErrorKind::Invalid, Messages::tr("Enter the secret in one line"), QStringLiteral("secrets"));
}

} // namespace gatehouse::secrets
