#include "media/picture_file.h"

#include <QtEndian>

namespace gatehouse::media
{

namespace
{

quint32 be32(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
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
    qsizetype at = 2;
    while (at + 4 <= bytes.size()) {
        if (uchar(bytes[at]) != 0xFF) { // broken structure: go on at the next marker
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
        }
        if (marker == 0xE1 && at + 2 + length <= bytes.size() && !out.exif.taken.isValid()) {
            if (const QByteArrayView segment = bytes.sliced(at + 4, length - 2); segment.startsWith("Exif"))
                out.exif = readExif(segment);
        }
        at += 2 + length;
        if (marker == 0xDA)
            at = endOfScan(bytes, at);
    }
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
    return out; // its decoder says the size, which 14 bits bound
}

} // namespace

std::optional<PictureFormat> pictureFormat(QByteArrayView head)
{
    if (head.startsWith("\xFF\xD8\xFF"))
        return PictureFormat::Jpeg;
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return PictureFormat::Png;
    if (head.size() >= 12 && head.startsWith("RIFF") && head.sliced(8, 4) == "WEBP")
        return PictureFormat::WebP;
    return std::nullopt;
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
    }
    return std::nullopt;
}

} // namespace gatehouse::media
