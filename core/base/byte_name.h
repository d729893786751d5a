// File names as bytes, and as text that loses none of them. UTF-8 (RFC 2640) is read as such; cameras also
// write GBK, Shift-JIS, Windows-1252 and others without saying which, and expect their own bytes back. In a
// part of a path that is not UTF-8, each byte above ASCII becomes a private character, U+F700 + byte, so that
// different bytes never become the same text. Any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse
{

// Every sequence of bytes has its own text. A backslash that is the second byte of a character, as in
// Shift-JIS, becomes a private character, too: it separates nothing.
QString nameFromBytes(const QByteArray &bytes);
QByteArray bytesOfName(const QString &name);

// For people and for parsing: the private characters as the letters of Windows-1252.
QString readableName(const QString &name);
inline bool isByteOfName(QChar c)
{
    return c.unicode() >= 0xf75c && c.unicode() <= 0xf7ff;
}
QChar readableByte(QChar c); // isByteOfName(c)

} // namespace gatehouse
