#include "base/escaped.h"

#include <QStringDecoder>

namespace gatehouse
{

namespace
{
QString hexEscape(uint value)
{
    return QStringLiteral("\\x%1").arg(value, 2, 16, QLatin1Char('0'));
}

// Like control characters, line separators and direction overrides can forge or reorder lines of a log.
bool isSafe(QChar c)
{
    if (c == QLatin1Char('\\'))
        return false;
    return c.isPrint() && c.category() != QChar::Other_Format;
}
} // namespace

QString escaped(const QString &hostile, qsizetype limit)
{
    QString out;
    out.reserve(std::min(hostile.size(), limit));
    for (const QChar c : hostile) {
        if (out.size() >= limit) {
            out += QChar(0x2026);
            break;
        }
        if (c.isSurrogate() || isSafe(c))
            out += c;
        else
            out += hexEscape(c.unicode());
    }
    return out;
}

QString escaped(QByteArrayView hostile, qsizetype limit)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(hostile);
    if (!decoder.hasError())
        return escaped(text, limit);
    QString out;
    for (const char c : hostile) {
        if (out.size() >= limit) {
            out += QChar(0x2026);
            break;
        }
        const auto byte = static_cast<uchar>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '\\')
            out += QLatin1Char(c);
        else
            out += hexEscape(byte);
    }
    return out;
}

} // namespace gatehouse
