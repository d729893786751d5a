// URLs of buckets and objects, and what a person may enter as an address.
#include "s3/endpoint.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::s3;

namespace
{

ProviderProfile profileOf(const char *id)
{
    return ProviderProfile::load(QString::fromLatin1(id)).value();
}

QByteArray urlOf(const char *profile, const BucketAddress &address, QByteArrayView key = "a/b c")
{
    const auto endpoint = Endpoint::make(profileOf(profile), address);
    return endpoint ? endpoint->url(key, {}) : endpoint.error().field.toLatin1();
}

BucketAddress at(const char *endpoint, const char *bucket = "bucket")
{
    return {QString::fromLatin1(endpoint), {}, {}, QString::fromLatin1(bucket)};
}

BucketAddress inRegion(const char *region, const char *bucket = "bucket")
{
    return {{}, QString::fromLatin1(region), {}, QString::fromLatin1(bucket)};
}

} // namespace

class S3EndpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesUrls()
    {
        QCOMPARE(urlOf("aws", inRegion("eu-west-1")),
                 QByteArray("https://bucket.s3.eu-west-1.amazonaws.com/a/b%20c"));
        QCOMPARE(urlOf("aws", inRegion("eu-west-1"), ""),
                 QByteArray("https://bucket.s3.eu-west-1.amazonaws.com/"));
        QCOMPARE(urlOf("backblaze-b2", inRegion("us-west-004")),
                 QByteArray("https://s3.us-west-004.backblazeb2.com/bucket/a/b%20c"));
        QCOMPARE(urlOf("backblaze-b2", inRegion("us-west-004"), ""),
                 QByteArray("https://s3.us-west-004.backblazeb2.com/bucket"));
        QCOMPARE(urlOf("minio", at("http://192.168.1.9:9000")),
                 QByteArray("http://192.168.1.9:9000/bucket/a/b%20c"));
        QCOMPARE(urlOf("minio", at("nas.example")), QByteArray("https://nas.example/bucket/a/b%20c"));
        QCOMPARE(urlOf("minio", at("https://nas.example:443/")),
                 QByteArray("https://nas.example/bucket/a/b%20c"));
        QCOMPARE(urlOf("minio", at("http://[fd00::1]:9000")),
                 QByteArray("http://[fd00::1]:9000/bucket/a/b%20c"));
        // The certificate's wildcard has no room for a dot, and a host name none for capitals.
        QCOMPARE(urlOf("aws", inRegion("us-east-1", "my.bucket")),
                 QByteArray("https://s3.us-east-1.amazonaws.com/my.bucket/a/b%20c"));
        QCOMPARE(urlOf("aws", inRegion("us-east-1", "Bucket")),
                 QByteArray("https://s3.us-east-1.amazonaws.com/Bucket/a/b%20c"));
        QCOMPARE(urlOf("aws", {QStringLiteral("https://127.0.0.1:9"), {}, {}, QStringLiteral("bucket")}),
                 QByteArray("https://127.0.0.1:9/bucket/a/b%20c"));
    }

    void addsTheQuery()
    {
        const auto endpoint = Endpoint::make(profileOf("minio"), at("https://nas"));
        QVERIFY(endpoint);
        QCOMPARE(endpoint->url("", {{"prefix", "a b"}, {"list-type", "2"}}),
                 QByteArray("https://nas/bucket?list-type=2&prefix=a%20b"));
    }

    void namesTheWrongField_data()
    {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("account");
        QTest::addColumn<QString>("bucket");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const char *profile, const char *endpoint, const char *region,
                            const char *account, const char *bucket, const char *field) {
            QTest::newRow(name) << QString::fromLatin1(profile) << QString::fromLatin1(endpoint)
                                << QString::fromLatin1(region) << QString::fromLatin1(account)
                                << QString::fromLatin1(bucket) << QString::fromLatin1(field);
        };
        row("no server", "minio", "", "", "", "bucket", "endpoint");
        row("a path", "minio", "https://nas/s3", "", "", "bucket", "endpoint");
        row("a query", "minio", "https://nas?x", "", "", "bucket", "endpoint");
        row("a fragment", "minio", "https://nas#x", "", "", "bucket", "endpoint");
        row("a short bucket", "minio", "https://nas", "", "", "ab", "bucket");
        row("a password", "minio", "https://a:b@nas", "", "", "bucket", "endpoint");
        row("another protocol", "minio", "ftp://nas", "", "", "bucket", "endpoint");
        row("spaces", "minio", "https://na s", "", "", "bucket", "endpoint");
        row("plain HTTP at B2", "backblaze-b2", "http://s3.us-west-004.backblazeb2.com", "us-west-004", "",
            "bucket", "endpoint");
        row("no region", "wasabi", "", "", "", "bucket", "region");
        row("a host as region", "wasabi", "", "x.evil.example/", "", "bucket", "region");
        row("no account", "cloudflare-r2", "", "", "", "bucket", "account");
        row("a host as account", "cloudflare-r2", "", "", "a.b", "bucket", "account");
        row("no bucket", "minio", "https://nas", "", "", "", "bucket");
        row("a folder as bucket", "minio", "https://nas", "", "", "a/b", "bucket");
    }

    void namesTheWrongField()
    {
        QFETCH(QString, profile);
        QFETCH(QString, endpoint);
        QFETCH(QString, region);
        QFETCH(QString, account);
        QFETCH(QString, bucket);
        QFETCH(QString, field);
        const auto made =
            Endpoint::make(ProviderProfile::load(profile).value(), {endpoint, region, account, bucket});
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::Invalid);
        QCOMPARE(made.error().field, field);
    }

    // Only the provider's own pattern leads to another host.
    void anotherRegionMovesOnlyTheProvidersHost()
    {
        const auto aws = Endpoint::make(profileOf("aws"), inRegion("us-east-1"))
                             .value()
                             .inRegion(QStringLiteral("eu-west-1"));
        QVERIFY(aws);
        QCOMPARE(aws->host(), QByteArray("bucket.s3.eu-west-1.amazonaws.com"));
        const auto own = Endpoint::make(profileOf("minio"), at("https://nas"))
                             .value()
                             .inRegion(QStringLiteral("eu-west-1"));
        QVERIFY(own);
        QCOMPARE(own->host(), QByteArray("nas"));
        QCOMPARE(own->region(), QStringLiteral("eu-west-1"));
        QVERIFY(!aws->inRegion(QStringLiteral("evil.example/")));
    }
};

GATEHOUSE_TEST(S3EndpointTest)
#include "endpoint_test.moc"
