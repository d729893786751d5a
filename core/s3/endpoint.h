// Where a bucket is: the provider's endpoint or the user's own, a region to sign for, and the URLs of the
// bucket and its objects in path style or virtual-host style. A value; any thread.
#pragma once

#include "s3/provider_profile.h"
#include "s3/uri.h"

#include <QByteArray>

namespace gatehouse::s3
{

struct BucketAddress {
    QString endpoint = {}; // "https://nas.example:9000"; empty: the profile's
    QString region = {};   // empty: the profile's default
    QString account = {};  // where the profile needs one
    QString bucket = {};
};

class Endpoint
{
public:
    // Invalid names the field: "endpoint", "region", "account" or "bucket".
    static Result<Endpoint> make(const ProviderProfile &profile, const BucketAddress &address);

    [[nodiscard]] const QString &bucket() const { return m_address.bucket; }
    [[nodiscard]] const QString &region() const { return m_region; }
    [[nodiscard]] bool isHttps() const { return m_isHttps; }
    // The same bucket in another region. Where the user gave an endpoint, only the signature changes: no
    // server may send the client elsewhere.
    [[nodiscard]] Result<Endpoint> inRegion(const QString &region) const;

    [[nodiscard]] QByteArray host() const { return m_host; } // with the port, unless it is the default
    // Encoded once; the bucket itself for an empty key.
    [[nodiscard]] QByteArray path(QByteArrayView key) const;
    [[nodiscard]] QByteArray url(QByteArrayView key, const Query &query) const;

private:
    ProviderProfile m_profile;
    BucketAddress m_address;
    QString m_region;
    QByteArray m_host;
    bool m_isHttps = true;
    bool m_isPathStyle = true;
};

// Letters, digits and hyphens: safe in a host name and in a signature.
bool isRegionName(const QString &text);

} // namespace gatehouse::s3
