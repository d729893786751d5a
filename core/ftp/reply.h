// Replies to the client: short single lines, because old cameras read only the first packet. RFC 959 4.2.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace gatehouse::ftp
{

constexpr qsizetype kMaxReplyLength = 200; // bytes

// "250 Done.\r
// "; control characters become blanks, and the text is truncated to `longest` bytes.
QByteArray replyLine(int code, QByteArrayView text, qsizetype longest = kMaxReplyLength);
// RFC 2389: "211-first", " line", …, "211 last". The lines are sent verbatim.
QByteArray replyLines(int code, QByteArrayView first, const QList<QByteArray> &lines, QByteArrayView last);

// The code for an upload, rename or deletion that failed after it had begun: 550 only for the camera's own
// mistakes (Invalid, NotFound). Our failures are 4xx, because a camera may never retry after 5xx.
int replyCode(const Error &error);
// The same before it has begun: 450 rather than 451.
int replyCodeAtBegin(const Error &error);
// The error's text as UTF-8, or `otherwise` if the error names a path: paths of this PC are not exposed to
// the network.
QByteArray replyText(const Error &error, QByteArrayView otherwise);

} // namespace gatehouse::ftp
