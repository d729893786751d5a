#include "base/byte_name.h"

#include "base/windows_1252.h"

#include <QStringDecoder>
#include <algorithm>

namespace gatehouse
{

namespace
{

constexpr char16_t kFirstPrivate = 0xf700;
constexpr uchar kFirstHighByte = 0x80;
constexpr char16_t kWideBackslash = 0xff3c; // no separator

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.cbegin(), bytes.cend(), [](char c) { return uchar(c) < kFirstHighByte; });
}

// Nobody's name has control characters: such bytes are text in another character set. Neither has it
// private characters, which would be taken for bytes.
bool isOrdinary(const QString &text)
{
    return std::none_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c.unicode() >= 0x80 && c.unicode() <= 0x9f) || isByteOfName(c);
    });
}

bool isLetter(uchar c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// May begin a character of two bytes in GBK, Big5 or Shift-JIS.
bool isLead(uchar c)
{
    return c > 0x80 && c != 0xa0 && c != 0xff;
}

// "Café\" ends in a letter of Windows-1252 before a separator.
bool endsWord(QByteArrayView bytes, qsizetype at)
{
    return uchar(bytes[at]) >= 0xc0 && at > 0 && isLetter(uchar(bytes[at - 1]));
}

void appendBytes(QString &out, QByteArrayView bytes)
{
    bool isSecond = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = uchar(bytes[i]);
        const bool isKept = byte >= kFirstHighByte || (byte == '\\' && isSecond && !endsWord(bytes, i - 1));
        out += isKept ? QChar(char16_t(kFirstPrivate + byte)) : QChar(char16_t(byte));
        isSecond = !isSecond && isLead(byte);
    }
}

void appendPart(QString &out, QByteArrayView part)
{
    if (isAscii(part)) {
        out += QString::fromLatin1(part);
        return;
    }
    // Reports a truncated end, and keeps a byte order mark.
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder.decode(part);
    if (!decoder.hasError() && isOrdinary(text))
        out += text;
    else
        appendBytes(out, part);
}

} // namespace

QString nameFromBytes(const QByteArray &bytes)
{
    if (isAscii(bytes))
        return QString::fromLatin1(bytes);
    QString out;
    out.reserve(bytes.size());
    // Folders and name may have been written in different character sets.
    for (qsizetype begin = 0; begin <= bytes.size();) {
        const qsizetype slash = bytes.indexOf('/', begin);
        const qsizetype end = slash < 0 ? bytes.size() : slash;
        appendPart(out, QByteArrayView(bytes).sliced(begin, end - begin));
        if (slash >= 0)
            out += QLatin1Char('/');
        begin = end + 1;
    }
    return out;
}

QByteArray bytesOfName(const QString &name)
{
    QByteArray out;
    out.reserve(name.size());
    for (qsizetype begin = 0; begin < name.size();) {
        qsizetype end = begin;
        while (end < name.size() && !isByteOfName(name[end]))
            ++end;
        out += QStringView(name).sliced(begin, end - begin).toUtf8();
        while (end < name.size() && isByteOfName(name[end]))
            out += char(name[end++].unicode() - kFirstPrivate);
        begin = end;
    }
    return out;
}

QChar readableByte(QChar c)
{
    const unsigned byte = c.unicode() - unsigned(kFirstPrivate);
    if (byte < kFirstWindowsByte)
        return QChar(kWideBackslash);
    const unsigned at = byte - kFirstWindowsByte;
    return at < kWindowsLetters.size() ? QChar(kWindowsLetters[at]) : QChar(char16_t(byte));
}

QString readableName(const QString &name)
{
    QString out = name;
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (isByteOfName(name[i]))
            out[i] = readableByte(name[i]);
    }
    return out;
}

} // namespace gatehouse
