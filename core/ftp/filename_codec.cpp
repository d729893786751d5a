#include "ftp/filename_codec.h"

#include <QStringDecoder>
#include <algorithm>
#include <array>
#include <iterator>

namespace gatehouse::ftp
{

namespace
{
constexpr uchar kFirstWindowsByte = 0x80;
// 0x80 to 0x9f of Windows-1252; its five unassigned codes become question marks.
constexpr std::array<char16_t, 32> kWindowsLetters = {
    0x20ac, u'?',   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, u'?',   0x017d, u'?',   u'?',   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, u'?',   0x017e, 0x0178};
} // namespace

DecodedName decodeName(const QByteArray &bytes)
{
    const bool isAscii = std::all_of(bytes.cbegin(), bytes.cend(), [](char c) { return uchar(c) < 0x80; });
    if (isAscii)
        return {QString::fromLatin1(bytes), true};
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(bytes);
    if (!decoder.hasError())
        return {std::move(text), true};
    text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        const unsigned at = c.unicode() - unsigned(kFirstWindowsByte);
        if (at < kWindowsLetters.size())
            c = QChar(kWindowsLetters[at]);
    }
    return {std::move(text), false};
}

QByteArray encodeName(const QString &name, bool asUtf8)
{
    if (asUtf8)
        return name.toUtf8();
    QByteArray out;
    out.reserve(name.size());
    for (const QChar c : name) {
        const auto *found = std::find(kWindowsLetters.begin(), kWindowsLetters.end(), c.unicode());
        if (c.unicode() < kFirstWindowsByte || (c.unicode() > 0x9f && c.unicode() < 0x100))
            out.append(char(c.unicode()));
        else if (found != kWindowsLetters.end())
            out.append(char(kFirstWindowsByte + std::distance(kWindowsLetters.begin(), found)));
        else
            return name.toUtf8();
    }
    return out;
}

} // namespace gatehouse::ftp
