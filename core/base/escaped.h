// Text from the network, made safe to log or show: control characters, quotes' escapes and bytes
// that are not UTF-8 become \xHH, and it is cut at `limit` characters with "…".
#pragma once

#include <QByteArrayView>
#include <QString>

namespace gatehouse
{

QString escaped(QByteArrayView hostile, qsizetype limit = 200);
QString escaped(const QString &hostile, qsizetype limit = 200);

} // namespace gatehouse
