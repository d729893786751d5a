// What the client puts on the wire, where a real server would only say yes or no.
#include "s3/digest.h"
#include "s3_fixture.h"
#include "support/fault_server.h"
#include "support/registry.h"

#include <QTest>
#include <mutex>

using namespace gatehouse;
using namespace gatehouse::s3;
using namespace gatehouse::tests;

namespace
{

// Answers every request with success, and keeps the last one.
class Recorder
{
public:
    explicit Recorder(QByteArray answer = {}, QByteArray headers = {})
        : m_server([this, answer, headers](FaultConnection &connection) {
              while (!connection.readHead().isEmpty()) {
                  const QByteArray body = connection.readBody();
                  {
                      const std::lock_guard lock(m_mutex);
                      m_line = connection.requestLine();
                      m_body = body;
                      m_headers.clear();
                      for (const char *name :
                           {"Authorization", "Content-MD5", "Content-Type", "Content-Length", "Expect",
                            "Host", "If-None-Match", "Range", "Transfer-Encoding", "x-amz-content-sha256",
                            "x-amz-date", "x-amz-meta-camera", "x-amz-object-lock-mode",
                            "x-amz-object-lock-retain-until-date", "x-amz-security-token",
                            "x-amz-server-side-encryption", "x-amz-storage-class"})
                          m_headers.insert(name, connection.header(name));
                  }
                  connection.answer("200 OK", answer, headers);
              }
          })
    {
    }

    [[nodiscard]] QString endpoint() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_server.port());
    }
    QByteArray line()
    {
        const std::lock_guard lock(m_mutex);
        return m_line;
    }
    QByteArray body()
    {
        const std::lock_guard lock(m_mutex);
        return m_body;
    }
    QByteArray header(const char *name)
    {
        const std::lock_guard lock(m_mutex);
        return m_headers.value(name);
    }
    QByteArrayList signedNames()
    {
        const QByteArray authorization = header("Authorization");
        const qsizetype start = authorization.indexOf("SignedHeaders=") + 14;
        return authorization.mid(start, authorization.indexOf(',', start) - start).split(';');
    }

private:
    std::mutex m_mutex;
    QByteArray m_line;
    QByteArray m_body;
    QMap<QByteArray, QByteArray> m_headers;
    FaultServer m_server; // last: its threads use all of the above
};

const S3User kRecorderUser{"key", "secret"};

ClientOptions optionsFor(const Recorder &recorder)
{
    return optionsFor(recorder.endpoint(), QStringLiteral("bucket"), kRecorderUser);
}

} // namespace

