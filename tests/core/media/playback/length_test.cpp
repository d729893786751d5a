// A clip is as long as it plays: the examination's length matches what the player shows, with pauses, one
// frame every few minutes, clocks that were set, audio that starts earlier or ends later.
#include "barcode_clip.h"
#include "media/demux/decoder_times.h"
#include "media/demux/frame_clock.h"
#include "media/picture/decoder_geometry.h"
#include "media/playback/decoder_clip.h"
#include "media/probe/examination.h"
#include "support/registry.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using gatehouse::tests::BarcodeClip;
using gatehouse::tests::numberOf;

namespace
{

using Stamps = std::vector<qint64>;

// Milliseconds; frames `step` apart, with a pause before frame 10.
Stamps stampsOf(int pictures, qint64 step, qint64 pause = 0, qint64 first = 0)
{
    Stamps stamps;
    for (int i = 0; i < pictures; ++i)
        stamps.push_back(first + step * i + (i >= 10 ? pause : 0));
    return stamps;
}

} // namespace

class LengthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { av_log_set_level(AV_LOG_QUIET); }
    void lengthMatchesPlayback_data();
    void lengthMatchesPlayback();
    void keepsTheTimeOfALateFirstFrame();
    void usesTheLongerOfVideoAndSound();
    void holdsTheLastFrameUntilTheSoundEnds_data();
    void holdsTheLastFrameUntilTheSoundEnds();
    void takesTheLengthOfABareStreamFromTheCaller_data();
    void takesTheLengthOfABareStreamFromTheCaller();
    void frameAndPacketClocksAgree();
    void concatenatedJpegsAreAClip();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] ProbeResult examined(const QString &file) const
    {
        return examineFile(file, path(QStringLiteral("poster.jpg")), Depth::Full).result;
    }

    QTemporaryDir m_folder;
};

