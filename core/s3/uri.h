// Percent-encoding as S3 signs it: RFC 3986, every byte but A-Z a-z 0-9 - . _ ~ as %XX in upper case, a slash
// in a key as itself, and everything exactly once. Text is UTF-8. Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>
#include <utility>

namespace gatehouse::s3
{

// Names and values as they are meant, not encoded; a name without a value has an empty one.
using Query = QVector<std::pair<QByteArray, QByteArray>>;

QByteArray uriEncoded(QByteArrayView text);
QByteArray uriEncodedKey(QByteArrayView key); // keeps slashes
// The reverse, for listings with encoding-type=url; some servers write a space as "+", which is never a
// plus: that one is %2B. A "%" that begins no escape stays.
QByteArray uriDecoded(QByteArrayView encoded);

// Encoded, sorted by encoded name and value, with "=" after a name without a value: what is signed, and what
// is sent.
QByteArray canonicalQuery(const Query &query);

} // namespace gatehouse::s3