class S3RequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesDeclareBothHashes()
    {
        Recorder recorder;
        const auto client = makeClient(optionsFor(recorder));
        S3_VERIFY(resultOf(client->putObject(QStringLiteral("a/b c+d"), Body::ofBytes("abc"))));
        QCOMPARE(recorder.line(), QByteArray("PUT /bucket/a/b%20c%2Bd HTTP/1.1"));
        QCOMPARE(recorder.body(), QByteArray("abc"));
        QCOMPARE(recorder.header("x-amz-content-sha256"), sha256Of("abc").toHex());
        QCOMPARE(recorder.header("Content-MD5"), md5Of("abc").toBase64());
        QCOMPARE(recorder.header("Content-Length"), QByteArray("3"));
        QVERIFY(recorder.header("Transfer-Encoding").isEmpty());
        for (const char *name : {"content-md5", "content-type", "host", "x-amz-content-sha256", "x-amz-date"})
            QVERIFY2(recorder.signedNames().contains(name), name);
    }

    void optionsBecomeSignedHeaders()
    {
        Recorder recorder;
        ClientOptions options = optionsFor(recorder);
        options.credentials.sessionToken = "token";
        const auto client = makeClient(options);
        PutOptions put;
        put.contentType = "image/jpeg";
        put.metadata = {{"camera", "Front door"}};
        put.storageClass = "STANDARD_IA";
        put.encrypts = true;
        put.retention = Retention{Retention::Mode::Compliance, 1'369'353'600'000};
        put.onlyIfAbsent = true;
        S3_VERIFY(resultOf(client->putObject(QStringLiteral("a"), Body::ofBytes("abc"), put)));
        const QMap<QByteArray, QByteArray> expected{
            {"content-type", "image/jpeg"},
            {"if-none-match", "*"},
            {"x-amz-meta-camera", "Front door"},
            {"x-amz-object-lock-mode", "COMPLIANCE"},
            {"x-amz-object-lock-retain-until-date", "2013-05-24T00:00:00Z"},
            {"x-amz-security-token", "token"},
            {"x-amz-server-side-encryption", "AES256"},
            {"x-amz-storage-class", "STANDARD_IA"}};
        QCOMPARE(recorder.header("Content-Type"), QByteArray("image/jpeg"));
        QCOMPARE(recorder.header("If-None-Match"), QByteArray("*"));
        for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
            QVERIFY2(recorder.signedNames().contains(it.key()), it.key());
            if (it.key().startsWith("x-amz-"))
                QCOMPARE(recorder.header(it.key()), it.value());
        }
    }

    void conditionOfAMultipartUploadComesLast()
    {
        PutOptions once;
        once.onlyIfAbsent = true;
        once.retention = Retention{Retention::Mode::Governance, 1'369'353'600'000};
        Recorder create(
            "<InitiateMultipartUploadResult><UploadId>u/+</UploadId></InitiateMultipartUploadResult>");
        const auto id =
            resultOf(makeClient(optionsFor(create))->createMultipartUpload(QStringLiteral("a"), once));
        S3_VERIFY(id);
        QCOMPARE(create.line(), QByteArray("POST /bucket/a?uploads= HTTP/1.1"));
        QVERIFY(create.header("If-None-Match").isEmpty());
        QCOMPARE(create.header("x-amz-object-lock-mode"), QByteArray("GOVERNANCE"));
        QCOMPARE(create.header("Content-Length"), QByteArray("0"));
        Recorder complete("<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>");
        S3_VERIFY(resultOf(makeClient(optionsFor(complete))
                               ->completeMultipartUpload(QStringLiteral("a"), *id, {{1, "e", {}, 1}}, true)));
        QCOMPARE(complete.line(), QByteArray("POST /bucket/a?uploadId=u%2F%2B HTTP/1.1"));
        QCOMPARE(complete.header("If-None-Match"), QByteArray("*"));
        QCOMPARE(complete.header("Content-MD5"), md5Of(complete.body()).toBase64());
    }

    void expectFollowsTheProfileAndTheSize()
    {
        Recorder recorder;
        ClientOptions options = optionsFor(recorder);
        const QByteArray large = contentOf(2 << 20);
        for (const bool does : {true, false}) {
            options.profile.expectContinue = does;
            const auto client = makeClient(options);
            S3_VERIFY(resultOf(client->putObject(QStringLiteral("a"), Body::ofBytes(large))));
            QCOMPARE(recorder.header("Expect"), does ? QByteArray("100-continue") : QByteArray());
            S3_VERIFY(resultOf(client->putObject(QStringLiteral("a"), Body::ofBytes("small"))));
            QVERIFY(recorder.header("Expect").isEmpty());
        }
    }

    void listsFollowTheProfile()
    {
        Recorder recorder("<ListBucketResult/>");
        ClientOptions options = optionsFor(recorder);
        ListRequest request;
        request.prefix = QStringLiteral("a b/");
        request.token = "t/+";
        S3_VERIFY(resultOf(makeClient(options)->listObjects(request)));
        QCOMPARE(recorder.line(),
                 QByteArray("GET /bucket?continuation-token=t%2F%2B&encoding-type=url&list-type=2"
                            "&max-keys=1000&prefix=a%20b%2F HTTP/1.1"));
        options.profile.listVersion = 1;
        options.profile.urlEncodesLists = false;
        S3_VERIFY(resultOf(makeClient(options)->listObjects(request)));
        QCOMPARE(recorder.line(),
                 QByteArray("GET /bucket?marker=t%2F%2B&max-keys=1000&prefix=a%20b%2F HTTP/1.1"));
    }

    void rangesIncludeTheirLastByte()
    {
        Recorder recorder;
        QVERIFY(
            !resultOf(makeClient(optionsFor(recorder))->getObject(QStringLiteral("a"), ByteRange{10, 5})));
        QCOMPARE(recorder.header("Range"), QByteArray("bytes=10-14"));
    }

    void headReadsWhatTheServerConfirms()
    {
        Recorder recorder({}, "ETag: \"abc\"\r\nLast-Modified: Fri, 24 May 2013 00:00:00 GMT\r\n"
                              "Content-Type: video/mp4\r\nX-Amz-Meta-Camera: Front door\r\n"
                              "x-amz-storage-class: STANDARD_IA\r\nx-amz-server-side-encryption: AES256\r\n"
                              "x-amz-object-lock-mode: GOVERNANCE\r\n"
                              "x-amz-object-lock-retain-until-date: 2013-05-25T00:00:00.000Z\r\n"
                              "x-amz-version-id: v1\r\n");
        const auto info = resultOf(makeClient(optionsFor(recorder))->headObject(QStringLiteral("a"), "v/1"));
        S3_VERIFY(info);
        QCOMPARE(recorder.line(), QByteArray("HEAD /bucket/a?versionId=v%2F1 HTTP/1.1"));
        QCOMPARE(info->etag, QByteArray("abc"));
        QCOMPARE(info->modified, 1'369'353'600'000);
        QCOMPARE(info->contentType, QByteArray("video/mp4"));
        QCOMPARE(info->metadata.value("camera"), QByteArray("Front door"));
        QCOMPARE(info->storageClass, QByteArray("STANDARD_IA"));
        QVERIFY(info->isEncrypted);
        QVERIFY(info->retention == (Retention{Retention::Mode::Governance, 1'369'440'000'000}));
        QCOMPARE(info->versionId, QByteArray("v1"));
    }

    // With a key of the account, which a bucket may demand, no server's ETag is an MD5.
    void etagOfAnEncryptedObjectIsNotCompared()
    {
        Recorder recorder({}, "ETag: \"" + QByteArray(32, 'a') +
                                  "\"\r\nx-amz-server-side-encryption: aws:kms\r\n");
        const auto put =
            resultOf(makeClient(optionsFor(recorder))->putObject(QStringLiteral("a"), Body::ofBytes("abc")));
        S3_VERIFY(put);
        QVERIFY(!put->isVerified);
    }
};

GATEHOUSE_TEST(S3RequestsTest)
#include "requests_test.moc"
