#include "ftp/tls_rules.h"

#include "ftp/backend.h"

#include <algorithm>

namespace gatehouse::ftp
{

QString versionText(TlsVersion version)
{
    return QStringLiteral("1.%1").arg(int(version));
}

std::optional<TlsVersion> versionFrom(const QString &text)
{
    for (const auto version : {TlsVersion::V1_0, TlsVersion::V1_1, TlsVersion::V1_2, TlsVersion::V1_3}) {
        if (text == versionText(version))
            return version;
    }
    return std::nullopt;
}

TlsVersion TlsRules::floor() const
{
    TlsVersion lowest = least;
    for (const TlsRule &rule : users)
        lowest = std::min(lowest, rule.least.value_or(least));
    return lowest;
}

TlsRule TlsRules::ruleOf(const QString &user) const
{
    const auto own = users.constFind(user);
    if (own == users.cend() && isAnonymous(user))
        return users.value(QStringLiteral("anonymous"));
    return own == users.cend() ? TlsRule() : *own;
}

TlsVersion TlsRules::minVersionOf(const QString &user) const
{
    return ruleOf(user).least.value_or(least);
}

bool TlsRules::isRequiredOf(const QString &user) const
{
    return ruleOf(user).isRequired;
}

} // namespace gatehouse::ftp
