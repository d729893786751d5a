// Clips with numbered frames: seeking to any time shows the frame of that time, in every container that
// cameras use, with and without B frames and with missing frames.
#include "barcode_clip.h"
#include "media/picture/decoder_geometry.h"
#include "media/playback/decoder_clip.h"
#include "support/registry.h"

#include <QTemporaryDir>
#include <QTest>
#include <limits>

using namespace gatehouse;
using namespace gatehouse::media;
using gatehouse::tests::BarcodeClip;
using gatehouse::tests::numberOf;

class ExactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { av_log_set_level(AV_LOG_QUIET); }
    void seeksToTheExactFrame_data();
    void seeksToTheExactFrame();
    void ignoresFalseKeyframeFlags_data();
    void ignoresFalseKeyframeFlags();
    void keepsUnevenTimestamps();
    void seeksCanBeInterrupted();
    void widensHalfWidthVideo();

private:
    QTemporaryDir m_folder;
};

void ExactTest::seeksToTheExactFrame_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<int>("between");
    for (const char *extension : {"mp4", "mkv", "avi", "ts", "mpg", "h264"}) {
        for (const int between : {0, 2}) {
            // A program stream of small B frames has timestamps only for every third one.
            if (between > 0 && extension == QByteArray("mpg"))
                continue;
            QTest::addRow("h264 %s, %d between", extension, between)
                << QString::fromLatin1(extension) << QStringLiteral("libx264") << between;
        }
    }
    for (const char *extension : {"mp4", "mkv"})
        QTest::addRow("h265 %s", extension)
            << QString::fromLatin1(extension) << QStringLiteral("libx265") << 2;
    for (const char *extension : {"avi", "mkv"})
        QTest::addRow("mjpeg %s", extension)
            << QString::fromLatin1(extension) << QStringLiteral("mjpeg") << 0;
    for (const char *extension : {"avi", "mp4", "ts"})
        QTest::addRow("mpeg4 %s", extension)
            << QString::fromLatin1(extension) << QStringLiteral("mpeg4") << 0;
    QTest::addRow("mpeg2 ts") << QStringLiteral("ts") << QStringLiteral("mpeg2video") << 2;
}

