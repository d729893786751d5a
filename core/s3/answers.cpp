#include "s3/answers.h"

#include "s3/uri.h"

#include <QDateTime>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <algorithm>
#include <curl/curl.h>
#include <limits>

namespace gatehouse::s3
{

namespace
{

constexpr int kMaxDepth = 8; // elements; S3's deepest document has 4

// Walks a document element by element; every handler must consume its element.
class AnswerReader
{
public:
    explicit AnswerReader(const QByteArray &xml) : m_xml(xml) {}

    bool enter(const char *root)
    {
        return m_xml.readNextStartElement() && m_xml.name() == QLatin1String(root);
    }

    // For each child of the current element: handle(name), which reads it, or false to skip it.
    template<typename Handle>
    void children(Handle handle)
    {
        if (++m_depth > kMaxDepth)
            m_xml.raiseError(QStringLiteral("nested too deeply"));
        while (m_xml.readNextStartElement()) {
            if (!handle(m_xml.name()))
                m_xml.skipCurrentElement();
        }
        --m_depth;
    }

    QString text() { return m_xml.readElementText(QXmlStreamReader::SkipChildElements); }
    QByteArray bytes() { return text().toUtf8(); }
    // From 0 up; anything else makes the document invalid.
    qint64 number(qint64 most = std::numeric_limits<qint64>::max())
    {
        bool isNumber = false;
        const qint64 out = text().toLongLong(&isNumber);
        if (!isNumber || out < 0 || out > most)
            m_xml.raiseError(QStringLiteral("not such a number"));
        return out;
    }
    int smallNumber() { return int(number(std::numeric_limits<int>::max())); }
    QString key()
    {
        const QString out = text();
        if (out.isEmpty())
            m_xml.raiseError(QStringLiteral("an empty key"));
        return out;
    }
    bool flag() { return text() == QLatin1String("true"); }

    // Nothing may follow or be missing.
    bool isComplete()
    {
        while (!m_xml.atEnd())
            m_xml.readNext();
        return !m_xml.hasError();
    }

private:
    QXmlStreamReader m_xml;
    int m_depth = 0;
};

QString decodedKey(const QString &key, bool isEncoded)
{
    return isEncoded ? QString::fromUtf8(uriDecoded(key.toUtf8())) : key;
}

template<typename T>
std::optional<T> ifComplete(AnswerReader &reader, T value)
{
    if (!reader.isComplete())
        return std::nullopt;
    return value;
}

// Where version 1 goes on. Servers differ in whether they encode NextMarker, and leave it out without a
// delimiter; it is the last of what they listed.
QByteArray lastKey(const ListPage &page, const QString &nextMarker)
{
    const QByteArray object = page.objects.isEmpty() ? QByteArray() : page.objects.last().key.toUtf8();
    const QByteArray prefix = page.prefixes.isEmpty() ? QByteArray() : page.prefixes.last().toUtf8();
    const QByteArray last = std::max(object, prefix);
    return last.isEmpty() ? nextMarker.toUtf8() : last;
}

ListedObject readContents(AnswerReader &reader)
{
    ListedObject out;
    reader.children([&](QStringView name) {
        if (name == u"Key")
            out.key = reader.key();
        else if (name == u"Size")
            out.size = reader.number();
        else if (name == u"ETag")
            out.etag = withoutQuotes(reader.bytes());
        else if (name == u"LastModified")
            out.modified = timeFromIso(reader.text());
        else if (name == u"StorageClass")
            out.storageClass = reader.bytes();
        else
            return false;
        return true;
    });
    return out;
}

UploadedPart readPart(AnswerReader &reader)
{
    UploadedPart out;
    reader.children([&](QStringView name) {
        if (name == u"PartNumber")
            out.number = reader.smallNumber();
        else if (name == u"ETag")
            out.etag = withoutQuotes(reader.bytes());
        else if (name == u"Size")
            out.size = reader.number();
        else
            return false;
        return true;
    });
    return out;
}

PendingUpload readUpload(AnswerReader &reader)
{
    PendingUpload out;
    reader.children([&](QStringView name) {
        if (name == u"Key")
            out.key = reader.key();
        else if (name == u"UploadId")
            out.uploadId = reader.bytes();
        else if (name == u"Initiated")
            out.started = timeFromIso(reader.text());
        else
            return false;
        return true;
    });
    return out;
}

} // namespace

QByteArray withoutQuotes(QByteArray etag)
{
    if (etag.startsWith("W/\""))
        etag.remove(0, 2);
    if (etag.size() >= 2 && etag.startsWith('"') && etag.endsWith('"'))
        return etag.mid(1, etag.size() - 2);
    return etag;
}

qint64 timeFromIso(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

qint64 timeFromHttp(const QByteArray &text)
{
    const time_t seconds = curl_getdate(text.constData(), nullptr);
    return seconds < 0 ? 0 : qint64(seconds) * 1000;
}

std::optional<ErrorDocument> readError(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("Error"))
        return std::nullopt;
    ErrorDocument out;
    reader.children([&](QStringView name) {
        if (name == u"Code")
            out.code = reader.text();
        else if (name == u"Message")
            out.message = reader.text();
        else if (name == u"RequestId")
            out.requestId = reader.text();
        else if (name == u"Region")
            out.region = reader.text();
        else
            return false;
        return true;
    });
    // One that breaks off after the code still says what is wrong.
    if (out.code.isEmpty())
        return std::nullopt;
    return out;
}

std::optional<ListPage> readListPage(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("ListBucketResult"))
        return std::nullopt;
    ListPage out;
    bool isEncoded = false;
    bool isTruncated = false;
    QString nextMarker;
    reader.children([&](QStringView name) {
        if (name == u"Contents")
            out.objects.append(readContents(reader));
        else if (name == u"CommonPrefixes")
            reader.children([&](QStringView inner) {
                if (inner != u"Prefix")
                    return false;
                out.prefixes.append(reader.text());
                return true;
            });
        else if (name == u"EncodingType")
            isEncoded = reader.text() == QLatin1String("url");
        else if (name == u"IsTruncated")
            isTruncated = reader.flag();
        else if (name == u"NextContinuationToken")
            out.nextToken = reader.bytes();
        else if (name == u"NextMarker")
            nextMarker = reader.text();
        else
            return false;
        return true;
    });
    for (ListedObject &object : out.objects)
        object.key = decodedKey(object.key, isEncoded);
    for (QString &prefix : out.prefixes)
        prefix = decodedKey(prefix, isEncoded);
    if (!isTruncated)
        out.nextToken.clear();
    else if (out.nextToken.isEmpty())
        out.nextToken = lastKey(out, nextMarker);
    if (isTruncated && out.nextToken.isEmpty())
        return std::nullopt; // the rest cannot be asked for
    return ifComplete(reader, out);
}

