// Generated clips and stills through the examination: cuts, rotations, posters, limits.
#include "media/demux/cpu_timer.h"
#include "media/demux/decode_log.h"
#include "media/picture/picture_file.h"
#include "media/probe/clip_check.h"
#include "media/probe/examination.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

class ExaminationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsIntactClips_data();
    void acceptsIntactClips();
    void reportsTruncatedClipsAsIncomplete_data();
    void reportsTruncatedClipsAsIncomplete();
    void rotatesPostersUpright();
    void skipsABlackStartForThePoster();
    void findsAPosterIfTheOnlyKeyframeIsBlack();
    void decodesOnlyPartOfALongClip();
    void decodingLimitIsNotReportedAsDamage_data();
    void decodingLimitIsNotReportedAsDamage();
    void findsDamageInTheLastGroup();
    void countsOnlyProcessorTime();
    void readsTimeAndOrientationOfStills();
    void reportsATruncatedStillAsIncomplete();
    void rejectsADecompressionBombUnopened();
    void rejectsAJpegWithTooManyScans();
    void doesNotFollowPlaylists();
    void readsTheCreationTime();

private:
    QString write(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    ProbeResult examined(const QByteArray &bytes, Depth depth = Depth::Full)
    {
        QFile::remove(poster());
        return examineFile(write(bytes), poster(), depth).result;
    }
    [[nodiscard]] QString poster() const { return m_folder.filePath(QStringLiteral("poster.jpg")); }

    QTemporaryDir m_folder;
};

void ExaminationTest::acceptsIntactClips_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<QString>("found");
    QTest::newRow("mp4") << QByteArray("mp4") << QByteArray("h264") << QStringLiteral("mov");
    QTest::newRow("mp4 hevc") << QByteArray("mp4") << QByteArray("hevc") << QStringLiteral("mov");
    QTest::newRow("mkv") << QByteArray("matroska") << QByteArray("h264") << QStringLiteral("matroska");
    QTest::newRow("avi") << QByteArray("avi") << QByteArray("mjpeg") << QStringLiteral("avi");
    QTest::newRow("avi mpeg4") << QByteArray("avi") << QByteArray("mpeg4") << QStringLiteral("avi");
    QTest::newRow("ts") << QByteArray("mpegts") << QByteArray("h264") << QStringLiteral("mpegts");
    QTest::newRow("ps") << QByteArray("vob") << QByteArray("h264") << QStringLiteral("mpeg");
}

void ExaminationTest::acceptsIntactClips()
{
    QFETCH(QByteArray, container);
    QFETCH(QByteArray, codec);
    QFETCH(QString, found);
    const QByteArray bytes = makeClip({.container = container, .codec = codec, .withSound = true});
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    const ProbeResult result = examined(bytes);
    QVERIFY2(result.state == ItemState::Ok, qPrintable(result.reason));
    QCOMPARE(result.kind, Kind::Clip);
    QCOMPARE(result.container, found);
    QCOMPARE(result.videoCodec, QString::fromLatin1(codec));
    QVERIFY(!result.audioCodec.isEmpty());
    QCOMPARE(result.frames, 20);
    QVERIFY2(qAbs(result.duration - 2000) <= 100, qPrintable(QString::number(result.duration)));
    QCOMPARE(QImage(poster()).size(), QSize(160, 120)); // never enlarged
}

void ExaminationTest::reportsTruncatedClipsAsIncomplete_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<bool>("plays");
    QTest::newRow("mp4") << QByteArray("mp4") << false;
    QTest::newRow("fragmented mp4") << QByteArray("fragmented") << true;
    QTest::newRow("mkv") << QByteArray("matroska") << true;
    QTest::newRow("avi") << QByteArray("avi") << true;
    QTest::newRow("ts") << QByteArray("mpegts") << true;
    QTest::newRow("ps") << QByteArray("vob") << true;
}

void ExaminationTest::reportsTruncatedClipsAsIncomplete()
{
    QFETCH(QByteArray, container);
    QFETCH(bool, plays);
    const bool isFragmented = container == "fragmented";
    const QByteArray whole = makeClip({.container = isFragmented ? "mp4" : container,
                                       .width = 320,
                                       .height = 240,
                                       .seconds = 4,
                                       .isFragmented = isFragmented});
    if (whole.isEmpty())
        QSKIP("this libav does not write it");
    QCOMPARE(examined(whole).state, ItemState::Ok);
    const ProbeResult result = examined(whole.first(whole.size() * 6 / 10 + 1));
    QCOMPARE(result.state, ItemState::Incomplete);
    QVERIFY(!result.reason.isEmpty());
    QCOMPARE(result.frames > 0, plays);
    QVERIFY(result.frames < 40);
    QCOMPARE(result.hasPoster(), plays);
}

