#include "s3/signer.h"

#include "s3/digest.h"

#include <QDateTime>
#include <algorithm>

namespace gatehouse::s3
{

namespace
{

constexpr char kAlgorithm[] = "AWS4-HMAC-SHA256";

// Sorted by name in lower case, values without spaces at their ends and with single ones between words.
Headers canonicalHeaders(const Headers &headers)
{
    Headers out;
    out.reserve(headers.size());
    for (const Header &header : headers)
        out.push_back({header.name.toLower(), header.value.simplified()});
    std::stable_sort(out.begin(), out.end(),
                     [](const Header &a, const Header &b) { return a.name < b.name; });
    return out;
}

QByteArray namesOf(const Headers &canonical)
{
    QByteArray out;
    for (const Header &header : canonical)
        out += (out.isEmpty() ? "" : ";") + header.name;
    return out;
}

// 20130524T000000Z
QByteArray basicIsoTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)
        .toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"))
        .toLatin1();
}

QByteArray dayOf(const QByteArray &time)
{
    return time.left(8);
}

} // namespace

Signer::Signer(Credentials credentials, QByteArray region)
    : m_credentials(std::move(credentials)), m_region(std::move(region))
{
}

QByteArray Signer::scope(const QByteArray &day) const
{
    return day + '/' + m_region + "/s3/aws4_request";
}

QByteArray Signer::signature(const SignableRequest &request, const QByteArray &time) const
{
    const Headers headers = canonicalHeaders(request.headers);
    QByteArray canonical = request.method + '\n' + request.path + '\n' + canonicalQuery(request.query) + '\n';
    for (const Header &header : headers)
        canonical += header.name + ':' + header.value + '\n';
    canonical += '\n' + namesOf(headers) + '\n' + request.payloadHash;

    const QByteArray day = dayOf(time);
    const QByteArray text =
        QByteArray(kAlgorithm) + '\n' + time + '\n' + scope(day) + '\n' + sha256Of(canonical).toHex();
    QByteArray key = hmacSha256("AWS4" + m_credentials.secretKey, day);
    for (const QByteArray &step : {m_region, QByteArray("s3"), QByteArray("aws4_request")})
        key = hmacSha256(key, step);
    return hmacSha256(key, text).toHex();
}

Headers Signer::signedHeaders(const SignableRequest &request, qint64 now) const
{
    const QByteArray time = basicIsoTime(now);
    SignableRequest complete = request;
    complete.headers.push_back({"x-amz-content-sha256", request.payloadHash});
    complete.headers.push_back({"x-amz-date", time});
    if (!m_credentials.sessionToken.isEmpty())
        complete.headers.push_back({"x-amz-security-token", m_credentials.sessionToken});
    const QByteArray authorization = QByteArray(kAlgorithm) + " Credential=" + m_credentials.accessKey + '/' +
                                     scope(dayOf(time)) +
                                     ",SignedHeaders=" + namesOf(canonicalHeaders(complete.headers)) +
                                     ",Signature=" + signature(complete, time);
    complete.headers.push_back({"Authorization", authorization});
    for (Header &header : complete.headers)
        header.value = header.value.simplified(); // as it was signed
    return complete.headers;
}

QByteArray Signer::presignedQuery(SignableRequest request, qint64 now, int validSeconds) const
{
    const QByteArray time = basicIsoTime(now);
    request.payloadHash = kUnsignedPayload;
    request.query.push_back({"X-Amz-Algorithm", kAlgorithm});
    request.query.push_back({"X-Amz-Credential", m_credentials.accessKey + '/' + scope(dayOf(time))});
    request.query.push_back({"X-Amz-Date", time});
    request.query.push_back({"X-Amz-Expires", QByteArray::number(validSeconds)});
    request.query.push_back({"X-Amz-SignedHeaders", namesOf(canonicalHeaders(request.headers))});
    if (!m_credentials.sessionToken.isEmpty())
        request.query.push_back({"X-Amz-Security-Token", m_credentials.sessionToken});
    return canonicalQuery(request.query) + "&X-Amz-Signature=" + signature(request, time);
}

} // namespace gatehouse::s3
