#include "s3_fixture.h"

#include "s3/digest.h"
#include "s3/uri.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRandomGenerator>
#include <QTest>
#include <QUrl>
#include <cstring>

namespace gatehouse::tests
{

s3::ClientOptions optionsFor(const QString &endpoint, const QString &bucket, const S3User &user)
{
    s3::ClientOptions options;
    options.profile = s3::ProviderProfile::load(QStringLiteral("ceph")).value();
    options.address.endpoint = endpoint;
    options.address.bucket = bucket;
    options.credentials = {user.accessKey, user.secretKey};
    return options;
}

std::unique_ptr<s3::Client> makeClient(const s3::ClientOptions &options, const Clock &clock)
{
    auto client = s3::Client::open(options, clock);
    if (!client) {
        QTest::qFail(qPrintable(client.error().text), __FILE__, __LINE__);
        return nullptr;
    }
    return std::move(*client);
}

std::unique_ptr<s3::Client> makeClient(const s3::ClientOptions &options)
{
    static const SystemClock clock;
    return makeClient(options, clock);
}

QByteArray contentOf(qsizetype bytes, quint32 seed)
{
    QByteArray out(bytes, Qt::Uninitialized);
    QRandomGenerator random(seed);
    qsizetype at = 0;
    for (; at + qsizetype(sizeof(quint32)) <= bytes; at += sizeof(quint32)) {
        const quint32 word = random.generate();
        std::memcpy(out.data() + at, &word, sizeof word);
    }
    for (; at < bytes; ++at)
        out[at] = char(at);
    return out;
}

int sendSigned(const QString &endpoint, const S3User &user, const QByteArray &method, const QByteArray &path,
               const s3::Query &query, const QByteArray &body, const s3::Headers &headers)
{
    const QUrl server(endpoint);
    s3::SignableRequest signable{method, path, query, headers, s3::sha256Of(body).toHex()};
    signable.headers.push_back({"Host", server.authority().toLatin1()});
    const QByteArray parameters = s3::canonicalQuery(query);
    QNetworkRequest request(QUrl::fromEncoded(endpoint.toLatin1() + path +
                                              (parameters.isEmpty() ? QByteArray() : '?' + parameters)));
    for (const s3::Header &header :
         s3::Signer({user.accessKey, user.secretKey}, "default").signedHeaders(signable, SystemClock().now()))
        request.setRawHeader(header.name, header.value);
    QNetworkAccessManager network;
    QNetworkReply *reply = network.sendCustomRequest(request, method, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void createBucket(const CephServer &server, const QString &bucket, bool withLock)
{
    s3::Headers headers;
    if (withLock)
        headers.push_back({"x-amz-bucket-object-lock-enabled", "true"});
    const int status =
        sendSigned(server.httpEndpoint(), server.owner(), "PUT", '/' + bucket.toLatin1(), {}, {}, headers);
    if (status != 200)
        QTest::qFail(qPrintable(QStringLiteral("creating %1: %2").arg(bucket).arg(status)), __FILE__,
                     __LINE__);
}

} // namespace gatehouse::tests