void ExaminationTest::rotatesPostersUpright()
{
    for (const int degrees : {0, 90, 180, 270}) {
        const ProbeResult result = examined(makeClip({.width = 640, .height = 360, .degrees = degrees}));
        const bool isUpright = degrees == 90 || degrees == 270;
        QCOMPARE(result.width, isUpright ? 360 : 640);
        const QImage image(poster());
        QCOMPARE(image.size(), isUpright ? QSize(320, 569) : QSize(320, 180));
        // The scene is darkest at the top left and brightest at the bottom right.
        const auto light = [&](double x, double y) {
            return qGray(image.pixel(int(x * (image.width() - 1)), int(y * (image.height() - 1))));
        };
        const double darkX = degrees == 90 || degrees == 180 ? 0.98 : 0.02;
        const double darkY = degrees == 180 || degrees == 270 ? 0.98 : 0.02;
        QVERIFY2(light(darkX, darkY) + 60 < light(1 - darkX, 1 - darkY),
                 qPrintable(QString::number(degrees)));
    }
}

void ExaminationTest::skipsABlackStartForThePoster()
{
    for (const QByteArray container : {"mp4", "matroska", "avi"}) {
        const QByteArray bytes = makeClip({.container = container, .seconds = 3, .isBlackAtFirst = true});
        QVERIFY(examined(bytes, Depth::Quick).hasPoster());
        QVERIFY(qGray(QImage(poster()).pixel(150, 100)) > 60);
        QVERIFY(examined(bytes, Depth::Full).hasPoster());
        QVERIFY(qGray(QImage(poster()).pixel(150, 100)) > 60);
    }
}

void ExaminationTest::findsAPosterIfTheOnlyKeyframeIsBlack()
{
    for (const QByteArray container : {"mp4", "matroska", "avi", "mpegts"}) {
        const QByteArray bytes =
            makeClip({.container = container, .seconds = 3, .keyEvery = 1000, .isBlackAtFirst = true});
        QVERIFY(examined(bytes, Depth::Quick).hasPoster());
        QVERIFY2(qGray(QImage(poster()).pixel(150, 100)) > 60, container.constData());
    }
}

