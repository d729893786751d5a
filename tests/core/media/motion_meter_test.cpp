// What counts as motion, on made frames and on real cameras' clips.
#include "media/probe/examination.h"
#include "media/probe/motion_meter.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kMeterStep = 200'000; // microseconds
constexpr QSize kMeterSize(640, 360);

Av<AVFrame> meterFrame(AVPixelFormat format = AV_PIX_FMT_YUV420P)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->format = format;
    frame->width = kMeterSize.width();
    frame->height = kMeterSize.height();
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        qFatal("no memory");
    return frame;
}

// value(x, y): brightness, 0 to 255.
template<typename Value>
void paintLuma(AVFrame &frame, const Value &value)
{
    const bool isDeep = frame.format == AV_PIX_FMT_YUV420P10LE;
    for (int y = 0; y < frame.height; ++y) {
        uint8_t *row = frame.data[0] + qint64(y) * frame.linesize[0];
        for (int x = 0; x < frame.width; ++x) {
            const int v = std::clamp(int(value(x, y)), 0, 255);
            if (!isDeep) {
                row[x] = uint8_t(v);
                continue;
            }
            row[2 * x] = uint8_t(v << 2);
            row[2 * x + 1] = uint8_t(v >> 6);
        }
    }
}

// The levels of the whole seconds of a real clip, in percent of the highest there is; -1: unknown.
QVector<int> levelsOf(const QString &file)
{
    const QTemporaryDir folder;
    const Examination seen = examineFile(file, folder.filePath(QStringLiteral("poster.jpg")), Depth::Full);
    const MotionProfile motion = ProbeResult::fromJson(seen.result.toJson()).motion;
    QVector<int> out;
    for (qint64 t = 0; t + 1'000 <= seen.result.duration; t += 1'000) {
        const auto level = motion.level(t, t + 1'000);
        out.append(level ? qRound(*level * 100) : -1);
    }
    return out;
}

} // namespace

class MotionMeterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noiseIsNoMotion();
    void exposureIsNoMotion();
    void measuresTheShareThatMoves_data();
    void measuresTheShareThatMoves();
    void doesNotCompareAcrossGapsAndSizes();
    void followsRealClips();
};

void MotionMeterTest::noiseIsNoMotion()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    MotionMeter meter;
    const auto frame = meterFrame();
    for (int i = 0; i < 20; ++i) {
        paintLuma(*frame, [&](int x, int) { return x / 4 + random.bounded(-12, 13); });
        meter.add(*frame, i * kMeterStep);
    }
    QVERIFY(!meter.profile().isEmpty());
    // A few cells in a hundred thousand vary by more than the least change.
    QVERIFY2(*meter.profile().level(0, 10'000) < 0.06,
             qPrintable(QString::number(*meter.profile().level(0, 10'000))));
}

void MotionMeterTest::exposureIsNoMotion()
{
    MotionMeter meter;
    const auto frame = meterFrame();
    for (int i = 0; i < 20; ++i) {
        paintLuma(*frame, [&](int x, int) { return x / 8 + 5 * i; });
        meter.add(*frame, i * kMeterStep);
    }
    QCOMPARE(meter.profile().level(0, 10'000), 0.0);
}

void MotionMeterTest::measuresTheShareThatMoves_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("8 bits") << int(AV_PIX_FMT_YUV420P);
    QTest::newRow("10 bits") << int(AV_PIX_FMT_YUV420P10LE);
    QTest::newRow("two planes") << int(AV_PIX_FMT_NV12);
}

// A box of a tenth of the width and a fifth of the height jumps in the third second.
void MotionMeterTest::measuresTheShareThatMoves()
{
    QFETCH(int, format);
    MotionMeter meter;
    const auto frame = meterFrame(AVPixelFormat(format));
    for (int i = 0; i < 25; ++i) {
        const int left = i / 5 == 2 ? (i % 2) * 320 : 0;
        paintLuma(*frame, [&](int x, int y) { return x >= left && x < left + 64 && y < 72 ? 200 : 60; });
        meter.add(*frame, i * kMeterStep);
        meter.add(*frame, i * kMeterStep + kMeterStep / 2); // too soon to compare
    }
    QCOMPARE(meter.profile().level(0, 1'000), 0.0);
    // Cells that the box only touches count whole.
    const double share = std::pow(*meter.profile().level(2'000, 3'000), 2);
    QVERIFY2(share >= 0.04 && share < 0.05, qPrintable(QString::number(share)));
    QCOMPARE(meter.profile().level(4'000, 5'000), 0.0);
}

void MotionMeterTest::doesNotCompareAcrossGapsAndSizes()
{
    MotionMeter meter;
    const auto frame = meterFrame();
    const auto show = [&](int value, qint64 time) {
        paintLuma(*frame, [&](int x, int) { return x < 100 ? value : 60; });
        meter.add(*frame, time);
    };
    show(60, 0);
    show(200, 5'000'000);
    QVERIFY(meter.profile().isEmpty());
    show(60, 7'000'000);
    // Whatever changed between two seconds may have changed in either.
    QVERIFY(meter.profile().level(5'000, 6'000) > 0.3);
    QVERIFY(meter.profile().level(6'000, 7'000) > 0.3);
    QVERIFY(!meter.profile().level(0, 5'000));
    frame->width = 320;
    show(200, 7'500'000);
    QCOMPARE(meter.profile().level(7'000, 8'000), meter.profile().level(6'000, 7'000));
}

// A car crosses an empty yard three times: at 4.4 to 8, 14.4 to 19.3 and 25.2 to 27.9 s. This camera spends
// five times as many bytes on a frame while nothing moves.
void MotionMeterTest::followsRealClips()
{
    GATEHOUSE_NEEDS_DATA();
    const QVector<int> car = levelsOf(sharedData(QStringLiteral("car-detection.mp4")));
    QStringList text;
    for (const int level : car)
        text.append(QString::number(level));
    qInfo("car-detection.mp4: %s", qPrintable(text.join(QLatin1Char(' '))));
    QCOMPARE(car.size(), 30);
    const auto moves = [](int second) {
        return (second >= 5 && second <= 7) || (second >= 15 && second <= 18) ||
               (second >= 25 && second <= 26);
    };
    const auto isAtEdge = [](int second) {
        return second == 4 || second == 8 || second == 9 || second == 14 || second == 19 || second == 24 ||
               second == 27;
    };
    for (int second = 0; second < 30; ++second) {
        if (isAtEdge(second))
            continue;
        QVERIFY2(moves(second) ? car[second] >= 15 : car[second] >= 0 && car[second] < 8,
                 qPrintable(QStringLiteral("second %1: %2").arg(second).arg(car[second])));
    }
    // Traffic never stops, and a camera of one frame per second is known, too.
    for (const int level : levelsOf(sharedData(QStringLiteral("traffic_camera.mp4"))))
        QVERIFY2(level >= 10, qPrintable(QString::number(level)));
    for (const int level : levelsOf(sharedData(QStringLiteral("moonfire_1fps.mp4"))))
        QVERIFY2(level >= 0 && level < 8, qPrintable(QString::number(level)));
}

GATEHOUSE_TEST(MotionMeterTest)
#include "motion_meter_test.moc"
