// The examination's small readers, each on its own: EXIF, picture outlines, the frame clock.
#include "media/demux/frame_clock.h"
#include "media/picture/exif.h"
#include "media/picture/picture_file.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{
constexpr qint64 kSecond = 1'000'000;
}

class ReadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exifReaderSurvivesAnyBytes();
    void readsTheSerialOfTheCamera_data();
    void readsTheSerialOfTheCamera();
    void readsTheSerialFromAMakerNote();
    void findsTheEndOfTheFirstPicture();
    void followsAVariableFrameRate();
    void stepsOverTimestampJumps();
    void countsPausesUpToAMinute();
    void derivesTheStepFromTheFirstTimestamps();
    void usesTheNominalStepWithoutTimestamps();
    void usesTheDurationOfTheLastFrame();
};

void ReadersTest::exifReaderSurvivesAnyBytes()
{
    const QDateTime time(QDate(2024, 2, 29), QTime(23, 59, 58), Qt::UTC);
    const QByteArray jpeg = makeStill({.exifTime = time, .orientation = 8});
    const qsizetype at = jpeg.indexOf("Exif");
    const QByteArray segment = jpeg.mid(at, 120);
    const Exif exif = readExif(segment);
    QCOMPARE(exif.taken, time);
    QCOMPARE(exif.orientation.degrees, 270);
    QRandomGenerator random(1);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = segment.first(random.bounded(int(segment.size())));
        for (int k = 0; k < 4 && bytes.size() > 6; ++k)
            bytes[6 + random.bounded(int(bytes.size()) - 6)] = char(random.bounded(256));
        // A heap copy of exactly this size: the sanitizer detects an overread of one byte.
        const std::vector<char> exact(bytes.begin(), bytes.end());
        (void)readExif(QByteArrayView(exact.data(), qsizetype(exact.size())));
    }
}

void ReadersTest::readsTheSerialOfTheCamera_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("serial");
    const auto row = [](const char *written, const char *serial) {
        QTest::newRow(written) << QByteArray(written) << QString::fromLatin1(serial);
    };
    row("H500EE06130468", "H500EE06130468");
    row("0123456", "0123456");
    row("SN-2020/0042", "SN-2020/0042");
    row("  1234 ", "1234");
    row("A1.002", "A1.002");
    row("00000000", "");
    row("1111", "");
    row("0", "");
    row("unknown", "");
    row("N/A", "");
    row("12", "");
    row("a\x01\x02\x03\x04\x05 123", "");
    row("\xd4\xba 1234", "");
    row("", "");
}

void ReadersTest::readsTheSerialOfTheCamera()
{
    QFETCH(const QByteArray, written);
    QFETCH(const QString, serial);
    const Exif exif = readExif(exifPayload({}, 0, written, "  Trail   Cam "));
    QCOMPARE(exif.serial, serial);
    QCOMPARE(exif.model, QStringLiteral("Trail Cam"));
    const auto outline = outlineOf(makeStill({.serial = "A10001", .model = "M5"}));
    QVERIFY(outline);
    QCOMPARE(outline->exif.serial, QStringLiteral("A10001"));
    QCOMPARE(outline->exif.model, QStringLiteral("M5"));
}

void ReadersTest::readsTheSerialFromAMakerNote()
{
    QByteArray note = QByteArray::fromHex("01f1") + QByteArray(40, '\0');
    for (const char c : QByteArray("H500EE06130468")) {
        note += c;
        note += '\0';
    }
    note += QByteArray(20, '\0');
    const QByteArray count(1, char(note.size()));
    const auto payload = [&](const QByteArray &maker) {
        return QByteArray("Exif\0\0II*\0\x08\0\0\0", 14) + QByteArray("\x01\0\x7c\x92\x07\0", 6) + count +
               QByteArray("\0\0\0\x1a\0\0\0\0\0\0\0", 11) + maker;
    };
    QCOMPARE(readExif(payload(note)).serial, QStringLiteral("H500EE06130468"));
    QCOMPARE(readExif(payload(note.chopped(30))).serial, QString()); // beyond the end
    QCOMPARE(readExif(payload("OLYMP" + note.mid(5))).serial, QString());
}

