// Signatures against Amazon's published examples, and the rules of encoding for any text.
// Source: "Signature Calculations for the Authorization Header" and "Authenticating Requests: Using Query
// Parameters" in the Amazon S3 API Reference.
#include "s3/digest.h"
#include "s3/signer.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>
#include <functional>

using namespace gatehouse::s3;

namespace
{

constexpr qint64 kExampleTime = 1'369'353'600'000; // 2013-05-24T00:00:00Z
const QByteArray kEmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const Header kExampleHost{"Host", "examplebucket.s3.amazonaws.com"};

Signer exampleSigner()
{
    return Signer({"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}, "us-east-1");
}

QByteArray authorizationOf(const SignableRequest &request)
{
    return exampleSigner().signedHeaders(request, kExampleTime).last().value;
}

QByteArray randomBytes(QRandomGenerator &random, int most)
{
    QByteArray out(random.bounded(most), Qt::Uninitialized);
    for (char &c : out)
        c = char(random.bounded(256));
    return out;
}

} // namespace

class S3SignerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsExamples_data();
    void signsExamples();
    void presignsExample();
    void presignsOtherHeadersAndTokens();
    void signsTheSessionToken();
    void encodesWhatKeysContain_data();
    void encodesWhatKeysContain();
    void decodesWhatItEncodes();
    void decodesSpacesOfListings();
    void sortsQueries();
    void signatureIgnoresOrderCaseAndSpaces();
    void everyPartChangesTheSignature();
};

void S3SignerTest::signsExamples_data()
{
    QTest::addColumn<SignableRequest>("request");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("GET object")
        << SignableRequest{"GET", "/test.txt", {}, {kExampleHost, {"Range", "bytes=0-9"}}, kEmptyHash}
        << QByteArray("host;range;x-amz-content-sha256;x-amz-date")
        << QByteArray("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    QTest::newRow("PUT object") << SignableRequest{"PUT",
                                                   '/' + uriEncodedKey("test$file.text"),
                                                   {},
                                                   {kExampleHost,
                                                    {"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                                    {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                                                   sha256Of("Welcome to Amazon S3.").toHex()}
                                << QByteArray("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class")
                                << QByteArray(
                                       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    QTest::newRow("GET lifecycle: a parameter without a value")
        << SignableRequest{"GET", "/", {{"lifecycle", {}}}, {kExampleHost}, kEmptyHash}
        << QByteArray("host;x-amz-content-sha256;x-amz-date")
        << QByteArray("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    QTest::newRow("list objects")
        << SignableRequest{"GET", "/", {{"prefix", "J"}, {"max-keys", "2"}}, {kExampleHost}, kEmptyHash}
        << QByteArray("host;x-amz-content-sha256;x-amz-date")
        << QByteArray("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

void S3SignerTest::signsExamples()
{
    QFETCH(SignableRequest, request);
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, signature);
    QCOMPARE(authorizationOf(request),
             "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
             "SignedHeaders=" +
                 names + ",Signature=" + signature);
}

void S3SignerTest::presignsExample()
{
    const QByteArray query =
        exampleSigner().presignedQuery({"GET", "/test.txt", {}, {kExampleHost}}, kExampleTime, 86'400);
    QCOMPARE(query,
             QByteArray("X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        "&X-Amz-Signature="
                        "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"));
}

void S3SignerTest::presignsOtherHeadersAndTokens()
{
    const Signer signer({"key", "secret", "token/+="}, "eu-west-1");
    const QByteArray query = signer.presignedQuery(
        {"PUT", "/a", {{"partNumber", "1"}}, {{"x-amz-acl", "private"}, kExampleHost}}, kExampleTime, 60);
    QVERIFY2(query.contains("&X-Amz-Security-Token=token%2F%2B%3D&"), query);
    QVERIFY2(query.contains("&X-Amz-SignedHeaders=host%3Bx-amz-acl&"), query);
    QVERIFY2(query.contains("&partNumber=1&"), query);
}

void S3SignerTest::signsTheSessionToken()
{
    const Signer signer({"key", "secret", "token"}, "eu-west-1");
    const Headers headers = signer.signedHeaders({"GET", "/a", {}, {kExampleHost}, kEmptyHash}, kExampleTime);
    QVERIFY(std::any_of(headers.begin(), headers.end(), [](const Header &header) {
        return header.name == "x-amz-security-token" && header.value == "token";
    }));
    QVERIFY(headers.last().value.contains("x-amz-date;x-amz-security-token,"));
}

void S3SignerTest::encodesWhatKeysContain_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("plain") << QByteArray("Az09-._~") << QByteArray("Az09-._~");
    QTest::newRow("folders") << QByteArray("a/b//c/") << QByteArray("a/b//c/");
    QTest::newRow("signs") << QByteArray("a+b (c),d=e&f") << QByteArray("a%2Bb%20%28c%29%2Cd%3De%26f");
    QTest::newRow("percent: once") << QByteArray("100%20") << QByteArray("100%2520");
    QTest::newRow("UTF-8") << QByteArray("Tür/猫.jpg") << QByteArray("T%C3%BCr/%E7%8C%AB.jpg");
    QTest::newRow("dots") << QByteArray("a/../b/./c") << QByteArray("a/../b/./c");
    QTest::newRow("control") << QByteArray("a\nb\x7f") << QByteArray("a%0Ab%7F");
}

void S3SignerTest::encodesWhatKeysContain()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, encoded);
    QCOMPARE(uriEncodedKey(text), encoded);
    QCOMPARE(uriEncoded(text), QByteArray(encoded).replace("/", "%2F"));
}

void S3SignerTest::decodesWhatItEncodes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int i = 0; i < 2000; ++i) {
        const QByteArray text = randomBytes(random, 40);
        const QByteArray encoded = uriEncoded(text);
        QVERIFY2(uriDecoded(encoded) == text && uriDecoded(uriEncodedKey(text)) == text,
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromLatin1(text.toHex()))));
        QCOMPARE(encoded, text.toPercentEncoding()); // Qt's, for the same set of characters
    }
}

void S3SignerTest::decodesSpacesOfListings()
{
    QCOMPARE(uriDecoded("a+b%2Bc%20d"), QByteArray("a b+c d"));
    QCOMPARE(uriDecoded("100%"), QByteArray("100%"));
    QCOMPARE(uriDecoded("%zz%4"), QByteArray("%zz%4"));
}

void S3SignerTest::sortsQueries()
{
    const Query query{{"b", "2"}, {"a-", "x"}, {"a", "z"}, {"a", "b c"}, {"Z", {}}};
    QCOMPARE(canonicalQuery(query), QByteArray("Z=&a=b%20c&a=z&a-=x&b=2"));
    QCOMPARE(canonicalQuery({}), QByteArray());

    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int i = 0; i < 200; ++i) {
        Query many;
        for (int n = random.bounded(8); n >= 0; --n)
            many.append({randomBytes(random, 6), randomBytes(random, 6)});
        const QByteArray expected = canonicalQuery(many);
        std::shuffle(many.begin(), many.end(), random);
        QVERIFY2(canonicalQuery(many) == expected, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void S3SignerTest::signatureIgnoresOrderCaseAndSpaces()
{
    const SignableRequest one{
        "GET", "/a", {{"x", "1"}, {"y", "2"}}, {kExampleHost, {"X-Amz-Meta-A", "b c"}}, kEmptyHash};
    const SignableRequest other{
        "GET", "/a", {{"y", "2"}, {"x", "1"}}, {{"x-amz-meta-a", "  b   c "}, kExampleHost}, kEmptyHash};
    QCOMPARE(authorizationOf(one), authorizationOf(other));
}

void S3SignerTest::everyPartChangesTheSignature()
{
    const SignableRequest request{
        "PUT", "/a", {{"x", "1"}}, {kExampleHost, {"x-amz-acl", "private"}}, kEmptyHash};
    const QByteArray signature = authorizationOf(request);
    for (const auto &change : QVector<std::function<void(SignableRequest &)>>{
             [](SignableRequest &r) { r.method = "GET"; }, [](SignableRequest &r) { r.path = "/A"; },
             [](SignableRequest &r) { r.query[0].second = "2"; },
             [](SignableRequest &r) { r.headers[1].value = "public-read"; },
             [](SignableRequest &r) { r.payloadHash[0] = 'f'; }}) {
        SignableRequest changed = request;
        change(changed);
        QVERIFY(authorizationOf(changed) != signature);
    }
    QVERIFY(exampleSigner().signedHeaders(request, kExampleTime + 1000).last().value != signature);
}

GATEHOUSE_TEST(S3SignerTest)
#include "signer_test.moc"