void ExaminationTest::decodesOnlyPartOfALongClip()
{
    const QByteArray bytes = makeClip({.container = "matroska", .seconds = 20});
    const auto source = Source::open(write(bytes));
    QVERIFY(source);
    const auto reader = ClipReader::open(**source);
    QVERIFY(reader);
    const ClipCheck check = checkClip(**reader, (*source)->bytes(), {.pixels = qint64(160) * 120 * 50});
    QVERIFY(!check.isComplete);
    QCOMPARE(check.packets, 200);
    // 50, then the keyframes (one per second), then the whole last second.
    QVERIFY2(check.pictures > 65 && check.pictures < 90, qPrintable(QString::number(check.pictures)));
    QCOMPARE(check.faults, 0);
    QVERIFY2(qAbs(check.duration - 20'000) <= 100, qPrintable(QString::number(check.duration)));
}

void ExaminationTest::decodingLimitIsNotReportedAsDamage_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<int>("keyEvery");
    for (const QByteArray codec : {"h264", "hevc", "mpeg4"}) {
        for (const QByteArray container : {"mp4", "matroska", "mpegts", "avi"}) {
            for (const int keyEvery : {7, 40, 1000}) {
                if (codec == "hevc" && container == "avi")
                    continue; // no recorder writes it
                QTest::addRow("%s %s %d", codec.constData(), container.constData(), keyEvery)
                    << container << codec << keyEvery;
            }
        }
    }
}

// Wherever in a group of pictures that happens.
void ExaminationTest::decodingLimitIsNotReportedAsDamage()
{
    QFETCH(QByteArray, container);
    QFETCH(QByteArray, codec);
    QFETCH(int, keyEvery);
    const QByteArray bytes =
        makeClip({.container = container, .codec = codec, .seconds = 9, .keyEvery = keyEvery});
    if (bytes.isEmpty())
        QSKIP("this libav does not write it");
    installDecodeLog();
    const auto source = Source::open(write(bytes));
    QVERIFY(source);
    for (const int pictures : {3, 20, 41, 79, 80, 81}) {
        const auto reader = ClipReader::open(**source);
        QVERIFY(reader);
        const ClipCheck check =
            checkClip(**reader, (*source)->bytes(), {.pixels = qint64(160) * 120 * pictures});
        QVERIFY(!check.isComplete);
        QVERIFY2(check.faults == 0, qPrintable(QString::number(pictures)));
        QCOMPARE(check.packets, 90);
        QVERIFY(check.pictures >= pictures);
    }
}

void ExaminationTest::findsDamageInTheLastGroup()
{
    QByteArray bytes = makeClip({.container = "mpegts", .width = 320, .height = 240, .seconds = 9});
    for (qsizetype at = bytes.size() - 188 * 40; at < bytes.size() - 188 * 20; at += 188)
        std::fill_n(bytes.begin() + at + 100, 80, '\x5A');
    installDecodeLog();
    const auto source = Source::open(write(bytes));
    QVERIFY(source);
    const auto reader = ClipReader::open(**source);
    QVERIFY(reader);
    const ClipCheck check = checkClip(**reader, (*source)->bytes(), {.pixels = qint64(320) * 240 * 20});
    QVERIFY(!check.isComplete);
    QVERIFY(check.faults > 0);
}

void ExaminationTest::countsOnlyProcessorTime()
{
    const CpuTimer timer;
    QTest::qSleep(300);
    QVERIFY(timer.elapsedMs() < 150);
    while (timer.elapsedMs() < 50)
        QVERIFY(timer.elapsedMs() >= 0);
}

void ExaminationTest::readsTimeAndOrientationOfStills()
{
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    ProbeResult result = examined(makeStill({.exifTime = time, .orientation = 6}));
    QCOMPARE(result.state, ItemState::Ok);
    QCOMPARE(result.contentLocalTime, time);
    QCOMPARE(QSize(result.width, result.height), QSize(240, 320));
    QCOMPARE(QImage(poster()).size(), QSize(240, 320));
    // A clock that was never set is reported as written.
    const QDateTime reset(QDate(1970, 1, 1), QTime(0, 0, 5), Qt::UTC);
    QCOMPARE(examined(makeStill({.exifTime = reset})).contentLocalTime, reset);
    result = examined(makeStill({}));
    QVERIFY(!result.contentLocalTime.isValid());
    QCOMPARE(ProbeResult::fromJson(result.toJson()).toJson(), result.toJson());
}

void ExaminationTest::reportsATruncatedStillAsIncomplete()
{
    const QByteArray whole = makeStill({.width = 640, .height = 480});
    const ProbeResult half = examined(whole.first(whole.size() * 6 / 10));
    QCOMPARE(half.state, ItemState::Incomplete);
    QVERIFY(half.hasPoster());
    const QColor missing = QImage(poster()).pixelColor(300, 230);
    QVERIFY(qAbs(missing.green() - missing.red()) < 12); // grey, not the decoder's green
    const ProbeResult head = examined(whole.first(100));
    QCOMPARE(head.state, ItemState::Incomplete);
    QVERIFY(!head.hasPoster());
}

void ExaminationTest::rejectsADecompressionBombUnopened()
{
    // A PNG of 30,000 x 30,000 pixels in 57 bytes.
    QByteArray png =
        QByteArray::fromHex("89504e470d0a1a0a0000000d494844520000753000007530080200000000000000");
    png += QByteArray::fromHex("0000000049444154000000000000000049454e44ae426082");
    const ProbeResult result = examined(png);
    QCOMPARE(result.state, ItemState::Damaged);
    QVERIFY2(result.reason.contains(QLatin1String("30000")), qPrintable(result.reason));
}

// Each scan covers all pixels once more.
void ExaminationTest::rejectsAJpegWithTooManyScans()
{
    const QByteArray sound = makeStill({.width = 640, .height = 480});
    const qsizetype scan = sound.indexOf(QByteArray::fromHex("ffda"));
    QVERIFY(scan > 0);
    const QByteArray header = sound.mid(scan, 2 + qFromBigEndian<quint16>(sound.constData() + scan + 2));
    QByteArray bomb = sound.first(sound.size() - 2);
    for (int i = 0; i < 100'000; ++i)
        bomb += header;
    bomb += sound.last(2);
    const CpuTimer timer;
    const ProbeResult result = examined(bomb);
    QVERIFY2(timer.elapsedMs() < 2'000, qPrintable(QString::number(timer.elapsedMs())));
    QCOMPARE(result.state, ItemState::TooLong);
    QCOMPARE(result.reason, QStringLiteral("This picture would take minutes to decode."));
    QVERIFY(!result.hasPoster());
}

void ExaminationTest::doesNotFollowPlaylists()
{
    const QString secret = m_folder.filePath(QStringLiteral("secret.mp4"));
    QFile file(secret);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(makeClip({}));
    file.close();
    const QByteArray path = secret.toUtf8();
    for (const QByteArray &list :
         {QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + path + "\n#EXT-X-ENDLIST\n"),
          QByteArray("ffconcat version 1.0\nfile '" + path + "'\n"),
          QByteArray("v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n")}) {
        const ProbeResult result = examined(list);
        QCOMPARE(result.state, ItemState::Damaged);
        QCOMPARE(result.kind, Kind::Other);
        QVERIFY(!result.hasPoster());
    }
}

void ExaminationTest::readsTheCreationTime()
{
    const qint64 time = QDateTime(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC).toMSecsSinceEpoch();
    QCOMPARE(examined(makeClip({.startTime = time})).contentTime, time);
    QCOMPARE(examined(makeClip({})).contentTime, 0);
}

GATEHOUSE_TEST(ExaminationTest)
#include "examination_test.moc"
