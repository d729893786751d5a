// S3's documents, as servers really write them, and what a broken or hostile server may write.
#include "s3/answers.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse::s3;

namespace
{

const QByteArray kList =
    R"(<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
<Name>b</Name><Prefix>a%20b</Prefix><KeyCount>2</KeyCount><EncodingType>url</EncodingType>
<IsTruncated>true</IsTruncated><NextContinuationToken>1ueG&amp;c=</NextContinuationToken>
<Contents><Key>a%20b/T%C3%BCr%2B1.jpg</Key><LastModified>2026-11-21T14:03:22.480Z</LastModified>
<ETag>&quot;9b2cf535f27731c974343645a3985328&quot;</ETag><Size>434234</Size><StorageClass>STANDARD</StorageClass>
<Owner><ID>x</ID></Owner></Contents>
<Contents><Key>c+d</Key><LastModified>2026-11-21T14:03:22Z</LastModified><Size>0</Size></Contents>
<CommonPrefixes><Prefix>e%2F</Prefix></CommonPrefixes></ListBucketResult>)";

const QByteArray kParts = R"(<ListPartsResult><UploadId>u</UploadId><IsTruncated>true</IsTruncated>
<NextPartNumberMarker>2</NextPartNumberMarker>
<Part><PartNumber>1</PartNumber><ETag>"aa"</ETag><Size>5242880</Size></Part>
<Part><PartNumber>2</PartNumber><ETag>"bb"</ETag><Size>7</Size></Part></ListPartsResult>)";

const QByteArray kUploads = R"(<ListMultipartUploadsResult><EncodingType>url</EncodingType>
<IsTruncated>true</IsTruncated><NextKeyMarker>k%2B</NextKeyMarker><NextUploadIdMarker>u2</NextUploadIdMarker>
<Upload><Key>k%20</Key><UploadId>u1</UploadId><Initiated>2026-11-21T14:03:22.000Z</Initiated></Upload>
</ListMultipartUploadsResult>)";

const QByteArray kInitiated = "<InitiateMultipartUploadResult><Bucket>b</Bucket><UploadId>VX~.-_</UploadId></"
                              "InitiateMultipartUploadResult>";
const QByteArray kCompleted = "<CompleteMultipartUploadResult><ETag>\"3858f62230ac3c915f300c664312c11f-9\"</"
                              "ETag></CompleteMultipartUploadResult>";

} // namespace

