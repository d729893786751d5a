// Reads the XML of S3's answers. What is not the expected document, is incomplete or absurdly nested gives an
// empty optional. Any thread.
#pragma once

#include "s3/objects.h"

namespace gatehouse::s3
{

struct ErrorDocument {
    QString code;
    QString message;
    QString requestId;
    QString region;
};

std::optional<ErrorDocument> readError(const QByteArray &xml);
// Pages decode their keys where the document says that they are encoded. The token of version 1 is the last
// key or prefix.
std::optional<ListPage> readListPage(const QByteArray &xml);
std::optional<PartPage> readPartPage(const QByteArray &xml);
std::optional<UploadPage> readUploadPage(const QByteArray &xml);
std::optional<QByteArray> readUploadId(const QByteArray &xml);
struct CompletedUpload {
    QByteArray etag;
};
std::optional<CompletedUpload> readCompleted(const QByteArray &xml);
// Empty text: us-east-1.
std::optional<QString> readLocation(const QByteArray &xml);

QByteArray completionDocument(const QVector<UploadedPart> &parts);

QByteArray withoutQuotes(QByteArray etag); // nor W/, which proxies add
// "2026-11-21T14:03:22.000Z", in any of the spellings of servers; 0: none of them.
qint64 timeFromIso(const QString &text);
// "Fri, 24 May 2013 00:00:00 GMT"; 0: something else.
qint64 timeFromHttp(const QByteArray &text);

} // namespace gatehouse::s3
