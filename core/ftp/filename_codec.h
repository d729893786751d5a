// Names on the wire: UTF-8 (RFC 2640), and for firmware that knows none, Latin-1 as Windows writes it.
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
// A client that sent a name in Latin-1 sees its names in Latin-1, where they fit.
QByteArray encodeName(const QString &name, bool asUtf8);

} // namespace gatehouse::ftp