class S3AnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLists()
    {
        const auto page = readListPage(kList);
        QVERIFY(page);
        QCOMPARE(page->objects.size(), 2);
        QCOMPARE(page->objects[0].key, QStringLiteral("a b/Tür+1.jpg"));
        QCOMPARE(page->objects[0].size, 434'234);
        QCOMPARE(page->objects[0].etag, QByteArray("9b2cf535f27731c974343645a3985328"));
        QCOMPARE(page->objects[0].modified, 1'795'269'802'480);
        QCOMPARE(page->objects[0].storageClass, QByteArray("STANDARD"));
        QCOMPARE(page->objects[1].key, QStringLiteral("c d"));
        QCOMPARE(page->prefixes, QStringList{QStringLiteral("e/")});
        QCOMPARE(page->nextToken, QByteArray("1ueG&c="));
    }

    void keysThatAreNotEncodedStay()
    {
        const QByteArray xml = "<ListBucketResult><Contents><Key>a+b%20c</Key></Contents></ListBucketResult>";
        QCOMPARE(readListPage(xml)->objects.value(0).key, QStringLiteral("a+b%20c"));
    }

    void versionOneGoesOnAfterTheLastKey()
    {
        const QByteArray xml =
            "<ListBucketResult><IsTruncated>true</IsTruncated>"
            "<Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents></ListBucketResult>";
        QCOMPARE(readListPage(xml)->nextToken, QByteArray("b"));
        const QByteArray marked =
            "<ListBucketResult><IsTruncated>true</IsTruncated><NextMarker>c</NextMarker></ListBucketResult>";
        QCOMPARE(readListPage(marked)->nextToken, QByteArray("c"));
        QVERIFY(!readListPage("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
    }

    void readsUploads()
    {
        const auto parts = readPartPage(kParts);
        QVERIFY(parts);
        QCOMPARE(parts->parts.size(), 2);
        QCOMPARE(parts->parts[1].number, 2);
        QCOMPARE(parts->parts[1].etag, QByteArray("bb"));
        QCOMPARE(parts->parts[0].size, 5'242'880);
        QCOMPARE(parts->nextMarker, 2);
        const auto uploads = readUploadPage(kUploads);
        QVERIFY(uploads);
        QCOMPARE(uploads->uploads.value(0).key, QStringLiteral("k "));
        QCOMPARE(uploads->uploads.value(0).uploadId, QByteArray("u1"));
        QVERIFY(uploads->uploads.value(0).started > 0);
        QCOMPARE(uploads->nextKeyMarker, QStringLiteral("k+"));
        QCOMPARE(uploads->nextUploadIdMarker, QByteArray("u2"));
        QCOMPARE(readUploadId(kInitiated), QByteArray("VX~.-_"));
        QCOMPARE(readCompleted(kCompleted)->etag, QByteArray("3858f62230ac3c915f300c664312c11f-9"));
        QCOMPARE(readLocation("<LocationConstraint>EU</LocationConstraint>"), QStringLiteral("EU"));
        QCOMPARE(readLocation("<LocationConstraint xmlns=\"x\"/>"), QString());
    }

    void goesOnWhereMarkersAreMissing()
    {
        QByteArray parts = kParts;
        parts.replace("<NextPartNumberMarker>2</NextPartNumberMarker>", "");
        QCOMPARE(readPartPage(parts)->nextMarker, 2);
        QVERIFY(!readPartPage("<ListPartsResult><IsTruncated>true</IsTruncated></ListPartsResult>"));
        QByteArray uploads = kUploads;
        uploads.replace("<NextKeyMarker>k%2B</NextKeyMarker><NextUploadIdMarker>u2</NextUploadIdMarker>", "");
        QCOMPARE(readUploadPage(uploads)->nextKeyMarker, QStringLiteral("k "));
        QCOMPARE(readUploadPage(uploads)->nextUploadIdMarker, QByteArray("u1"));
        QVERIFY(!readUploadPage("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>"
                                "</ListMultipartUploadsResult>"));
    }

    void refusesWrongNumbersAndEmptyKeys()
    {
        for (const char *wrong : {"", "x", "-1", "3000000000", "1.5"}) {
            QByteArray parts = kParts;
            parts.replace("<PartNumber>1<", "<PartNumber>" + QByteArray(wrong) + '<');
            QVERIFY2(!readPartPage(parts), wrong);
        }
        QByteArray list = kList;
        list.replace("<Size>434234<", "<Size>-4<");
        QVERIFY(!readListPage(list));
        list = kList;
        list.replace("<Key>c+d<", "<Key><");
        QVERIFY(!readListPage(list));
    }

    void dropsQuotesOfEtags()
    {
        QCOMPARE(withoutQuotes("\"abc\""), QByteArray("abc"));
        QCOMPARE(withoutQuotes("W/\"abc\""), QByteArray("abc"));
        QCOMPARE(withoutQuotes("abc"), QByteArray("abc"));
    }

    void readsErrors()
    {
        const auto error =
            readError("<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>m</Message>"
                      "<Region>eu-west-1</Region><RequestId>r</RequestId></Error>");
        QVERIFY(error);
        QCOMPARE(error->code, QStringLiteral("NoSuchKey"));
        QCOMPARE(error->message, QStringLiteral("m"));
        QCOMPARE(error->region, QStringLiteral("eu-west-1"));
        QCOMPARE(error->requestId, QStringLiteral("r"));
        QCOMPARE(readError("<Error><Code>SlowDown</Code><Mess")->code, QStringLiteral("SlowDown"));
        QVERIFY(!readError("<html><body>Error</body></html>"));
        QVERIFY(!readError("<Error></Error>"));
    }

    // A listing that breaks off would look like one with fewer objects.
    void refusesWhatBreaksOff()
    {
        for (qsizetype size = 0; size < kList.size(); ++size)
            QVERIFY2(!readListPage(kList.left(size)), qPrintable(QString::number(size)));
        for (qsizetype size = 0; size < kParts.size(); ++size)
            QVERIFY(!readPartPage(kParts.left(size)));
        for (qsizetype size = 0; size < kUploads.size(); ++size)
            QVERIFY(!readUploadPage(kUploads.left(size)));
        for (qsizetype size = 0; size < kCompleted.size(); ++size)
            QVERIFY(!readCompleted(kCompleted.left(size)));
        for (qsizetype size = 0; size < kInitiated.size(); ++size)
            QVERIFY(!readUploadId(kInitiated.left(size)));
    }

    void refusesOtherDocuments()
    {
        QVERIFY(!readListPage(kParts));
        QVERIFY(!readCompleted("<Error><Code>InternalError</Code></Error>"));
        QVERIFY(!readListPage(kList + "<again/>"));
    }

    void refusesBombs()
    {
        QByteArray entities = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\">";
        QByteArray last = "a";
        for (const char *name : {"b", "c", "d", "e", "f", "g", "h"}) {
            entities +=
                QByteArray("<!ENTITY ") + name + " \"" + QByteArray("&" + last + ";").repeated(10) + "\">";
            last = name;
        }
        QVERIFY(!readListPage(entities + "]><ListBucketResult><Name>&h;</Name></ListBucketResult>"));
        const QByteArray deep = QByteArray("<CommonPrefixes>").repeated(100'000);
        QVERIFY(!readListPage("<ListBucketResult>" + deep));
    }

    void survivesDamage()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int i = 0; i < 5000; ++i) {
            QByteArray xml = kList;
            for (int n = random.bounded(1, 6); n > 0; --n)
                xml[random.bounded(int(xml.size()))] = char(random.bounded(256));
            if (const auto page = readListPage(xml))
                QVERIFY(page->objects.size() <= 2);
        }
    }

    void writesTheParts()
    {
        QCOMPARE(
            completionDocument({{1, "aa", {}, 5}, {2, "b<b", {}, 5}}),
            QByteArray(
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&quot;aa&quot;</ETag></Part>"
                "<Part><PartNumber>2</PartNumber><ETag>&quot;b&lt;b&quot;</ETag></Part>"
                "</CompleteMultipartUpload>"));
    }

    void readsTimes()
    {
        QCOMPARE(timeFromHttp("Fri, 24 May 2013 00:00:00 GMT"), 1'369'353'600'000);
        QCOMPARE(timeFromHttp("soon"), 0);
        QCOMPARE(timeFromIso(QStringLiteral("2013-05-24T00:00:00.000Z")), 1'369'353'600'000);
        QCOMPARE(timeFromIso(QStringLiteral("2013-05-24T02:00:00+02:00")), 1'369'353'600'000);
        QCOMPARE(timeFromIso(QStringLiteral("2013-05-24T00:00:00.123456789Z")) / 1000, 1'369'353'600);
        QCOMPARE(timeFromIso(QStringLiteral("today")), 0);
    }
};

GATEHOUSE_TEST(S3AnswersTest)
#include "answers_test.moc"
