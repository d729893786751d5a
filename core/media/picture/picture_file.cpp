#include "media/picture/picture_file.h"

#include "media/picture/heif_file.h"

#include <QtEndian>
#include <algorithm>

namespace gatehouse::media
{

namespace
{

quint32 be32(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

quint32 le32(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

quint16 le16(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.data() + at);
}

quint16 be16(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

bool isStartOfFrame(uchar marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// The position of the marker that ends entropy-coded data, or the end of the bytes.
qsizetype endOfScan(QByteArrayView bytes, qsizetype at)
{
    while (at + 1 < bytes.size()) {
        at = bytes.indexOf('\xFF', at);
        if (at < 0 || at + 1 >= bytes.size())
            return bytes.size();
        const uchar next = uchar(bytes[at + 1]);
        const bool isData = next == 0x00 || next == 0xFF || (next >= 0xD0 && next <= 0xD7);
        if (!isData)
            return at;
        at += next == 0xFF ? 1 : 2;
    }
    return bytes.size();
}

PictureOutline outlineOfJpeg(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::Jpeg;
    int scans = 0;
    qsizetype at = 2;
    while (at + 4 <= bytes.size()) {
        if (uchar(bytes[at]) != 0xFF) { // broken structure: resume at the next marker
            at = endOfScan(bytes, at);
            continue;
        }
        const uchar marker = uchar(bytes[at + 1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0xD9)
            break;
        if (marker == 0x01 || marker == 0x00 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += 2;
            continue;
        }
        const qsizetype length = be16(bytes, at + 2);
        if (length < 2) {
            at += 2;
            continue;
        }
        if (isStartOfFrame(marker) && at + 9 <= bytes.size() && out.width == 0) {
            out.height = be16(bytes, at + 5);
            out.width = be16(bytes, at + 7);
            // Hierarchical and arithmetic coding.
            out.isUnsupported = (marker >= 0xC5 && marker <= 0xC7) || marker >= 0xC9;
        }
        if (marker == 0xE1 && at + 2 + length <= bytes.size() && !out.exif.taken.isValid()) {
            if (const QByteArrayView segment = bytes.sliced(at + 4, length - 2); segment.startsWith("Exif"))
                out.exif = readExif(segment);
        }
        at += 2 + length;
        if (marker == 0xDA) {
            ++scans;
            at = endOfScan(bytes, at);
        }
    }
    out.points = qint64(out.width) * out.height * scans;
    out.isWhole = at + 2 <= bytes.size() && uchar(bytes[at]) == 0xFF && uchar(bytes[at + 1]) == 0xD9;
    out.length = out.isWhole ? at + 2 : bytes.size();
    return out;
}

PictureOutline outlineOfPng(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::Png;
    out.length = bytes.size();
    qsizetype at = 8;
    while (at + 12 <= bytes.size()) {
        const qint64 length = be32(bytes, at);
        const QByteArrayView type = bytes.sliced(at + 4, 4);
        if (type == "IHDR" && at + 16 <= bytes.size()) {
            out.width = int(std::min<quint32>(be32(bytes, at + 8), INT32_MAX));
            out.height = int(std::min<quint32>(be32(bytes, at + 12), INT32_MAX));
        }
        if (length + 12 > bytes.size() - at)
            return out;
        at += length + 12;
        if (type == "IEND") {
            out.isWhole = true;
            out.length = at;
            return out;
        }
    }
    return out;
}

PictureOutline outlineOfWebP(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::WebP;
    const qint64 claimed = qint64(qFromLittleEndian<quint32>(bytes.data() + 4)) + 8;
    out.isWhole = claimed <= bytes.size();
    out.length = std::min<qint64>(claimed, bytes.size());
    constexpr uchar animationFlag = 0x02;
    out.isAnimated = bytes.size() > 20 && bytes.sliced(12, 4) == "VP8X" && (bytes[20] & animationFlag) != 0;
    return out; // the decoder reports the size, which 14 bits limit
}

// GIF: blocks of sub-blocks, each preceded by its length; an empty one ends the block.
qsizetype afterParts(QByteArrayView bytes, qsizetype at)
{
    while (at < bytes.size() && bytes[at] != 0)
        at += 1 + uchar(bytes[at]);
    return at + 1;
}

qsizetype colourTableBytes(char flags)
{
    return (flags & 0x80) != 0 ? qsizetype(3) << ((flags & 7) + 1) : 0;
}

PictureOutline outlineOfGif(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::Gif;
    out.length = bytes.size();
    if (bytes.size() < 13)
        return out;
    out.width = le16(bytes, 6);
    out.height = le16(bytes, 8);
    int pictures = 0;
    qsizetype at = 13 + colourTableBytes(bytes[10]);
    while (at < bytes.size()) {
        const char kind = bytes[at];
        if (kind == ';') {
            out.isWhole = true;
            out.length = at + 1;
            break;
        }
        if (kind == '!') {
            at = afterParts(bytes, at + 2);
        } else if (kind == ',' && at + 10 < bytes.size()) {
            ++pictures;
            at = afterParts(bytes, at + 11 + colourTableBytes(bytes[at + 9]));
        } else {
            break;
        }
    }
    out.isAnimated = pictures > 1;
    return out;
}

PictureOutline outlineOfBmp(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::Bmp;
    out.length = bytes.size();
    if (bytes.size() < 30)
        return out;
    const bool isOld = le32(bytes, 14) == 12; // OS/2
    const auto height = isOld ? qint64(le16(bytes, 20)) : qint64(qint32(le32(bytes, 22)));
    out.width = isOld ? le16(bytes, 18) : int(std::min<quint32>(le32(bytes, 18), INT32_MAX));
    out.height = int(std::min<qint64>(height < 0 ? -height : height, INT32_MAX)); // negative: stored top-down
    const qint64 pixels = le32(bytes, 10);
    const int bits = le16(bytes, isOld ? 24 : 28);
    const bool isPlain = isOld || (bytes.size() >= 34 && (le32(bytes, 30) == 0 || le32(bytes, 30) == 3));
    const qint64 row = (qint64(out.width) * bits + 31) / 32 * 4;
    // Some writers leave the file size at 0; compressed files have nothing else to go by.
    const qint64 end = isPlain ? pixels + row * std::min(out.height, 1 << 20) : qint64(le32(bytes, 2));
    out.isWhole = end <= bytes.size();
    return out;
}

PictureOutline outlineOfTiff(QByteArrayView bytes)
{
    PictureOutline out;
    out.format = PictureFormat::Tiff;
    out.length = bytes.size();
    if (bytes.size() < 8)
        return out;
    const bool isLittle = bytes.startsWith("II");
    const auto u16 = [&](qint64 at) -> qint64 {
        return at + 2 > bytes.size() ? 0 : isLittle ? le16(bytes, at) : be16(bytes, at);
    };
    const auto u32 = [&](qint64 at) -> qint64 {
        return at + 4 > bytes.size() ? 0 : isLittle ? le32(bytes, at) : be32(bytes, at);
    };
    const qint64 directory = u32(4);
    const qint64 entries = directory + 2 > bytes.size() ? 0 : u16(directory);
    constexpr qint64 maxParts = 1 << 16;
    struct Numbers {
        qint64 at = 0;
        qint64 count = 0;
        bool isShort = false;
    } offsets, lengths;
    const auto value = [&](const Numbers &of, qint64 i) {
        return of.isShort ? u16(of.at + 2 * i) : u32(of.at + 4 * i);
    };
    for (qint64 i = 0; i < entries; ++i) {
        const qint64 at = directory + 2 + 12 * i;
        const qint64 tag = u16(at);
        Numbers numbers{at + 8, u32(at + 4), u16(at + 2) == 3};
        if (numbers.count * (numbers.isShort ? 2 : 4) > 4)
            numbers.at = u32(at + 8);
        if (tag == 256 || tag == 257)
            (tag == 256 ? out.width : out.height) = int(std::min<qint64>(value(numbers, 0), INT32_MAX));
        else if (tag == 273 || tag == 324) // strips, tiles
            offsets = numbers;
        else if (tag == 279 || tag == 325)
            lengths = numbers;
    }
    out.isWhole = entries > 0 && directory + 2 + 12 * entries <= bytes.size();
    for (qint64 i = 0; out.isWhole && i < std::min({offsets.count, lengths.count, maxParts}); ++i)
        out.isWhole = value(offsets, i) + value(lengths, i) <= bytes.size();
    return out;
}

bool isBmp(QByteArrayView head)
{
    if (head.size() < 18 || !head.startsWith("BM"))
        return false;
    const quint32 header = le32(head, 14);
    return le32(head, 10) >= 26 && (header == 12 || (header >= 40 && header <= 124));
}

} // namespace

QString nameOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Jpeg:
        return QStringLiteral("JPEG");
    case PictureFormat::Png:
        return QStringLiteral("PNG");
    case PictureFormat::WebP:
        return QStringLiteral("WebP");
    case PictureFormat::Gif:
        return QStringLiteral("GIF");
    case PictureFormat::Bmp:
        return QStringLiteral("BMP");
    case PictureFormat::Tiff:
        return QStringLiteral("TIFF");
    case PictureFormat::Heic:
        return QStringLiteral("HEIC");
    case PictureFormat::Avif:
        return QStringLiteral("AVIF");
    }
    return {};
}

std::optional<PictureFormat> pictureFormat(QByteArrayView head)
{
    if (head.startsWith("\xFF\xD8\xFF"))
        return PictureFormat::Jpeg;
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return PictureFormat::Png;
    if (head.size() >= 12 && head.startsWith("RIFF") && head.sliced(8, 4) == "WEBP")
        return PictureFormat::WebP;
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return PictureFormat::Gif;
    if (head.startsWith(QByteArrayView("II*\0", 4)) || head.startsWith(QByteArrayView("MM\0*", 4)))
        return PictureFormat::Tiff;
    if (isBmp(head))
        return PictureFormat::Bmp;
    return heifFormat(head);
}

std::optional<PictureOutline> outlineOf(QByteArrayView bytes)
{
    const auto format = pictureFormat(bytes);
    if (!format)
        return std::nullopt;
    switch (*format) {
    case PictureFormat::Jpeg:
        return outlineOfJpeg(bytes);
    case PictureFormat::Png:
        return outlineOfPng(bytes);
    case PictureFormat::WebP:
        return outlineOfWebP(bytes);
    case PictureFormat::Gif:
        return outlineOfGif(bytes);
    case PictureFormat::Bmp:
        return outlineOfBmp(bytes);
    case PictureFormat::Tiff:
        return outlineOfTiff(bytes);
    case PictureFormat::Heic:
    case PictureFormat::Avif:
        return outlineOfHeif(bytes, *format);
    }
    return std::nullopt;
}

QByteArray firstPictureOf(QByteArrayView bytes, const PictureOutline &outline)
{
    if (outline.format != PictureFormat::WebP)
        return {};
    constexpr qsizetype frameHeader = 16; // place, size, time
    qsizetype at = 12;
    while (at + 8 <= outline.length) {
        const qsizetype size = std::min<qsizetype>(le32(bytes, at + 4), outline.length - at - 8);
        if (bytes.sliced(at, 4) == "ANMF" && size > frameHeader) {
            const QByteArrayView header = bytes.sliced(at + 8, frameHeader);
            const QByteArrayView picture = bytes.sliced(at + 8 + frameHeader, size - frameHeader);
            QByteArray extended("VP8X\x0a\0\0\0\x10\0\0\0", 12); // may have transparency
            extended += header.sliced(6, 6);                     // its width and height
            const bool hasAlpha = picture.startsWith("ALPH");
            QByteArray out("RIFF\0\0\0\0WEBP", 12);
            out += hasAlpha ? extended : QByteArray();
            out += picture;
            qToLittleEndian(quint32(out.size() - 8), out.data() + 4);
            return out;
        }
        at += 8 + size + (size & 1);
    }
    return {};
}

} // namespace gatehouse::media
