// File names on the wire: UTF-8 (RFC 2640), or Windows' Latin-1 for firmware that does not know UTF-8.
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::ftp
{

struct DecodedName {
    QString text;
    bool wasUtf8 = true;
};

DecodedName decodeName(const QByteArray &bytes);
// A client that sent a Latin-1 name gets names in Latin-1, if they can be encoded.
QByteArray encodeName(const QString &name, bool asUtf8);

} // namespace gatehouse::ftp
