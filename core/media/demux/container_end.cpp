#include "media/demux/container_end.h"

#include <QtEndian>
#include <algorithm>
#include <optional>

namespace gatehouse::media
{

namespace
{

constexpr int kMaxHeaders = 100'000; // a day of fragments; each costs one small read

// Without the trailing zeros that recorders and disks leave after the data.
qint64 usedBytes(const Source &source)
{
    constexpr qint64 block = 1 << 16;
    constexpr qint64 maxZeros = qint64(64) << 20;
    qint64 end = source.bytes();
    while (end > 0 && source.bytes() - end < maxZeros) {
        const qint64 from = std::max<qint64>(0, end - block);
        const QByteArray bytes = source.at(from, end - from);
        for (qsizetype i = bytes.size(); i-- > 0;) {
            if (bytes[i] != 0)
                return from + i + 1;
        }
        end = from;
    }
    return end;
}

quint32 big32(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

// --- MP4 and QuickTime: boxes of 4 bytes size, 4 bytes type

ContainerEnd endOfMp4(const Source &source)
{
    bool hasTable = false;
    bool hasMedia = false;
    qint64 at = 0;
    for (int i = 0; i < kMaxHeaders && at < source.bytes(); ++i) {
        const QByteArray header = source.at(at, 16);
        if (header.size() < 8)
            break; // a few stray bytes
        const QByteArray type = header.mid(4, 4);
        qint64 size = big32(header, 0);
        if (size == 1 && header.size() == 16)
            size = qint64(std::min<quint64>(qFromBigEndian<quint64>(header.constData() + 8), INT64_MAX / 2));
        else if (size == 0)
            size = source.bytes() - at;
        if (size < 8)
            break;
        const bool isCut = at + size > source.bytes();
        // A cut mdat is detected by its samples (see Examination): some writers round its size up.
        if (isCut && type == "moof")
            return ContainerEnd::Cut;
        hasTable = hasTable || (type == "moov" && !isCut);
        hasMedia = hasMedia || type == "mdat" || type == "moof";
        at += size;
    }
    if (!hasTable)
        return ContainerEnd::NoTable;
    return hasMedia ? ContainerEnd::Whole : ContainerEnd::Cut;
}

// --- Matroska: EBML elements; size all ones: unknown, extends to an element of a higher level

struct Ebml {
    quint32 id = 0;
    qint64 header = 0;
    std::optional<qint64> size;
};

std::optional<Ebml> ebmlAt(const Source &source, qint64 at)
{
    const QByteArray bytes = source.at(at, 12);
    if (bytes.isEmpty() || uchar(bytes[0]) < 0x10)
        return std::nullopt;
    Ebml out;
    int idLength = 1;
    while ((uchar(bytes[0]) & (0x80 >> (idLength - 1))) == 0)
        ++idLength;
    if (bytes.size() < idLength + 1)
        return std::nullopt;
    for (int i = 0; i < idLength; ++i)
        out.id = (out.id << 8) | uchar(bytes[i]);
    const uchar first = uchar(bytes[idLength]);
    if (first == 0)
        return std::nullopt;
    int sizeLength = 1;
    while ((first & (0x80 >> (sizeLength - 1))) == 0)
        ++sizeLength;
    if (bytes.size() < idLength + sizeLength)
        return std::nullopt;
    quint64 size = first & ((0x80U >> (sizeLength - 1)) - 1);
    for (int i = 1; i < sizeLength; ++i)
        size = (size << 8) | uchar(bytes[idLength + i]);
    out.header = idLength + sizeLength;
    if (size != (quint64(1) << (7 * sizeLength)) - 1)
        out.size = qint64(size);
    return out;
}

ContainerEnd endOfMatroska(const Source &source)
{
    constexpr quint32 segmentId = 0x18538067;
    constexpr quint32 clusterId = 0x1F43B675;
    qint64 at = 0;
    for (int i = 0; i < kMaxHeaders && at < source.bytes(); ++i) {
        const auto element = ebmlAt(source, at);
        if (!element) // the rest is too short for a header, or not Matroska: damage, which decoding reveals
            return source.bytes() - at < 12 && at < usedBytes(source) ? ContainerEnd::Cut
                                                                      : ContainerEnd::Whole;
        const qint64 inside = at + element->header;
        if (element->size && *element->size > source.bytes() - inside)
            return ContainerEnd::Cut;
        // Enter a segment to find its last cluster, and a cluster of unknown size to find its last block.
        const bool isEntered = element->id == segmentId || (element->id == clusterId && !element->size);
        if (!isEntered && !element->size)
            return ContainerEnd::Whole;
        at = isEntered ? inside : inside + *element->size;
    }
    return ContainerEnd::Whole;
}

// --- AVI: RIFF chunks; a recorder writes the index last, then the size at the front

ContainerEnd endOfAvi(const Source &source)
{
    qint64 at = 0;
    for (int i = 0; i < kMaxHeaders; ++i) {
        const QByteArray header = source.at(at, 12);
        if (header.size() < 12 || !header.startsWith("RIFF"))
            return ContainerEnd::Whole; // trailing data after the last RIFF
        const qint64 size = qFromLittleEndian<quint32>(header.constData() + 4);
        if (size < 4 || at + 8 + size > source.bytes() + 1)
            return ContainerEnd::Cut;
        at += 8 + size + (size & 1);
    }
    return ContainerEnd::Whole;
}

// --- MPEG transport stream: packets of 188 bytes (192 with a time code before each)

template<int packetBytes>
ContainerEnd endOfPackets(const Source &source)
{
    // The last packet may itself end in zeros.
    const qint64 packets = (usedBytes(source) + packetBytes - 1) / packetBytes;
    return packets * packetBytes <= source.bytes() ? ContainerEnd::Whole : ContainerEnd::Cut;
}

// --- MPEG program stream: the last packet's length against the end of the file

ContainerEnd endOfProgramStream(const Source &source)
{
    constexpr qint64 tailBytes = 1 << 18;
    const qint64 from = std::max<qint64>(0, source.bytes() - tailBytes);
    const QByteArray tail = source.at(from, tailBytes);
    qsizetype at = tail.indexOf(QByteArray::fromHex("000001ba"));
    while (at >= 0 && at + 4 <= tail.size()) {
        if (tail.mid(at, 3) != QByteArray::fromHex("000001"))
            return ContainerEnd::Whole; // no packet starts here: damage or padding
        const uchar code = uchar(tail[at + 3]);
        if (code == 0xB9)
            return ContainerEnd::Whole;
        if (code == 0xBA) {
            if (at + 14 > tail.size())
                return ContainerEnd::Cut;
            const bool isMpeg2 = (uchar(tail[at + 4]) & 0xC0) == 0x40;
            at += isMpeg2 ? 14 + (uchar(tail[at + 13]) & 7) : 12;
        } else {
            if (at + 6 > tail.size())
                return ContainerEnd::Cut;
            at += 6 + qFromBigEndian<quint16>(tail.constData() + at + 4);
        }
        if (at > tail.size())
            return ContainerEnd::Cut;
    }
    return ContainerEnd::Whole;
}

// --- Dahua DHAV: each frame ends with "dhav" and its length

ContainerEnd endOfDhav(const Source &source)
{
    const qint64 from = std::max<qint64>(0, usedBytes(source) - 8); // its length may end in zeros
    const qsizetype mark = source.at(from, 16).lastIndexOf("dhav");
    return mark >= 0 && from + mark + 8 <= source.bytes() ? ContainerEnd::Whole : ContainerEnd::Cut;
}

bool isTransportStream(const QByteArray &head, int packet, int sync)
{
    if (head.size() < sync + 2 * packet + 1)
        return false;
    return head[sync] == 'G' && head[sync + packet] == 'G' && head[sync + 2 * packet] == 'G';
}

using EndCheck = ContainerEnd (*)(const Source &);

EndCheck endCheckOf(const Source &source)
{
    const QByteArray head = source.at(0, 1024);
    if (head.startsWith(QByteArray::fromHex("1a45dfa3")))
        return endOfMatroska;
    if (head.startsWith("RIFF") && head.mid(8, 4) == "AVI ")
        return endOfAvi;
    if (head.startsWith("DHAV"))
        return endOfDhav;
    if (head.startsWith("IMKH") || head.startsWith(QByteArray::fromHex("000001ba")))
        return endOfProgramStream;
    if (isTransportStream(head, 188, 0))
        return endOfPackets<188>;
    if (isTransportStream(head, 192, 4))
        return endOfPackets<192>;
    const QByteArray type = head.mid(4, 4);
    for (const char *known : {"ftyp", "moov", "mdat", "free", "wide", "skip", "pnot", "styp"}) {
        if (type == known)
            return endOfMp4;
    }
    return nullptr;
}

} // namespace

bool isClip(const Source &source)
{
    return endCheckOf(source) != nullptr;
}

ContainerEnd containerEnd(const Source &source)
{
    const EndCheck check = endCheckOf(source);
    return check != nullptr ? check(source) : ContainerEnd::Whole;
}

} // namespace gatehouse::media
