#include "support/bombs.h"

#include <QtEndian>

namespace gatehouse::tests
{

namespace
{

QByteArray big16(int value)
{
    QByteArray out(2, '\0');
    qToBigEndian<quint16>(quint16(value), out.data());
    return out;
}

QByteArray big32(quint32 value)
{
    QByteArray out(4, '\0');
    qToBigEndian<quint32>(value, out.data());
    return out;
}

QByteArray segment(const char *marker, const QByteArray &payload)
{
    return QByteArray(marker, 2) + big16(int(payload.size()) + 2) + payload;
}

QByteArray box(const char *name, const QByteArray &payload)
{
    return big32(quint32(payload.size()) + 8) + name + payload;
}

QByteArray table(const char *name, const QByteArray &payload, quint32 flags = 0)
{
    return box(name, big32(flags) + payload);
}

QByteArray unitMatrix()
{
    const QByteArray one = big32(0x10000);
    const QByteArray none(12, '\0');
    return one + none + one + none + big32(0x40000000);
}

QByteArray sampleEntry()
{
    const QByteArray avcC = QByteArray::fromHex("0142001effe100046742001e01000468ce3c80");
    return box("avc1", QByteArray(6, '\0') + big16(1) + QByteArray(16, '\0') + big16(640) + big16(360) +
                           big32(0x480000) + big32(0x480000) + big32(0) + big16(1) + QByteArray(32, '\0') +
                           big16(24) + big16(0xFFFF) + box("avcC", avcC));
}

} // namespace

QByteArray jpegOfManyScans(int side, int scans)
{
    const qint64 blocks = qint64((side + 7) / 8) * ((side + 7) / 8);
    const QByteArray oneCode = QByteArray(1, '\1') + QByteArray(15, '\0'); // one code, a single bit long
    QByteArray out("\xFF\xD8", 2);
    out += segment("\xFF\xDB", QByteArray(1, '\0') + QByteArray(64, '\x10'));
    out +=
        segment("\xFF\xC2", QByteArray(1, '\x08') + big16(side) + big16(side) + QByteArray("\1\1\x11\0", 4));
    out += segment("\xFF\xC4", QByteArray(1, '\0') + oneCode + QByteArray(1, '\0'));
    out +=
        segment("\xFF\xC4", QByteArray(1, '\x10') + oneCode + QByteArray(1, '\xE0')); // ends a run of blocks
    out += segment("\xFF\xDA", QByteArray("\1\1\0\0\0\0", 6)) + QByteArray((blocks + 7) / 8, '\0');
    // A run covers 32,767 blocks: the bit 0 and fourteen bits 1.
    QByteArray bits;
    for (qint64 i = 0; i <= blocks / 32'767; ++i)
        bits += '0' + QByteArray(14, '1');
    bits += QByteArray((8 - bits.size() % 8) % 8, '1');
    QByteArray runs;
    for (qsizetype i = 0; i < bits.size(); i += 8) {
        runs += char(bits.mid(i, 8).toInt(nullptr, 2));
        if (runs.back() == '\xFF')
            runs += '\0';
    }
    const QByteArray scan = segment("\xFF\xDA", QByteArray("\1\1\0\1\x3F\0", 6)) + runs;
    return out + scan.repeated(scans) + QByteArray("\xFF\xD9", 2);
}

QByteArray mp4OfManySamples(quint32 samples)
{
    const QByteArray none(8, '\0');
    const QByteArray movie =
        table("mvhd", none + big32(1000) + big32(1000) + big32(0x10000) + big16(0x100) +
                          QByteArray(10, '\0') + unitMatrix() + QByteArray(24, '\0') + big32(2));
    const QByteArray track = table("tkhd",
                                   none + big32(1) + big32(0) + big32(1000) + QByteArray(16, '\0') +
                                       unitMatrix() + big32(640 << 16) + big32(360 << 16),
                                   7);
    const QByteArray samplesOf =
        box("stbl", table("stsd", big32(1) + sampleEntry()) +
                        table("stts", big32(1) + big32(samples) + big32(1)) +
                        table("stsc", big32(1) + big32(1) + big32(samples) + big32(1)) +
                        table("stsz", big32(1) + big32(samples)) + table("stco", big32(1) + big32(600)));
    const QByteArray media = box(
        "mdia", table("mdhd", none + big32(90'000) + big32(90'000) + big16(0x55C4) + big16(0)) +
                    table("hdlr", big32(0) + "vide" + QByteArray(12, '\0') + QByteArray("v\0", 2)) +
                    box("minf", table("vmhd", none, 1) +
                                    box("dinf", table("dref", big32(1) + table("url ", {}, 1))) + samplesOf));
    return box("ftyp", QByteArray("isom\0\0\2\0isomavc1", 16)) +
           box("moov", movie + box("trak", track + media)) + box("mdat", QByteArray(4000, '\0'));
}

} // namespace gatehouse::tests