void ReadersTest::findsTheEndOfTheFirstPicture()
{
    const QByteArray one = makeStill({});
    const auto outline = outlineOf(one + makeStill({.seed = 3}) + "--boundary");
    QVERIFY(outline);
    QVERIFY(outline->isWhole);
    QCOMPARE(outline->length, one.size());
    QCOMPARE(outline->width, 320);
    for (qsizetype size = 3; size < one.size(); size += 7) {
        const auto cut = outlineOf(one.first(size));
        QVERIFY(cut && !cut->isWhole);
        QCOMPARE(cut->length, size);
    }
}

void ReadersTest::followsAVariableFrameRate()
{
    FrameClock clock(0);
    for (const qint64 time : {qint64(0), kSecond / 10, kSecond, 4 * kSecond, 4 * kSecond + kSecond / 10})
        clock.add(time, 0);
    QCOMPARE(clock.length(), 4 * kSecond + kSecond / 10 + (4 * kSecond + kSecond / 10) / 4);
}

void ReadersTest::stepsOverTimestampJumps()
{
    FrameClock clock(0);
    qint64 time = 0;
    for (int i = 0; i < 100; ++i, time += kSecond / 10)
        clock.add(time, kSecond / 10);
    QCOMPARE(clock.length(), 10 * kSecond);
    for (const qint64 start : {qint64(0), 143'165 * kSecond, 500 * kSecond}) {
        time = start;
        for (int i = 0; i < 100; ++i, time += kSecond / 10)
            clock.add(time, kSecond / 10);
    }
    QCOMPARE(clock.length(), 40 * kSecond);
}

void ReadersTest::countsPausesUpToAMinute()
{
    FrameClock clock(kSecond / 5);
    qint64 time = 0;
    for (const qint64 pause : {20 * kSecond, 59 * kSecond, 61 * kSecond}) { // the last: a clock that was set
        for (int i = 0; i < 10; ++i, time += kSecond / 5)
            clock.add(time, 0);
        time += pause;
    }
    clock.add(time, 0);
    QCOMPARE(clock.length(), 3 * 2 * kSecond + 79 * kSecond + kSecond / 5);
    FrameClock slow(120 * kSecond);
    for (int i = 0; i < 60; ++i)
        slow.add(i * 120 * kSecond, 0);
    QCOMPARE(slow.length(), 7200 * kSecond);
}

void ReadersTest::derivesTheStepFromTheFirstTimestamps()
{
    AVStream stream = {};
    QCOMPARE(nominalStep(stream, {}), 0);
    QCOMPARE(nominalStep(stream, {7}), 0);
    QCOMPARE(nominalStep(stream, {0, 120 * kSecond, 240 * kSecond}), 120 * kSecond);
    QCOMPARE(nominalStep(stream, {0, 40'000, 20 * kSecond, 80'000, 20 * kSecond + 40'000}), 40'000);
    stream.avg_frame_rate = {5, 1};
    QCOMPARE(nominalStep(stream, {0, 90'000 * kSecond}), 200'000); // no camera is that slow
    QCOMPARE(nominalStep(stream, {3, 3}), 200'000);
    QCOMPARE(nominalStep(stream, {0, AV_NOPTS_VALUE, kSecond}), 200'000); // frames between them
}

void ReadersTest::usesTheNominalStepWithoutTimestamps()
{
    FrameClock clock(kSecond / 30);
    for (int i = 0; i < 30; ++i)
        clock.add(std::nullopt, 0);
    QCOMPARE(clock.length(), 30 * (kSecond / 30));
    FrameClock unknown(11); // one tick of 90 kHz: not a real rate
    for (int i = 0; i < 25; ++i)
        unknown.add(std::nullopt, 11);
    QCOMPARE(unknown.length(), kSecond);
}

void ReadersTest::usesTheDurationOfTheLastFrame()
{
    FrameClock clock(kSecond / 25);
    clock.add(0, 2 * kSecond);
    QCOMPARE(clock.length(), 2 * kSecond);
    QCOMPARE(FrameClock(0).length(), 0);
}

GATEHOUSE_TEST(ReadersTest)
#include "readers_test.moc"