std::optional<PartPage> readPartPage(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("ListPartsResult"))
        return std::nullopt;
    PartPage out;
    bool isTruncated = false;
    reader.children([&](QStringView name) {
        if (name == u"Part")
            out.parts.append(readPart(reader));
        else if (name == u"IsTruncated")
            isTruncated = reader.flag();
        else if (name == u"NextPartNumberMarker")
            out.nextMarker = reader.smallNumber();
        else
            return false;
        return true;
    });
    if (!isTruncated)
        out.nextMarker = 0;
    else if (out.nextMarker == 0 && !out.parts.isEmpty())
        out.nextMarker = out.parts.last().number;
    if (isTruncated && out.nextMarker == 0)
        return std::nullopt; // the rest cannot be asked for
    return ifComplete(reader, out);
}

std::optional<UploadPage> readUploadPage(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("ListMultipartUploadsResult"))
        return std::nullopt;
    UploadPage out;
    bool isEncoded = false;
    bool isTruncated = false;
    reader.children([&](QStringView name) {
        if (name == u"Upload")
            out.uploads.append(readUpload(reader));
        else if (name == u"EncodingType")
            isEncoded = reader.text() == QLatin1String("url");
        else if (name == u"IsTruncated")
            isTruncated = reader.flag();
        else if (name == u"NextKeyMarker")
            out.nextKeyMarker = reader.text();
        else if (name == u"NextUploadIdMarker")
            out.nextUploadIdMarker = reader.bytes();
        else
            return false;
        return true;
    });
    for (PendingUpload &upload : out.uploads)
        upload.key = decodedKey(upload.key, isEncoded);
    out.nextKeyMarker = isTruncated ? decodedKey(out.nextKeyMarker, isEncoded) : QString();
    if (!isTruncated) {
        out.nextUploadIdMarker.clear();
    } else if (out.nextKeyMarker.isEmpty() && !out.uploads.isEmpty()) {
        out.nextKeyMarker = out.uploads.last().key;
        out.nextUploadIdMarker = out.uploads.last().uploadId;
    }
    if (isTruncated && out.nextKeyMarker.isEmpty())
        return std::nullopt; // the rest cannot be asked for
    return ifComplete(reader, out);
}

std::optional<QByteArray> readUploadId(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("InitiateMultipartUploadResult"))
        return std::nullopt;
    QByteArray out;
    reader.children([&](QStringView name) {
        if (name != u"UploadId")
            return false;
        out = reader.bytes();
        return true;
    });
    return out.isEmpty() ? std::nullopt : ifComplete(reader, out);
}

std::optional<CompletedUpload> readCompleted(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("CompleteMultipartUploadResult"))
        return std::nullopt;
    CompletedUpload out;
    reader.children([&](QStringView name) {
        if (name != u"ETag")
            return false;
        out.etag = withoutQuotes(reader.bytes());
        return true;
    });
    return ifComplete(reader, out);
}

std::optional<QString> readLocation(const QByteArray &xml)
{
    AnswerReader reader(xml);
    if (!reader.enter("LocationConstraint"))
        return std::nullopt;
    return ifComplete(reader, reader.text());
}

QByteArray completionDocument(const QVector<UploadedPart> &parts)
{
    QByteArray out;
    QXmlStreamWriter writer(&out);
    writer.writeStartElement(QStringLiteral("CompleteMultipartUpload"));
    for (const UploadedPart &part : parts) {
        writer.writeStartElement(QStringLiteral("Part"));
        writer.writeTextElement(QStringLiteral("PartNumber"), QString::number(part.number));
        writer.writeTextElement(QStringLiteral("ETag"),
                                QLatin1Char('"') + QString::fromLatin1(part.etag) + QLatin1Char('"'));
        writer.writeEndElement();
    }
    writer.writeEndElement();
    return out;
}

} // namespace gatehouse::s3
