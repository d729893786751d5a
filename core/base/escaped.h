// Makes text from the network safe to log or show: control characters, backslashes and invalid UTF-8 become
// \xHH, and the text is cut at `limit` characters with "…".
#pragma once

#include <QByteArrayView>
#include <QString>

namespace gatehouse
{

QString escaped(QByteArrayView hostile, qsizetype limit = 200);
QString escaped(const QString &hostile, qsizetype limit = 200);

} // namespace gatehouse
