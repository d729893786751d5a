// The copier against a real server: the bucket and the catalog say the same, also after it was cut off.
#include "db/connection.h"
#include "offsite/transfer.h"
#include "offsite_fixture.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QRandomGenerator>

using namespace gatehouse;
using namespace gatehouse::offsite;
using namespace gatehouse::tests;

namespace
{

constexpr qsizetype kLongFile = 21 << 20; // bytes: three parts

} // namespace

class OffsiteCephTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        GATEHOUSE_NEEDS_CEPH();
        m_server = std::make_unique<CephServer>();
        QVERIFY2(m_server->start(), qPrintable(m_server->lastError()));
    }

    void init()
    {
        m_name = QStringLiteral("offsite%1").arg(++m_buckets);
        createBucket(*m_server, m_name);
        m_client = makeClient(clientOptions());
        m_fixture = std::make_unique<OffsiteFixture>();
    }
    void cleanup()
    {
        m_fixture.reset();
        m_client.reset();
    }

    void bucketEqualsTheCatalog()
    {
        m_fixture->run(options());
        addSome();
        QVERIFY(m_fixture->waitUntilAllDurable(8));
        compareWithTheBucket();
    }

    void runsThatAreCutOffLoseNothing()
    {
        m_fixture->run(options());
        addSome();
        QRandomGenerator random(1);
        for (int i = 0; i < 15; ++i) {
            QTest::qWait(int(random.bounded(60)));
            m_fixture->restart(); // whatever it was doing
            m_fixture->run(options());
        }
        QVERIFY(m_fixture->waitUntilAllDurable(8));
        compareWithTheBucket();
    }

    void partsOfAnEarlierRunStay()
    {
        QVERIFY(m_fixture->copier->apply(options())); // not started
        const QByteArray bytes = contentOf(kLongFile);
        const ItemId item = m_fixture->add(Kind::Clip, bytes, QStringLiteral("a.mp4"));
        const PartId part{item, Part::Original};
        const QString key = QStringLiteral("home/cameras/Door/a.mp4");
        const qint64 partSize = partSizeFor(kLongFile, m_client->profile());
        s3::PutOptions put;
        put.metadata.insert("sha256", s3::sha256Of(bytes).toHex());
        const auto upload = resultOf(m_client->createMultipartUpload(key, put));
        S3_VERIFY(upload);
        S3_VERIFY(resultOf(m_client->uploadPart(key, *upload, 1, s3::Body::ofBytes(bytes.left(partSize)))));
        // The second is not what it should be.
        S3_VERIFY(resultOf(
            m_client->uploadPart(key, *upload, 2, s3::Body::ofBytes(contentOf(qsizetype(partSize), 9)))));
        const auto stale = resultOf(m_client->createMultipartUpload(QStringLiteral("home/cameras/x"), put));
        S3_VERIFY(stale);
        QVERIFY(*m_fixture->operate(BeginUpload{part, key, kLongFile}));
        QVERIFY(*m_fixture->operate(KeepUploadId{part, *upload, partSize}));
        m_fixture->restart();
        m_fixture->run(options());
        QVERIFY(m_fixture->waitUntilDurable(1));
        compareWithTheBucket();
        const auto left = resultOf(m_client->listMultipartUploads(QStringLiteral("home/")));
        S3_VERIFY(left);
        QVERIFY(left->uploads.isEmpty()); // the stale one is aborted
    }

    void lostAnswerMakesNoSecondObject()
    {
        QVERIFY(m_fixture->copier->apply(options()));
        const QByteArray bytes = contentOf(kLongFile);
        const ItemId item = m_fixture->add(Kind::Clip, bytes, QStringLiteral("a.mp4"));
        const PartId part{item, Part::Original};
        const QString key = QStringLiteral("home/cameras/Door/a.mp4");
        const qint64 partSize = partSizeFor(kLongFile, m_client->profile());
        s3::PutOptions put;
        put.metadata.insert("sha256", s3::sha256Of(bytes).toHex());
        const auto upload = resultOf(m_client->createMultipartUpload(key, put));
        S3_VERIFY(upload);
        QVector<s3::UploadedPart> parts;
        for (qint64 at = 0; at < kLongFile; at += partSize) {
            const auto sent = resultOf(m_client->uploadPart(key, *upload, int(parts.size()) + 1,
                                                            s3::Body::ofBytes(bytes.mid(at, partSize))));
            S3_VERIFY(sent);
            parts.append(*sent);
        }
        S3_VERIFY(resultOf(m_client->completeMultipartUpload(key, *upload, parts)));
        const auto before = resultOf(m_client->headObject(key));
        S3_VERIFY(before);
        QVERIFY(*m_fixture->operate(BeginUpload{part, key, kLongFile}));
        QVERIFY(*m_fixture->operate(KeepUploadId{part, *upload, partSize}));
        m_fixture->restart();
        QTest::qWait(1'100); // its date has whole seconds
        m_fixture->run(options());
        QVERIFY(m_fixture->waitUntilDurable(1));
        const auto after = resultOf(m_client->headObject(key));
        S3_VERIFY(after);
        QCOMPARE(after->modified, before->modified); // not sent again
        compareWithTheBucket();
    }

private:
    s3::ClientOptions clientOptions() const
    {
        return optionsFor(m_server->httpEndpoint(), m_name, m_server->owner());
    }
    Options options() const { return m_fixture->options(clientOptions()); }

    void addSome()
    {
        for (int i = 0; i < 7; ++i)
            m_fixture->add(Kind::Still, contentOf(200'000, quint32(i)),
                           QString::fromUtf8("süd %1?.jpg").arg(i));
        m_fixture->add(Kind::Clip, contentOf(kLongFile, 99), QStringLiteral("long.mp4"));
    }

    // Size, checksum and key of each, and nothing else.
    void compareWithTheBucket()
    {
        QMap<QString, qint64> there;
        s3::ListRequest request;
        for (;;) {
            const auto page = resultOf(m_client->listObjects(request));
            S3_VERIFY(page);
            for (const s3::ListedObject &object : page->objects)
                there.insert(object.key, object.size);
            if (page->nextToken.isEmpty())
                break;
            request.token = page->nextToken;
        }
        auto db = std::move(
            *db::Connection::open({m_fixture->folder.filePath(QStringLiteral("catalog.sqlite")), true}));
        db::Statement row = db->query("SELECT key, bytes, etag, sha256 FROM outbox WHERE state = 3");
        int rows = 0;
        for (; row.step(); ++rows) {
            const QString key = row.text(0);
            QCOMPARE(there.value(key, -1), row.integer(1));
            const auto head = resultOf(m_client->headObject(key));
            S3_VERIFY(head);
            QCOMPARE(QString::fromLatin1(head->etag), row.text(2));
            QCOMPARE(head->metadata.value("sha256"), row.blob(3).toHex());
            const auto fetched = resultOf(m_client->getObject(key));
            S3_VERIFY(fetched);
            QCOMPARE(s3::sha256Of(fetched->bytes), row.blob(3));
        }
        QCOMPARE(rows, int(there.size()));
    }

    std::unique_ptr<CephServer> m_server;
    std::unique_ptr<s3::Client> m_client;
    std::unique_ptr<OffsiteFixture> m_fixture;
    QString m_name;
    int m_buckets = 0;
};

GATEHOUSE_TEST(OffsiteCephTest)
#include "ceph_copy_test.moc"
