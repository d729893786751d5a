// AWS Signature Version 4 for S3, in the header or in the URL.
// Source: "Authenticating Requests (AWS Signature Version 4)" in the Amazon S3 API Reference.
// Times are UTC ms since 1970 and must be the server's to within 15 minutes. Immutable: any thread.
#pragma once

#include "s3/uri.h"

#include <QByteArray>
#include <QVector>

namespace gatehouse::s3
{

struct Credentials {
    QByteArray accessKey;
    QByteArray secretKey;
    QByteArray sessionToken = {}; // of temporary credentials; usually empty
};

struct Header {
    QByteArray name;
    QByteArray value;
};
using Headers = QVector<Header>;

// The payload's hash in a URL, whose body nobody knows in advance.
inline constexpr char kUnsignedPayload[] = "UNSIGNED-PAYLOAD";

struct SignableRequest {
    QByteArray method;
    QByteArray path = "/"; // encoded once: see uriEncodedKey()
    Query query = {};
    Headers headers = {};        // all of them are signed; must contain Host
    QByteArray payloadHash = {}; // SHA-256 in hexadecimal, or kUnsignedPayload
};

class Signer
{
public:
    Signer(Credentials credentials, QByteArray region);

    // The request's headers, their values as signed, plus x-amz-content-sha256, x-amz-date, Authorization,
    // and the session token if there is one.
    [[nodiscard]] Headers signedHeaders(const SignableRequest &request, qint64 now) const;
    // The query of a URL that is valid from `now` for so many seconds (1 to 604,800), encoded; whoever uses
    // it must send the request's headers. The payload's hash is ignored.
    [[nodiscard]] QByteArray presignedQuery(SignableRequest request, qint64 now, int validSeconds) const;

private:
    [[nodiscard]] QByteArray scope(const QByteArray &day) const;
    [[nodiscard]] QByteArray signature(const SignableRequest &request, const QByteArray &time) const;

    Credentials m_credentials;
    QByteArray m_region;
};

} // namespace gatehouse::s3
