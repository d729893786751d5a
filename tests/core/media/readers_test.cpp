// The small readers of the examination, each alone: EXIF, picture outlines, the clock of pictures.
#include "media/exif.h"
#include "media/picture_clock.h"
#include "media/picture_file.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{
constexpr qint64 second = 1'000'000;
}

class ReadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exifSurvivesAnyBytes();
    void theFirstOfSeveralPicturesEndsAtItsMark();
    void aVariableRateIsFollowed();
    void aClockThatJumpsIsStepped();
    void aRestingCameraIsWaitedFor();
    void theFirstTimesTellTheStep();
    void picturesWithoutTimesTakeTheNominalStep();
    void aLastPictureIsShownAsLongAsItSays();
};

void ReadersTest::exifSurvivesAnyBytes()
{
    const QDateTime time(QDate(2024, 2, 29), QTime(23, 59, 58), Qt::UTC);
    const QByteArray jpeg = makeStill({.exifTime = time, .orientation = 8});
    const qsizetype at = jpeg.indexOf("Exif");
    const QByteArray segment = jpeg.mid(at, 120);
    const Exif exif = readExif(segment);
    QCOMPARE(exif.taken, time);
    QCOMPARE(exif.turn.degrees, 270);
    QRandomGenerator random(1);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = segment.first(random.bounded(int(segment.size())));
        for (int k = 0; k < 4 && bytes.size() > 6; ++k)
            bytes[6 + random.bounded(int(bytes.size()) - 6)] = char(random.bounded(256));
        // A heap copy of exactly this size: the sanitizer sees one byte too far.
        const std::vector<char> exact(bytes.begin(), bytes.end());
        (void)readExif(QByteArrayView(exact.data(), qsizetype(exact.size())));
    }
}

void ReadersTest::theFirstOfSeveralPicturesEndsAtItsMark()
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

void ReadersTest::aVariableRateIsFollowed()
{
    PictureClock clock(0);
    for (const qint64 time : {qint64(0), second / 10, second, 4 * second, 4 * second + second / 10})
        clock.add(time, 0);
    QCOMPARE(clock.length(), 4 * second + second / 10 + (4 * second + second / 10) / 4);
}

void ReadersTest::aClockThatJumpsIsStepped()
{
    PictureClock clock(0);
    qint64 time = 0;
    for (int i = 0; i < 100; ++i, time += second / 10)
        clock.add(time, second / 10);
    QCOMPARE(clock.length(), 10 * second);
    for (const qint64 start : {qint64(0), 143'165 * second, 500 * second}) {
        time = start;
        for (int i = 0; i < 100; ++i, time += second / 10)
            clock.add(time, second / 10);
    }
    QCOMPARE(clock.length(), 40 * second);
}

void ReadersTest::aRestingCameraIsWaitedFor()
{
    PictureClock clock(second / 5);
    qint64 time = 0;
    for (const qint64 pause : {20 * second, 59 * second, 61 * second}) { // the last: a clock that was set
        for (int i = 0; i < 10; ++i, time += second / 5)
            clock.add(time, 0);
        time += pause;
    }
    clock.add(time, 0);
    QCOMPARE(clock.length(), 3 * 2 * second + 79 * second + second / 5);
    PictureClock slow(120 * second);
    for (int i = 0; i < 60; ++i)
        slow.add(i * 120 * second, 0);
    QCOMPARE(slow.length(), 7200 * second);
}

void ReadersTest::theFirstTimesTellTheStep()
{
    AVStream stream = {};
    QCOMPARE(nominalStep(stream, {}), 0);
    QCOMPARE(nominalStep(stream, {7}), 0);
    QCOMPARE(nominalStep(stream, {0, 120 * second, 240 * second}), 120 * second);
    QCOMPARE(nominalStep(stream, {0, 40'000, 20 * second, 80'000, 20 * second + 40'000}), 40'000);
    stream.avg_frame_rate = {5, 1};
    QCOMPARE(nominalStep(stream, {0, 90'000 * second}), 200'000); // no camera is as slow
    QCOMPARE(nominalStep(stream, {3, 3}), 200'000);
    QCOMPARE(nominalStep(stream, {0, AV_NOPTS_VALUE, second}), 200'000); // pictures between them
}

void ReadersTest::picturesWithoutTimesTakeTheNominalStep()
{
    PictureClock clock(second / 30);
    for (int i = 0; i < 30; ++i)
        clock.add(std::nullopt, 0);
    QCOMPARE(clock.length(), 30 * (second / 30));
    PictureClock unknown(11); // one tick of 90 kHz: no rate at all
    for (int i = 0; i < 25; ++i)
        unknown.add(std::nullopt, 11);
    QCOMPARE(unknown.length(), second);
}

void ReadersTest::aLastPictureIsShownAsLongAsItSays()
{
    PictureClock clock(second / 25);
    clock.add(0, 2 * second);
    QCOMPARE(clock.length(), 2 * second);
    QCOMPARE(PictureClock(0).length(), 0);
}

GATEHOUSE_TEST(ReadersTest)
#include "readers_test.moc"
