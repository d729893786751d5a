#include "ingest/receive/connection_test.h"

#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

struct Magic {
    qsizetype at;
    QByteArrayView bytes;
    Kind kind;
};

template<size_t size>
constexpr Magic magic(qsizetype at, const char (&bytes)[size], Kind kind)
{
    return {at, QByteArrayView(bytes, qsizetype(size) - 1), kind};
}

constexpr Magic kMagics[] = {
    magic(0, "\xff\xd8\xff", Kind::Still),
    magic(0, "\x89PNG", Kind::Still),
    magic(0, "GIF8", Kind::Still),
    magic(0, "BM", Kind::Still),
    magic(0, "II*\0", Kind::Still),
    magic(0, "MM\0*", Kind::Still),
    magic(8, "WEBP", Kind::Still),
    magic(4, "ftypheic", Kind::Still),
    magic(4, "ftypmif1", Kind::Still),
    magic(4, "ftypavif", Kind::Still),
    magic(4, "ftyp", Kind::Clip),
    magic(4, "styp", Kind::Clip),
    magic(4, "moov", Kind::Clip),
    magic(4, "mdat", Kind::Clip),
    magic(4, "free", Kind::Clip),
    magic(4, "wide", Kind::Clip),
    magic(4, "skip", Kind::Clip),
    magic(0, "\x1a\x45\xdf\xa3", Kind::Clip), // Matroska
    magic(0, "RIFF", Kind::Clip),
    magic(0, "FLV\1", Kind::Clip),
    magic(0, "\0\0\1", Kind::Clip), // program stream, H.264, H.265, MPEG-4
    magic(0, "\0\0\0\1", Kind::Clip),
    magic(0, "DHAV", Kind::Clip),
    magic(0, "HXVS", Kind::Clip),
    magic(0, "HXVF", Kind::Clip),
    magic(0, "IMKH", Kind::Clip),
    magic(0, "OggS", Kind::Clip),
    magic(0, "\x30\x26\xb2\x75", Kind::Clip), // ASF
    magic(0, "#!AMR", Kind::Clip),
    magic(0, "ID3", Kind::Clip),
    magic(0, "\xff\xf1", Kind::Clip), // AAC
    magic(0, "\xff\xf9", Kind::Clip),
};

bool isTransportStream(QByteArrayView head)
{
    for (const qsizetype packet : {188, 192, 204}) {
        const qsizetype first = packet == 192 ? 4 : 0;
        if (head.size() > first + packet && head[first] == 'G' && head[first + packet] == 'G')
            return true;
    }
    return false;
}

} // namespace

std::optional<Kind> kindOfContent(QByteArrayView head)
{
    if (isTransportStream(head))
        return Kind::Clip;
    const auto *found = std::find_if(std::begin(kMagics), std::end(kMagics), [&](const Magic &one) {
        return head.size() >= one.at + one.bytes.size() && head.sliced(one.at).startsWith(one.bytes);
    });
    return found == std::end(kMagics) ? std::nullopt : std::optional(found->kind);
}

bool isConnectionTest(const vendors::PathMetadata &metadata, qint64 bytes, QByteArrayView head)
{
    return metadata.isTestName && bytes <= kMaxConnectionTestBytes && !kindOfContent(head);
}

void takeKindFromContent(vendors::PathMetadata &metadata, QByteArrayView head)
{
    const bool isUnknown = metadata.kind == Kind::Other || metadata.kind == Kind::Sidecar;
    if (metadata.isTestName && isUnknown)
        metadata.kind = kindOfContent(head).value_or(metadata.kind);
}

} // namespace gatehouse::ingest
