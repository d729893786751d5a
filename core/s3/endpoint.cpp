#include "s3/endpoint.h"

#include "base/messages.h"

#include <QRegularExpression>
#include <QUrl>

namespace gatehouse::s3
{

namespace
{

constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

tl::unexpected<Error> wrongAddress(const char *field, const QString &text)
{
    return tl::unexpected(Error{ErrorKind::Invalid, text, QStringLiteral("s3"), QString::fromLatin1(field)});
}

bool isMatch(const char *pattern, const QString &text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

} // namespace

bool isRegionName(const QString &text)
{
    return isMatch("[A-Za-z0-9-]{1,40}", text);
}

Result<Endpoint> Endpoint::make(const ProviderProfile &profile, const BucketAddress &address)
{
    Endpoint out;
    out.m_profile = profile;
    out.m_address = address;
    out.m_region = address.region.isEmpty() ? profile.defaultRegion : address.region;
    if (!isRegionName(out.m_region))
        return wrongAddress("region", Messages::tr("Choose the bucket's region, for example eu-central-1"));
    if (!isMatch("[A-Za-z0-9][A-Za-z0-9._-]{2,62}", address.bucket))
        return wrongAddress("bucket", Messages::tr("Enter the bucket's name: 3 to 63 letters, digits, dots "
                                                   "and hyphens"));
    QString text = address.endpoint;
    if (text.isEmpty()) {
        text = profile.endpoint;
        if (text.isEmpty())
            return wrongAddress("endpoint",
                                Messages::tr("Enter the server's address, for example https://nas:9000"));
        if (profile.needsAccount && !isMatch("[A-Za-z0-9]{1,64}", address.account))
            return wrongAddress("account", Messages::tr("Enter the account ID that the provider shows"));
        text.replace(QLatin1String("{region}"), out.m_region);
        text.replace(QLatin1String("{account}"), address.account);
    }
    if (!text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("https://"));
    const QUrl url(text, QUrl::StrictMode);
    out.m_isHttps = url.scheme() == QLatin1String("https");
    const bool isPlain = url.path().isEmpty() || url.path() == QLatin1String("/");
    if (!url.isValid() || url.host().isEmpty() || !isPlain || url.hasQuery() || url.hasFragment() ||
        !url.userInfo().isEmpty() || (!out.m_isHttps && url.scheme() != QLatin1String("http")))
        return wrongAddress("endpoint", Messages::tr("Enter only the server's address, without a bucket or "
                                                     "path, for example https://nas:9000"));
    if (profile.needsHttps && !out.m_isHttps)
        return wrongAddress("endpoint", Messages::tr("%1 needs https://").arg(profile.name));

    QString host = url.host(QUrl::FullyEncoded);
    const bool isAddress = host.contains(QLatin1Char(':')) || isMatch("[0-9.]+", host);
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    // A dot in the bucket's name would leave the certificate's wildcard; capitals are not for host names.
    const bool isHostLabel = isMatch("[a-z0-9-]+", address.bucket);
    out.m_isPathStyle = profile.addressing == ProviderProfile::Addressing::Path || isAddress || !isHostLabel;
    if (!out.m_isPathStyle)
        host.prepend(address.bucket + QLatin1Char('.'));
    const int usual = out.m_isHttps ? kHttpsPort : kHttpPort;
    if (const int port = url.port(usual); port != usual)
        host += QLatin1Char(':') + QString::number(port);
    out.m_host = host.toLatin1();
    return out;
}

Result<Endpoint> Endpoint::inRegion(const QString &region) const
{
    BucketAddress address = m_address;
    address.region = region;
    return make(m_profile, address);
}

QByteArray Endpoint::path(QByteArrayView key) const
{
    const QByteArray object = uriEncodedKey(key);
    if (!m_isPathStyle)
        return '/' + object;
    const QByteArray bucket = '/' + m_address.bucket.toLatin1();
    return object.isEmpty() ? bucket : bucket + '/' + object;
}

QByteArray Endpoint::url(QByteArrayView key, const Query &query) const
{
    const QByteArray parameters = canonicalQuery(query);
    return (m_isHttps ? "https://" : "http://") + m_host + path(key) +
           (parameters.isEmpty() ? parameters : '?' + parameters);
}

} // namespace gatehouse::s3
