// What the test of a bucket finds out about real ones, and about servers that only pretend.
#include "s3/bucket_test.h"
#include "s3_fixture.h"
#include "support/fault_server.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::s3;
using namespace gatehouse::tests;

namespace
{

const QString kPrefix = QStringLiteral("house/");

const QByteArray kPolicy =
    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
    "\"Principal\":{\"AWS\":[\"arn:aws:iam:::user/guest\"]},"
    "\"Action\":[\"s3:PutObject\",\"s3:GetObject\",\"s3:ListBucket\",\"s3:ListMultipartUploadParts\","
    "\"s3:AbortMultipartUpload\",\"s3:ListBucketMultipartUploads\"],"
    "\"Resource\":[\"arn:aws:s3:::careful\",\"arn:aws:s3:::careful/*\"]}]}";

BucketReport reportOf(Client &client, const Clock &clock)
{
    QFuture<BucketReport> future = testBucket(client, clock, kPrefix);
    future.waitForFinished();
    return future.resultCount() > 0 ? future.result() : BucketReport();
}

Verdict verdictOf(const BucketReport &report, BucketCheck check)
{
    const BucketFinding *finding = report.find(check);
    if (finding)
        return finding->verdict;
    QTest::qFail("a check is missing", __FILE__, __LINE__);
    return Verdict::Bad;
}

} // namespace

