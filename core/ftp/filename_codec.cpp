#include "ftp/filename_codec.h"

#include "base/windows_1252.h"

#include <QStringDecoder>
#include <algorithm>
#include <array>
#include <iterator>

namespace gatehouse::ftp
{

DecodedName decodeName(const QByteArray &bytes)
{
    const bool isAscii = std::all_of(bytes.cbegin(), bytes.cend(), [](char c) { return uchar(c) < 0x80; });
    if (isAscii)
        return {QString::fromLatin1(bytes), true};
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless); // reports a truncated end
    QString text = decoder.decode(bytes);
    if (!decoder.hasError())
        return {std::move(text), true};
    return {fromWindows1252(bytes), false};
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
