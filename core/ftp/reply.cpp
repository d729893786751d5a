#include "ftp/reply.h"

namespace gatehouse::ftp
{

namespace
{
void appendClean(QByteArray &out, QByteArrayView text, qsizetype longest = kMaxReplyLength)
{
    if (text.size() > longest) {
        qsizetype end = longest;
        while (end > 0 && (uchar(text[end]) & 0xc0) == 0x80)
            --end; // not inside a character
        text = text.first(end);
    }
    for (const char c : text)
        out.append(uchar(c) < 0x20 || uchar(c) == 0x7f ? ' ' : c);
}
} // namespace

QByteArray replyLine(int code, QByteArrayView text, qsizetype longest)
{
    QByteArray out;
    out.reserve(text.size() + 6);
    out.append(QByteArray::number(code)).append(' ');
    appendClean(out, text, longest);
    return out.append("\r\n", 2);
}

QByteArray replyLines(int code, QByteArrayView first, const QList<QByteArray> &lines, QByteArrayView last)
{
    const QByteArray number = QByteArray::number(code);
    QByteArray out = number + '-';
    appendClean(out, first);
    out.append("\r\n");
    for (const QByteArray &line : lines)
        out.append(' ').append(line).append("\r\n");
    return out.append(replyLine(code, last));
}

int replyCode(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Full:
        return 452;
    case ErrorKind::Invalid:
    case ErrorKind::NotFound:
        return 550;
    default:
        return 451;
    }
}

int replyCodeAtBegin(const Error &error)
{
    const int code = replyCode(error);
    return code == 451 ? 450 : code;
}

QByteArray replyText(const Error &error, QByteArrayView otherwise)
{
    const bool namesAPath = error.text.contains(QLatin1Char('/')) || error.text.contains(QLatin1Char('\\'));
    return error.text.isEmpty() || namesAPath ? otherwise.toByteArray() : error.text.toUtf8();
}

} // namespace gatehouse::ftp