class S3BucketTestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        GATEHOUSE_NEEDS_CEPH();
        m_server = std::make_unique<CephServer>();
        QVERIFY2(m_server->start(), qPrintable(m_server->lastError()));
    }

    void plainBucketIsUsableAndCleanAfterwards()
    {
        createBucket(*m_server, QStringLiteral("plain"));
        const auto client = makeClient(options("plain"), m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        for (const BucketFinding &finding : report.findings)
            qInfo("%s", qPrintable(finding.text));
        QCOMPARE(report.findings.size(), 9);
        QVERIFY(report.isUsable());
        for (const BucketCheck check :
             {BucketCheck::Write, BucketCheck::Clock, BucketCheck::Checksum, BucketCheck::Multipart,
              BucketCheck::List, BucketCheck::Read, BucketCheck::ConditionalWrite})
            QCOMPARE(verdictOf(report, check), Verdict::Good);
        QVERIFY(report.refusesDamage);
        QVERIFY(report.isConditionalPutReal);
        QVERIFY(!report.isLockReal);
        QCOMPARE(verdictOf(report, BucketCheck::Lock), Verdict::Limited);
        QVERIFY(report.canDelete);
        const auto left = resultOf(client->listObjects({}));
        S3_VERIFY(left);
        QVERIFY(left->objects.isEmpty());
        const auto uploads = resultOf(client->listMultipartUploads({}));
        S3_VERIFY(uploads);
        QVERIFY(uploads->uploads.isEmpty());
    }

    void lockedBucketKeepsItsLock()
    {
        createBucket(*m_server, QStringLiteral("vault"), true);
        const auto client = makeClient(options("vault"), m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        QVERIFY(report.isUsable());
        QVERIFY(report.isLockReal);
        QCOMPARE(verdictOf(report, BucketCheck::Lock), Verdict::Good);
        QVERIFY(report.canDelete);
    }

    // The everyday key: it may write, list and read, but not delete.
    void keyThatCannotDeleteIsRecognized()
    {
        createBucket(*m_server, QStringLiteral("careful"));
        QVERIFY(sendSigned(m_server->httpEndpoint(), m_server->owner(), "PUT", "/careful", {{"policy", {}}},
                           kPolicy) < 300);
        ClientOptions guest = options("careful");
        guest.credentials = {m_server->guest().accessKey, m_server->guest().secretKey};
        const auto client = makeClient(guest, m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        QVERIFY(report.isUsable());
        QVERIFY(!report.canDelete);
        QCOMPARE(verdictOf(report, BucketCheck::Delete), Verdict::Good);
        QVERIFY(report.find(BucketCheck::Delete)->text.contains(kPrefix));
    }

    // A server that is busy while locks are tested has not said that it has none.
    void busyServerIsNoFinding()
    {
        createBucket(*m_server, QStringLiteral("busy"), true);
        const quint16 port = m_server->httpPort();
        FaultServer busy([&](FaultConnection &connection) {
            if (connection.readHead().isEmpty())
                return;
            const QByteArray body = connection.readBody();
            if (connection.header("x-amz-object-lock-mode").isEmpty())
                connection.send(connection.forward(port, body));
            else
                connection.answerError("503 Slow Down", "SlowDown", "Connection: close\r\n");
        });
        ClientOptions behind = options("busy");
        behind.address.endpoint = QStringLiteral("http://127.0.0.1:%1").arg(busy.port());
        const auto client = makeClient(behind, m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        QCOMPARE(verdictOf(report, BucketCheck::Lock), Verdict::Limited);
        QVERIFY(!report.isLockReal);
        QVERIFY2(report.find(BucketCheck::Lock)->text.contains(QLatin1String("could not be tested")),
                 qPrintable(report.find(BucketCheck::Lock)->text));
    }

    void wrongKeyIsTheOnlyFinding()
    {
        createBucket(*m_server, QStringLiteral("closed"));
        ClientOptions wrong = options("closed");
        wrong.credentials.secretKey = "wrong";
        const auto client = makeClient(wrong, m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        QCOMPARE(report.findings.size(), 1);
        QVERIFY(!report.isUsable());
        QVERIFY(report.findings[0].text.contains(QLatin1String("secret key")));
    }

    void wrongClockIsFound()
    {
        createBucket(*m_server, QStringLiteral("clock"));
        WrongClock slow;
        slow.add(-7'200'000);
        const auto client = makeClient(options("clock"), slow);
        const BucketReport report = reportOf(*client, slow);
        QVERIFY(report.isUsable());
        QCOMPARE(verdictOf(report, BucketCheck::Clock), Verdict::Limited);
        QVERIFY(report.find(BucketCheck::Clock)->text.contains(QLatin1String("2 h behind")) ||
                report.find(BucketCheck::Clock)->text.contains(QLatin1String("1 h 59 min behind")));
    }

    // A server that drops the headers it does not understand, as some do: locks, conditions and checksums.
    void ignoredHeadersAreNotBelieved()
    {
        createBucket(*m_server, QStringLiteral("liar"));
        const quint16 port = m_server->httpPort();
        const auto upstream = m_server->owner();
        FaultServer liar([&](FaultConnection &connection) {
            const QByteArray head = connection.readHead();
            if (head.isEmpty())
                return;
            const QByteArray body = connection.readBody();
            // Everything is signed, so that what is passed on has to be signed again, without what is
            // dropped.
            const QByteArray target = connection.requestLine().split(' ').value(1);
            const bool isPut = head.startsWith("PUT") && !target.contains('?');
            if (!isPut)
                return connection.send(connection.forward(port, body));
            const QByteArray path = target;
            const int status =
                sendSigned(QStringLiteral("http://127.0.0.1:%1").arg(port), upstream, "PUT", path, {}, body);
            connection.answer(status == 200 ? "200 OK" : "500 Oops", {}, "Connection: close\r\n");
        });
        ClientOptions lied = options("liar");
        lied.address.endpoint = QStringLiteral("http://127.0.0.1:%1").arg(liar.port());
        const auto client = makeClient(lied, m_clock);
        const BucketReport report = reportOf(*client, m_clock);
        QVERIFY(report.isUsable());
        QVERIFY(!report.refusesDamage);
        QVERIFY(!report.isConditionalPutReal);
        QVERIFY(!report.isLockReal);
        QVERIFY(report.find(BucketCheck::Lock)->text.contains(QLatin1String("ignores")));
    }

    void cancellationEndsIt()
    {
        createBucket(*m_server, QStringLiteral("cancelled"));
        auto client = makeClient(options("cancelled"), m_clock);
        QFuture<BucketReport> future = testBucket(*client, m_clock, kPrefix);
        future.cancel();
        client.reset();
        QVERIFY(future.resultCount() == 0);
    }

private:
    ClientOptions options(const char *bucket)
    {
        return optionsFor(m_server->httpEndpoint(), QString::fromLatin1(bucket), m_server->owner());
    }

    WrongClock m_clock;
    std::unique_ptr<CephServer> m_server;
};

GATEHOUSE_TEST(S3BucketTestTest)
#include "bucket_test_test.moc"
