// What goes back to the client: short single lines, as old cameras read no more than the first packet.
// RFC 959 4.2.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace gatehouse::ftp
{

constexpr qsizetype kMaxReplyLength = 200; // bytes

// "250 Done.\r\n"; control characters become blanks, and the text is cut at `longest` bytes.
QByteArray replyLine(int code, QByteArrayView text, qsizetype longest = kMaxReplyLength);
// RFC 2389: "211-first", " line", …, "211 last". The lines are sent as they are.
QByteArray replyLines(int code, QByteArrayView first, const QList<QByteArray> &lines, QByteArrayView last);

// The code for an upload, a rename or a deletion that failed after it had begun: 550 only for what the camera
// asked for (Invalid, NotFound). Our own trouble is 4xx, for a camera that hears 5xx may never try again.
int replyCode(const Error &error);
// The same before anything has begun: 450 rather than 451.
int replyCodeAtBegin(const Error &error);
// The error's sentence as UTF-8, or `otherwise`: where it names a path, for that is one of this PC, which is
// nobody's business on the network.
QByteArray replyText(const Error &error, QByteArrayView otherwise);

} // namespace gatehouse::ftp