void ExactTest::seeksToTheExactFrame()
{
    QFETCH(QString, extension);
    QFETCH(QString, codec);
    QFETCH(int, between);
    const QByteArray codecName = codec.toLatin1();
    BarcodeClip made{.path = m_folder.filePath(QStringLiteral("a.") + extension),
                     .pictures = 120,
                     .between = between,
                     .codec = codecName.constData()};
    if (!tests::makeClip(made))
        QSKIP("libav has no such encoder here");
    auto clip = ClipDecoder::open(made.path);
    QVERIFY2(clip.has_value(), qPrintable(clip ? QString() : clip.error().text));
    for (int i = 0; i < made.pictures; ++i) {
        const auto frame = (*clip)->next();
        QVERIFY(frame.has_value());
        QCOMPARE(numberOf(*frame), i);
        QVERIFY2(std::abs(frame->time - i * 40'000) < 1'000,
                 qPrintable(QStringLiteral("%1: %2").arg(i).arg(frame->time)));
    }
    QVERIFY(!(*clip)->next().has_value());
    for (const int number : {60, 3, 119, 0, 24, 25, 26, 99, 76, 50, 118}) {
        const auto frame = (*clip)->frameAt(number * 40'000 + 20'000);
        QVERIFY2(frame.has_value(), qPrintable(QString::number(number)));
        QCOMPARE(numberOf(*frame), number);
        QVERIFY(std::abs(frame->time - number * 40'000) < 1'000);
        // A time rounded down to whole milliseconds still selects this frame.
        QCOMPARE(numberOf(*(*clip)->frameAt(frame->time / 1000 * 1000)), number);
        if (number < 119)
            QCOMPARE(numberOf(*(*clip)->next()), number + 1);
        const auto key = (*clip)->keyAt(number * 40'000 + 20'000);
        if (codec != QLatin1String("mpeg2video")) // its keyframes come after two frames that depend on them
            QCOMPARE(numberOf(*key), codec == QLatin1String("mjpeg") ? number : number / 25 * 25);
    }
}

void ExactTest::ignoresFalseKeyframeFlags_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<QString>("codec");
    const QList<std::pair<const char *, const char *>> all{
        {"avi", "mpeg4"},      {"mkv", "mpeg4"},      {"avi", "h263"},    {"3gp", "h263"},
        {"avi", "mpeg2video"}, {"ts", "libx264"},     {"mp4", "libx264"}, {"mkv", "libx264"},
        {"avi", "libx264"},    {"mkv", "libx265"},    {"webm", "libvpx"}, {"flv", "flv"},
        {"avi", "mjpeg"},      {"webm", "libvpx-vp9"}};
    for (const auto &[extension, codec] : all)
        QTest::addRow("%s %s", codec, extension)
            << QString::fromLatin1(extension) << QString::fromLatin1(codec);
}

// Every packet is flagged as a keyframe, or (H.264) no frame except the first is one.
void ExactTest::ignoresFalseKeyframeFlags()
{
    QFETCH(QString, extension);
    QFETCH(QString, codec);
    const QByteArray codecName = codec.toLatin1();
    const bool isH264 = codec == QLatin1String("libx264");
    BarcodeClip made{.path = m_folder.filePath(QStringLiteral("false.") + extension),
                     .width = 352,
                     .height = 288,
                     .pictures = 300,
                     .group = 60,
                     .codec = codecName.constData(),
                     .isRefreshed = isH264,
                     .allFlaggedKey = !isH264,
                     .isTransparent = codec == QLatin1String("libvpx")};
    if (!tests::makeClip(made))
        QSKIP("libav has no such encoder here");
    auto clip = ClipDecoder::open(made.path);
    QVERIFY2(clip.has_value(), qPrintable(clip ? QString() : clip.error().text));
    std::vector<qint64> times;
    while (const auto frame = (*clip)->next()) {
        QCOMPARE(numberOf(*frame), int(times.size()));
        times.push_back(frame->time);
    }
    QCOMPARE(int(times.size()), made.pictures);
    for (const int number : {150, 3, 299, 0, 59, 60, 61, 290, 250, 50}) {
        const auto frame = (*clip)->frameAt(times[size_t(number)] + 1'000);
        QVERIFY2(frame.has_value(), qPrintable(QString::number(number)));
        QCOMPARE(numberOf(*frame), number);
        QCOMPARE(frame->time, times[size_t(number)]);
    }
}

void ExactTest::keepsUnevenTimestamps()
{
    BarcodeClip made{.path = m_folder.filePath(QStringLiteral("uneven.mkv")), .pictures = 60};
    qint64 stamp = 0;
    for (int i = 0; i < made.pictures; ++i) {
        made.stamps.push_back(stamp);
        stamp += i % 7 == 3 ? 900 : 33 + i % 3;
    }
    if (!tests::makeClip(made))
        QSKIP("libav has no such encoder here");
    auto clip = ClipDecoder::open(made.path);
    QVERIFY(clip.has_value());
    for (const int number : {30, 4, 59, 0, 31, 11}) {
        const qint64 at = made.stamps[size_t(number)];
        QCOMPARE(numberOf(*(*clip)->frameAt(at * 1000)), number);
        const auto frame = (*clip)->frameAt(at * 1000 + 20'000);
        QCOMPARE(numberOf(*frame), number);
        QCOMPARE(frame->time, at * 1000);
    }
}

void ExactTest::seeksCanBeInterrupted()
{
    const BarcodeClip made{.path = m_folder.filePath(QStringLiteral("way.ts")), .pictures = 500};
    QVERIFY(tests::makeClip(made));
    int asked = 0;
    int patience = std::numeric_limits<int>::max();
    auto clip = ClipDecoder::open(made.path, [&] { return ++asked > patience; });
    QVERIFY(clip.has_value());
    QVERIFY((*clip)->frameAt(0).has_value()); // builds the index
    asked = 0;
    QVERIFY((*clip)->keyAt(19'500'000).has_value());
    QVERIFY2(asked > 400, qPrintable(QString::number(asked))); // once per skipped packet
    QVERIFY((*clip)->frameAt(0).has_value());
    asked = 0;
    patience = 100;
    QVERIFY(!(*clip)->keyAt(19'500'000).has_value());
    QVERIFY2(asked < 110, qPrintable(QString::number(asked)));
    QVERIFY(!(*clip)->atEnd());
    // The newer request is executed.
    patience = std::numeric_limits<int>::max();
    for (const int number : {250, 3, 480}) {
        const auto frame = (*clip)->frameAt(number * 40'000 + 1'000);
        QVERIFY(frame.has_value());
        QCOMPARE(numberOf(*frame), number);
    }
}

void ExactTest::widensHalfWidthVideo()
{
    QCOMPARE(pixelAspect(960, 1080, {0, 1}).num, 2);
    QCOMPARE(pixelAspect(1920, 1080, {0, 1}).num, 1);
    QCOMPARE(pixelAspect(720, 576, {64, 45}).num, 64);
    const ShownSize fit = fitted({1920, 1080}, {640, 640});
    QCOMPARE(fit.width, 640);
    QCOMPARE(fit.height, 360);
    QCOMPARE(fitted({320, 180}, {640, 640}).width, 320);
}

GATEHOUSE_TEST(ExactTest)
#include "exact_test.moc"
