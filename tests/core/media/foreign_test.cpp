// Intact files that show little or nothing: they are not reported as damaged, and the reason given is true.
#include "media/playback/decoder_clip.h"
#include "media/probe/examination.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <limits>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

QByteArray gif(int pictures)
{
    QByteArray out = QByteArray::fromHex("47494638396101000100800000ff0000ffffff");
    for (int i = 0; i < pictures; ++i)
        out += QByteArray::fromHex("21f90401000000002c0000000001000100000202440100");
    return out + ';';
}

QByteArray bmp(QImage::Format format)
{
    QImage image(61, 47, QImage::Format_RGB32);
    image.fill(Qt::red);
    QBuffer buffer;
    image.convertToFormat(format).save(&buffer, "BMP");
    return buffer.data();
}

QByteArray tiff(bool isLittle)
{
    constexpr int side = 16;
    QByteArray out(isLittle ? "II" : "MM");
    const auto u16 = [&](quint16 value) {
        char bytes[2];
        isLittle ? qToLittleEndian(value, bytes) : qToBigEndian(value, bytes);
        out.append(bytes, 2);
    };
    const auto u32 = [&](quint32 value) {
        char bytes[4];
        isLittle ? qToLittleEndian(value, bytes) : qToBigEndian(value, bytes);
        out.append(bytes, 4);
    };
    constexpr quint32 entries[][2] = {{256, side}, {257, side}, {259, 1},          {262, 1},
                                      {273, 0},    {278, side}, {279, side * side}};
    constexpr quint32 count = std::size(entries);
    u16(42);
    u32(8);
    u16(quint16(count + 1));
    for (const auto &entry : entries) {
        if (entry[0] == 259) { // keeps the tags in order: bits per sample
            u16(258);
            u16(4);
            u32(1);
            u32(8);
        }
        u16(quint16(entry[0]));
        u16(4);
        u32(1);
        u32(entry[0] == 273 ? 8 + 2 + 12 * (count + 1) + 4 : entry[1]);
    }
    u32(0);
    for (int i = 0; i < side * side; ++i)
        out += char(i);
    return out;
}

QByteArray withFirst(QByteArray bytes, const QByteArray &from, const QByteArray &to)
{
    const qsizetype at = bytes.indexOf(from);
    return at < 0 ? QByteArray() : bytes.replace(at, from.size(), to);
}

} // namespace

class ForeignTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsOrNamesForeignPictures_data();
    void showsOrNamesForeignPictures();
    void reportsTruncatedPicturesAsIncomplete_data() { showsOrNamesForeignPictures_data(); }
    void reportsTruncatedPicturesAsIncomplete();
    void acceptsPicturesWithDamagedExif();
    void explainsClipsWithoutAPicture_data();
    void explainsClipsWithoutAPicture();
    void rejectsABitmapWithAnAbsurdHeight();
    void ignoresZerosAfterAClip_data();
    void ignoresZerosAfterAClip();

private:
    QString write(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    ProbeResult examined(const QByteArray &bytes)
    {
        QFile::remove(m_folder.filePath(QStringLiteral("poster.jpg")));
        const QString path = write(bytes);
        examineFile(path, m_folder.filePath(QStringLiteral("poster.jpg")), Depth::Quick);
        return examineFile(path, m_folder.filePath(QStringLiteral("poster.jpg")), Depth::Full).result;
    }

    QTemporaryDir m_folder;
};

void ForeignTest::showsOrNamesForeignPictures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isShown");
    QTest::addColumn<QString>("reason");
    const QString first = QStringLiteral("Gatehouse shows only the first picture of this animation.");
    QTest::newRow("gif") << gif(1) << true << QString();
    QTest::newRow("moving gif") << gif(3) << true << first;
    QTest::newRow("bmp 24") << bmp(QImage::Format_RGB888) << true << QString();
    QTest::newRow("bmp 32") << bmp(QImage::Format_RGB32) << true << QString();
    QTest::newRow("bmp 8") << bmp(QImage::Format_Indexed8) << true << QString();
    QTest::newRow("bmp 1") << bmp(QImage::Format_Mono) << true << QString();
    QTest::newRow("tiff II") << tiff(true) << true << QString();
    QTest::newRow("tiff MM") << tiff(false) << true << QString();
    QTest::newRow("moving webp") << makeClip({.container = "webp", .codec = "libwebp_anim"}) << true << first;
    QTest::newRow("heic") << makeHeif({}) << true << QString();
    QTest::newRow("avif") << makeHeif({.isAvif = true}) << true << QString();
    const QByteArray jpeg = makeStill({});
    for (const char *kind : {"ffc9", "ffca", "ffc5"})
        QTest::newRow(kind) << withFirst(jpeg, QByteArray::fromHex("ffc0"), QByteArray::fromHex(kind))
                            << false << QStringLiteral("Gatehouse can't show this kind of JPEG.");
}

