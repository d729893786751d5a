#include "fuzz_seeds.h"

#include "support/test_data.h"

#include <QFile>
#include <QtEndian>

namespace gatehouse::tests
{

namespace
{
QByteArray contentOf(const char *name)
{
    QFile file(sharedData(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The clients' bytes to port 21: classic pcap, Ethernet, IPv4 or IPv6, TCP.
QByteArray commandsOf(const QByteArray &pcap)
{
    QByteArray commands;
    const bool isSwapped = pcap.startsWith("\xa1\xb2\xc3\xd4");
    qsizetype at = 24;
    while (at + 16 <= pcap.size()) {
        const char *lengthAt = pcap.constData() + at + 8;
        const auto length =
            qsizetype(isSwapped ? qFromBigEndian<quint32>(lengthAt) : qFromLittleEndian<quint32>(lengthAt));
        const QByteArray packet = pcap.mid(at + 16, length);
        at += 16 + length;
        if (packet.size() < 54)
            continue;
        const auto type = qFromBigEndian<quint16>(packet.constData() + 12);
        const qsizetype tcp = type == 0x86dd ? 54 : 14 + (packet.at(14) & 15) * 4;
        if (packet.size() < tcp + 20 || qFromBigEndian<quint16>(packet.constData() + tcp + 2) != 21)
            continue;
        commands += packet.mid(tcp + (uchar(packet.at(tcp + 12)) >> 4) * 4);
    }
    return commands;
}

const char *const kOwnSeeds[] = {
    "TYPE I\r\nCWD /\r\nMKD cam\r\nCWD cam\r\nPASV\r\nSTOR MDAlarm_20240308-152954.jpg\r\nQUIT\r\n",
    "MKD 2023Y05M11D10H\r\n\r\nQUIT\r\n",
    "CWD //camera_test1709912994\r\nMKD //camera_test1709912994\r\nEPSV\r\nSTOR a b.mp4\r\nNOOP\r\nABOR\r\n",
    "size DVRWorkDirectory\r\nALLO 100\r\nPORT 127,0,0,1,200,10\r\nSTOR 15.29.54-15.30.06[M][0@0][0].mp4_\r\n"
    "RNFR 15.29.54.mp4_\r\nRNTO 15.29.54.mp4\r\n",
    "EPRT |1|127.0.0.1|51234|\r\nREST 100\r\nAPPE a.jpg\r\nDELE a.jpg\r\nRMD a\r\nXRMD b\r\n",
    "EPSV\r\nLIST -la *.jpg\r\nNLST\r\nMLSD /\r\nMLST\r\nSTAT /\r\nSTAT\r\nFEAT\r\nHELP\r\nOPTS MLST "
    "type;size;\r\n",
    "PASV\r\nLIST\r\nABOR\r\n\xff\xf4\xff\xf2"
    "ABOR\r\nSTOU\r\nMFMT 20240308152954 a.jpg\r\nMDTM a.jpg\r\nREIN\r\n",
    "AUTH TLS\r\nPBSZ 0\r\nPROT P\r\nCCC\r\nSITE CHMOD 777 a\r\nMODE S\r\nSTRU F\r\nACCT x\r\nSYST\r\nEPSV "
    "ALL\r\n",
    "GET / HTTP/1.1\r\nHost: cam\r\n\r\n",
    "CWD \xe4\xf6\xfc\r\nMKD \xc3\xa4\\b\\..\\c\r\nCDUP\r\nXPWD\r\nPWD\r\nRETR a\r\n",
};
} // namespace

QList<QByteArray> fuzzSeeds()
{
    QList<QByteArray> seeds;
    for (const char *own : kOwnSeeds)
        seeds.append(own);
    for (const char *capture : {"ftp-fake-long-commands.pcap", "ftp-ipv6.pcap"}) {
        const QByteArray commands = commandsOf(contentOf(capture));
        if (!commands.isEmpty())
            seeds.append(commands);
    }
    for (const char *log : {"ftplog-pureftpd-proftpd.log", "ftplog-vsftpd.log"}) {
        const QByteArray lines = contentOf(log);
        if (!lines.isEmpty())
            seeds.append(lines);
    }
    return seeds;
}

QByteArray clientHello()
{
    return QByteArray::fromHex(
        "16030100650100006103035f0ff0000000000000000000000000000000000000000000000000000000000000"
        "00000cc02fc030009c009d002f00350100002c000a00080006001d00170018000b00020100000d000e000c"
        "04010501060104030503060300100006000403667470");
}

void Mutator::mutate(QByteArray &bytes)
{
    static const QByteArray nasty[] = {
        "\r\n",     "\n",           "\0",         "\xff\xf4",   "\xff",
        "\xf2",     "..",           "/",          "\\",         "*",
        "?",        "\"",           "|",          ",",          " ",
        "-",        "%n",           "4294967296", "-1",         "99999999999999999999",
        "\xc0\x80", "\xed\xa0\x80", "USER ",      "PASS x\r\n", "ABOR\r\n",
        "QUIT\r\n", "STOR a\r\n",   "PASV\r\n",   "REIN\r\n"};
    const int size = int(bytes.size());
    const int at = random(size + 1);
    const int length = std::min(1 + random(12), size - at);
    switch (random(7)) {
    case 0:
        if (at < size)
            bytes[at] = char(random(256));
        break;
    case 1:
        bytes.remove(at, length);
        break;
    case 2:
        bytes.insert(at, bytes.mid(at, length));
        break;
    case 3:
        bytes.insert(at, nasty[random(int(std::size(nasty)))]);
        break;
    case 4:
        bytes.insert(at, QByteArray(1 << random(random(20) == 0 ? 14 : 8), char(random(256))));
        break;
    case 5: {
        const QByteArray &other = m_seeds.at(random(int(m_seeds.size())));
        bytes.insert(at, other.mid(random(int(other.size()) + 1), random(60)));
        break;
    }
    default:
        if (random(4) == 0)
            bytes.truncate(at);
        else
            std::swap(bytes.begin()[size == 0 ? 0 : random(size)],
                      bytes.begin()[size == 0 ? 0 : random(size)]);
    }
}

QByteArray Mutator::next()
{
    QByteArray bytes = m_seeds.at(random(int(m_seeds.size())));
    const int steps = 1 + random(8);
    for (int i = 0; i < steps; ++i) {
        if (bytes.isEmpty())
            bytes = "x";
        mutate(bytes);
    }
    return bytes;
}

} // namespace gatehouse::tests