void LengthTest::lengthMatchesPlayback_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<Stamps>("stamps");
    QTest::addColumn<int>("length"); // ms
    for (const char *extension : {"mp4", "mkv", "ts"}) {
        const QString name = QString::fromLatin1(extension);
        QTest::addRow("%s, pause of 20 s", extension) << name << stampsOf(30, 200, 20'000) << 26'000;
        QTest::addRow("%s, pause of 55 s", extension) << name << stampsOf(30, 200, 55'000) << 61'000;
        QTest::addRow("%s, a clock set", extension) << name << stampsOf(30, 200, 3'600'000) << 6'000;
        QTest::addRow("%s, one in 20 s", extension) << name << stampsOf(12, 20'000) << 240'000;
        QTest::addRow("%s, one in 2 min", extension) << name << stampsOf(60, 120'000) << 7'200'000;
        QTest::addRow("%s, and a pause", extension) << name << stampsOf(30, 120'000, 600'000) << 4'200'000;
    }
}

void LengthTest::lengthMatchesPlayback()
{
    QFETCH(QString, extension);
    QFETCH(Stamps, stamps);
    QFETCH(int, length);
    BarcodeClip made{.path = path(QStringLiteral("a.") + extension),
                     .pictures = int(stamps.size()),
                     .fps = 5,
                     .group = 5,
                     .stamps = stamps};
    if (!tests::makeClip(made))
        QSKIP("libav has no such encoder here");
    const qint64 step = stamps[1] - stamps[0];
    const ProbeResult found = examined(made.path);
    QVERIFY2(found.state == ItemState::Ok, qPrintable(found.reason));
    QVERIFY2(qAbs(found.duration - length) <= step, qPrintable(QString::number(found.duration)));

    auto clip = ClipDecoder::open(made.path);
    QVERIFY(clip.has_value());
    std::vector<qint64> times;
    while (const auto frame = (*clip)->next())
        times.push_back(frame->time);
    QCOMPARE(times.size(), stamps.size());
    QVERIFY2(qAbs(times.back() / 1000 - (length - step)) <= step / 2 + 1,
             qPrintable(QString::number(times.back() / 1000)));
    for (const int number : {int(times.size()) - 1, 3, 12, 0, 9, 10, 11}) {
        if (number >= int(times.size()))
            continue;
        const auto frame = (*clip)->frameAt(times[size_t(number)] + 1'000);
        QVERIFY2(frame.has_value(), qPrintable(QString::number(number)));
        QCOMPARE(numberOf(*frame), number);
        QCOMPARE(frame->time, times[size_t(number)]);
    }
}

void LengthTest::keepsTheTimeOfALateFirstFrame()
{
    for (const char *extension : {"mp4", "mkv", "ts"}) {
        BarcodeClip made{.path = path(QStringLiteral("late.") + QLatin1String(extension)),
                         .pictures = 60,
                         .fps = 10,
                         .withSound = true,
                         .stamps = stampsOf(60, 100, 0, 2'000)};
        QVERIFY(tests::makeClip(made));
        const ProbeResult found = examined(made.path);
        QVERIFY2(qAbs(found.duration - 8'000) <= 100, qPrintable(QString::number(found.duration)));
        QCOMPARE(found.reason, QString());
        auto clip = ClipDecoder::open(made.path);
        QVERIFY(clip.has_value());
        const auto first = (*clip)->next();
        QVERIFY2(qAbs(first->time - 2'000'000) < 80'000, qPrintable(QString::number(first->time)));
        const auto later = (*clip)->frameAt(4'090'000);
        QVERIFY2(qAbs(later->time - 4'050'000) < 80'000, qPrintable(QString::number(later->time)));
        QCOMPARE(qint64(numberOf(*later)), (later->time - first->time + 50'000) / 100'000);
        QCOMPARE(numberOf(*(*clip)->frameAt(1'000'000)), 0);
        QCOMPARE((*clip)->frameAt(0)->time, first->time);
    }
}

void LengthTest::usesTheLongerOfVideoAndSound()
{
    BarcodeClip made{.path = path(QStringLiteral("short.mp4")),
                     .pictures = 30,
                     .fps = 20,
                     .withSound = true,
                     .toneMs = 39'000};
    QVERIFY(tests::makeClip(made));
    ProbeResult found = examined(made.path);
    QCOMPARE(found.state, ItemState::Ok);
    QVERIFY2(qAbs(found.duration - 39'000) <= 100, qPrintable(QString::number(found.duration)));
    QCOMPARE(found.reason, QStringLiteral("The video ends after 2 s, the sound after 39 s."));
    made.pictures = 200;
    made.toneMs = 2'000;
    QVERIFY(tests::makeClip(made));
    found = examined(made.path);
    QVERIFY2(qAbs(found.duration - 10'000) <= 100, qPrintable(QString::number(found.duration)));
    QCOMPARE(found.reason, QStringLiteral("The video ends after 10 s, the sound after 2 s."));
    for (const int tone : {10'300, 11'200}) { // a little longer is usual and not reported
        made.toneMs = tone;
        QVERIFY(tests::makeClip(made));
        found = examined(made.path);
        const int length = tone < 10'500 ? 10'000 : tone;
        QVERIFY2(qAbs(found.duration - length) <= 100, qPrintable(QString::number(found.duration)));
        QCOMPARE(found.reason, QString());
    }
}

void LengthTest::holdsTheLastFrameUntilTheSoundEnds_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("tone");
    for (const char *extension : {"mp4", "mkv", "ts"}) {
        const QString name = QLatin1String(extension);
        QTest::addRow("%s, sound longer", extension) << name << 30 << 39'000;
        QTest::addRow("%s, one picture", extension) << name << 1 << 5'000;
        QTest::addRow("%s, sound a little longer", extension) << name << 100 << 5'200;
        QTest::addRow("%s, pictures longer", extension) << name << 100 << 2'000;
    }
}

void LengthTest::holdsTheLastFrameUntilTheSoundEnds()
{
    QFETCH(QString, extension);
    QFETCH(int, pictures);
    QFETCH(int, tone);
    // How much audio there was, and up to when.
    class Sink : public SoundSink
    {
    public:
        void restart(qint64) override { end = most = 0; }
        void push(const int16_t *, int frames, qint64 time) override
        {
            most = std::max(most, time - pictured);
            end = time + qint64(frames) * 1'000'000 / kSampleRate;
        }
        [[nodiscard]] qint64 buffered() const override { return 0; }
        qint64 pictured = 0;
        qint64 end = 0;
        qint64 most = 0; // ahead of the video
    } sink;
    const BarcodeClip made{.path = path(QStringLiteral("tail.") + extension),
                           .pictures = pictures,
                           .fps = 20,
                           .withSound = true,
                           .toneMs = tone};
    QVERIFY(tests::makeClip(made));
    const qint64 length = tone > pictures * 50 + 500 ? tone : pictures * 50;
    QVERIFY(qAbs(examined(made.path).duration - length) <= 100);
    auto clip = ClipDecoder::open(made.path);
    QVERIFY(clip.has_value());
    (*clip)->setSound(&sink, 0);
    std::vector<qint64> times;
    while (const auto frame = (*clip)->next()) {
        QCOMPARE(numberOf(*frame), std::min(int(times.size()), pictures - 1));
        QVERIFY(times.empty() || frame->time > times.back());
        times.push_back(frame->time);
        sink.pictured = frame->time;
    }
    QVERIFY((*clip)->atEnd());
    QVERIFY2(qAbs(times.back() / 1000 - length) <= 200, qPrintable(QString::number(times.back())));
    QVERIFY2(qAbs(sink.end / 1000 - tone) <= 200, qPrintable(QString::number(sink.end)));
    QVERIFY2(sink.most < 12'000'000, qPrintable(QString::number(sink.most))); // the queue is bounded
    // Seeking reaches it, too, and leaves it again.
    for (const qint64 time : {times.back(), times.back() - 300'000, qint64(0), times.back() / 2}) {
        const auto frame = (*clip)->frameAt(time);
        QVERIFY(frame.has_value());
        QVERIFY2(time - frame->time <= 101'000, qPrintable(QString::number(frame->time)));
        QCOMPARE(numberOf(*frame), std::min(int(time / 50'000), pictures - 1));
    }
    (void)(*clip)->frameAt(times.back() - 1'000'000);
    while (const auto frame = (*clip)->next())
        sink.pictured = frame->time;
    QVERIFY2(qAbs(sink.end / 1000 - tone) <= 200, qPrintable(QString::number(sink.end)));
}

void LengthTest::takesTheLengthOfABareStreamFromTheCaller_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<int>("between");
    QTest::newRow("H.264") << "h264"
                           << "libx264" << 0;
    QTest::newRow("H.264, B pictures") << "h264"
                                       << "libx264" << 2;
    QTest::newRow("H.265") << "hevc"
                           << "libx265" << 0;
    QTest::newRow("JPEG") << "mjpeg"
                          << "mjpeg" << 0;
}

void LengthTest::takesTheLengthOfABareStreamFromTheCaller()
{
    QFETCH(QString, extension);
    QFETCH(QString, codec);
    QFETCH(int, between);
    const QByteArray encoder = codec.toLatin1();
    const BarcodeClip made{.path = path(QStringLiteral("bare.") + extension),
                           .pictures = 60,
                           .between = between,
                           .codec = encoder.constData()};
    QVERIFY(tests::makeClip(made));
    // Six seconds imply ten fps; an implausible length is ignored.
    for (const qint64 length : {qint64(0), qint64(6'000'000), qint64(1), qint64(7) * 24 * 3600 * 1'000'000}) {
        const bool isTaken = length == 6'000'000;
        const qint64 step = isTaken ? 100'000 : 40'000;
        auto clip = ClipDecoder::open(made.path, {}, length);
        QVERIFY(clip.has_value());
        if (isTaken)
            QCOMPARE((*clip)->info().duration, length);
        for (int i = 0; i < 60; ++i) {
            const auto frame = (*clip)->next();
            QVERIFY2(frame.has_value(), qPrintable(QString::number(i)));
            QCOMPARE(numberOf(*frame), i);
            QCOMPARE(frame->time, i * step);
        }
        QVERIFY(!(*clip)->next());
        for (const int number : {59, 3, 26, 25, 24, 0, 40}) {
            const auto frame = (*clip)->frameAt(number * step + 1'000);
            QCOMPARE(numberOf(*frame), number);
            QCOMPARE(frame->time, number * step);
        }
    }
    // A container's own timing takes precedence.
    const BarcodeClip contained{.path = path(QStringLiteral("bare.mp4")), .pictures = 60};
    QVERIFY(tests::makeClip(contained));
    auto clip = ClipDecoder::open(contained.path, {}, 6'000'000);
    QCOMPARE((*clip)->frameAt(1'200'000)->time, 1'200'000);
}

void LengthTest::frameAndPacketClocksAgree()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        const qint64 step = 1'000LL << random.bounded(18); // up to two minutes
        FrameClock clock(step);
        PacketTimes times({1, 1'000'000}, step);
        qint64 stamp = 0;
        qint64 end = 0;
        for (int i = 0; i < 100; ++i) {
            const qint64 far = qint64(random.bounded(3'600)) * 1'000'000;
            const int kind = random.bounded(20);
            stamp += kind == 0 ? far : kind == 1 ? -far : step + random.bounded(int(step / 2) + 1);
            const Av<AVPacket> packet(av_packet_alloc());
            packet->pts = packet->dts = stamp;
            times.apply(*packet);
            // If the packets' clock steps back slightly for jitter, the frames' clock is set.
            if (kind == 1 && far < 1'000'000)
                break;
            end = clock.add(stamp, 0);
            QCOMPARE(packet->dts, end);
        }
    }
}

void LengthTest::concatenatedJpegsAreAClip()
{
    const QString named = path(QStringLiteral("pictures.mjpeg"));
    QVERIFY(tests::makeClip({.path = named, .pictures = 20, .codec = "mjpeg"}));
    const ProbeResult found = examined(named);
    QVERIFY2(found.state == ItemState::Ok, qPrintable(found.reason));
    QCOMPARE(found.kind, Kind::Clip);
    QCOMPARE(found.frames, 20);
    QVERIFY(found.isDurationAssumed);
    QVERIFY(found.hasPoster());
    auto clip = ClipDecoder::open(named);
    QVERIFY(clip.has_value());
    for (int i = 0; i < 20; ++i) {
        const auto frame = (*clip)->next();
        QVERIFY(frame.has_value());
        QCOMPARE(numberOf(*frame), i);
    }
    QVERIFY(!(*clip)->next().has_value());
    QCOMPARE(numberOf(*(*clip)->frameAt(7 * 40'000 + 1'000)), 7);

    // The extension decides: a burst after a picture does not belong to a clip.
    const QString still = path(QStringLiteral("burst.jpg"));
    QVERIFY(QFile::copy(named, still));
    QCOMPARE(examined(still).kind, Kind::Still);
    QVERIFY((*ClipDecoder::open(still))->info().isStill);
    const QString unnamed = path(QStringLiteral("pictures"));
    QVERIFY(QFile::copy(named, unnamed));
    QCOMPARE(examined(unnamed).kind, Kind::Clip);
}

GATEHOUSE_TEST(LengthTest)
#include "length_test.moc"