void ForeignTest::showsOrNamesForeignPictures()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isShown);
    QFETCH(QString, reason);
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    const ProbeResult result = examined(bytes);
    QVERIFY2(result.state == ItemState::Ok, qPrintable(result.reason));
    QCOMPARE(result.reason, reason);
    QCOMPARE(result.kind, Kind::Still);
    QCOMPARE(result.width > 0, isShown);
    QCOMPARE(result.hasPoster(), isShown);
    const auto opened = ClipDecoder::open(m_folder.filePath(QStringLiteral("file")));
    QCOMPARE(opened.has_value(), isShown);
    if (!isShown)
        QCOMPARE(opened.error().text, reason);
}

void ForeignTest::reportsTruncatedPicturesAsIncomplete()
{
    QFETCH(QByteArray, bytes);
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    const ProbeResult result = examined(bytes.first(bytes.size() * 9 / 10));
    QCOMPARE(result.state, ItemState::Incomplete);
    QCOMPARE(result.kind, Kind::Still);
}

void ForeignTest::acceptsPicturesWithDamagedExif()
{
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    const QByteArray whole = makeStill({.exifTime = time, .orientation = 6});
    const qsizetype exif = whole.indexOf("Exif");
    QVERIFY(exif > 0);
    const qsizetype end = exif - 2 + qFromBigEndian<quint16>(whole.constData() + exif - 2);
    for (qsizetype at = exif + 6; at < end; ++at) {
        for (const char value : {'\xFF', '\x7F', '\0'}) {
            QByteArray bytes = whole;
            bytes[at] = value;
            const ProbeResult result = examined(bytes);
            QVERIFY2(result.state == ItemState::Ok, qPrintable(QString::number(at - exif)));
        }
    }
}

void ForeignTest::rejectsABitmapWithAnAbsurdHeight()
{
    const QByteArray sound = bmp(QImage::Format_RGB888);
    for (const qint32 height :
         {std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max(), -47}) {
        QByteArray bytes = sound;
        qToLittleEndian(height, bytes.data() + 22);
        const ProbeResult result = examined(bytes);
        QCOMPARE(result.state, height == -47 ? ItemState::Ok : ItemState::Damaged); // top-down is fine
        QCOMPARE(result.height, height == -47 ? 47 : 0);
    }
}

void ForeignTest::explainsClipsWithoutAPicture_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    for (const char *container : {"mp4", "matroska", "mpegts", "avi", "wav"}) {
        QTest::addRow("only sound %s", container)
            << makeClip({.container = container, .seconds = 6, .withSound = true, .withPictures = false})
            << QStringLiteral("This recording contains only sound (6 s).");
    }
    const QByteArray mp4 = makeClip({.withSound = true});
    QTest::newRow("H.266") << withFirst(mp4, QByteArray("avc1\0\0", 6), QByteArray("vvc1\0\0", 6))
                           << QStringLiteral("Gatehouse can't show H.266 video.");
    QTest::newRow("raw H.266") << QByteArray::fromHex("000000010079008d02438000000001007b") +
                                      QByteArray(900, 'x')
                               << QStringLiteral("Gatehouse can't show H.266 video.");
    QTest::newRow("other codec") << withFirst(mp4, QByteArray("avc1\0\0", 6), QByteArray("xyz9\0\0", 6))
                                 << QStringLiteral("Gatehouse can't show xyz9 video.");
    const QString encrypted = QStringLiteral("Gatehouse can't show this clip: it is encrypted.");
    QTest::newRow("encrypted") << makeClip({.isEncrypted = true}) << encrypted;
    QTest::newRow("encrypted with sound") << makeClip({.withSound = true, .isEncrypted = true}) << encrypted;
    QByteArray scrambled = makeClip({.container = "mpegts"});
    for (qsizetype at = 0; at + 188 <= scrambled.size(); at += 188) {
        if ((scrambled[at + 1] & 0x1F) != 1) // not the first elementary stream's
            continue;
        scrambled[at + 3] = char(scrambled[at + 3] | 0x80);
        for (qsizetype i = at + 30; i < at + 188; ++i)
            scrambled[i] = char(scrambled[i] ^ (0x5B + i % 61));
    }
    QTest::newRow("scrambled") << scrambled << encrypted;
}

void ForeignTest::explainsClipsWithoutAPicture()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    const ProbeResult result = examined(bytes);
    QCOMPARE(result.reason, reason);
    QCOMPARE(result.state, ItemState::Ok);
    QCOMPARE(result.kind, Kind::Clip);
    QVERIFY(!result.hasPoster());
}

void ForeignTest::ignoresZerosAfterAClip_data()
{
    QTest::addColumn<QByteArray>("container");
    for (const char *container : {"mp4", "matroska", "avi", "mpegts", "vob", "h264"})
        QTest::newRow(container) << QByteArray(container);
}

void ForeignTest::ignoresZerosAfterAClip()
{
    QFETCH(QByteArray, container);
    const QByteArray bytes = makeClip({.container = container, .seconds = 3});
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    for (const int zeros : {1, 7, 11, 100, 188, 4096, 300'000}) {
        const ProbeResult result = examined(bytes + QByteArray(zeros, '\0'));
        QVERIFY2(result.state == ItemState::Ok, qPrintable(QString::number(zeros) + result.reason));
        QVERIFY(result.frames >= 29); // a demuxer that loses sync drops the last one
    }
}

GATEHOUSE_TEST(ForeignTest)
#include "foreign_test.moc"
