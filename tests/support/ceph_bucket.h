// What tests of the whole program do with a bucket of a CephServer; for test programs that link s3. One
// thread.
#pragma once

#include "s3/client.h"
#include "s3/digest.h"
#include "s3/signer.h"
#include "support/ceph_server.h"
#include "support/durations.h"

#include <QMap>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QUrl>
#include <memory>

namespace gatehouse::tests
{

// False: the server refused.
inline bool makeBucket(const CephServer &server, const QByteArray &bucket)
{
    const QUrl url(server.httpEndpoint() + QLatin1Char('/') + QString::fromLatin1(bucket));
    s3::SignableRequest request;
    request.method = "PUT";
    request.path = '/' + bucket;
    request.payloadHash = s3::sha256Of({}).toHex();
    request.headers.push_back({"Host", url.authority().toLatin1()});
    QNetworkRequest toSend(url);
    const s3::Signer signer({server.owner().accessKey, server.owner().secretKey}, "default");
    for (const s3::Header &header : signer.signedHeaders(request, SystemClock().now()))
        toSend.setRawHeader(header.name, header.value);
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(toSend, "PUT", QByteArray()));
    return QTest::qWaitFor([&] { return reply->isFinished(); }, kPatience) &&
           reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
}

// The SHA-256 of each object, by key, as it is read back. Fails the test on error.
inline QMap<QString, QByteArray> hashesIn(const CephServer &server, const QString &bucket)
{
    const auto failed = [](const QString &text) {
        QTest::qFail(qPrintable(text), __FILE__, __LINE__);
        return QMap<QString, QByteArray>();
    };
    static const SystemClock clock;
    s3::ClientOptions options;
    options.profile = s3::ProviderProfile::load(QStringLiteral("ceph")).value();
    options.address.endpoint = server.httpEndpoint();
    options.address.bucket = bucket;
    options.credentials = {server.owner().accessKey, server.owner().secretKey};
    const auto client = s3::Client::open(options, clock);
    if (!client)
        return failed(client.error().text);
    QMap<QString, QByteArray> out;
    s3::ListRequest request;
    do {
        const auto page = (*client)->listObjects(request).result();
        if (!page)
            return failed(page.error().text);
        for (const s3::ListedObject &object : page->objects) {
            const auto fetched = (*client)->getObject(object.key).result();
            if (!fetched)
                return failed(object.key + QStringLiteral(": ") + fetched.error().text);
            out.insert(object.key, s3::sha256Of(fetched->bytes));
        }
        request.token = page->nextToken;
    } while (!request.token.isEmpty());
    return out;
}

} // namespace gatehouse::tests
