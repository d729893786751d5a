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
