// Decodes every real clip to its end and compares it with the reference decoder's counts.
#include "media/picture/decoder_geometry.h"
#include "media/playback/decoder_clip.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>
#include <QTest>
#include <algorithm>
#include <map>

using namespace gatehouse;
using namespace gatehouse::media;

class DecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { av_log_set_level(AV_LOG_QUIET); }
    void matchesTheReferenceDecoder_data();
    void matchesTheReferenceDecoder();
    void seeksShowTheSameFrameAsPlaying_data() { matchesTheReferenceDecoder_data(); }
    void seeksShowTheSameFrameAsPlaying();
    void showsStills_data();
    void showsStills();
    void reportsWhyItCannotOpen();
};

void DecoderTest::matchesTheReferenceDecoder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("pictures");
    GATEHOUSE_NEEDS_DATA();
    QFile table(tests::sharedData(QStringLiteral("EXPECT.tsv")));
    QVERIFY(table.open(QIODevice::ReadOnly));
    table.readLine();
    while (!table.atEnd()) {
        const QStringList row = QString::fromUtf8(table.readLine()).split(QLatin1Char('\t'));
        QTest::newRow(qPrintable(row[0])) << tests::sharedData(row[0]) << row[1].toInt();
    }
}

void DecoderTest::matchesTheReferenceDecoder()
{
    QFETCH(QString, path);
    QFETCH(int, pictures);
    auto clip = ClipDecoder::open(path);
    if (pictures == 0) {
        QVERIFY(!clip);
        QVERIFY(!clip.error().text.isEmpty());
        return;
    }
    QVERIFY2(clip.has_value(), qPrintable(clip ? QString() : clip.error().text));
    PictureMaker maker;
    maker.setTile({320, 180});
    int count = 0;
    qint64 last = -1;
    while (const auto frame = (*clip)->next()) {
        QVERIFY(frame->time > last);
        last = frame->time;
        if (count++ % 25 == 0) {
            const PicturePtr picture = maker.make(*frame->frame, (*clip)->orientation(), frame->time);
            QVERIFY(picture != nullptr);
            QVERIFY(picture->width <= 320 && picture->height <= 180);
        }
    }
    QVERIFY((*clip)->atEnd());
    qInfo("%d pictures, last at %.3f s, header %.3f s, damaged %d", count, double(last) / 1e6,
          double((*clip)->info().duration) / 1e6, (*clip)->damagedPackets());
    QCOMPARE(count, pictures);
}

namespace
{
// A hash of a frame at a small size: enough to distinguish it from its neighbours.
size_t lookOf(const DecodedFrame &frame, const ClipDecoder &clip)
{
    PictureMaker maker;
    maker.setTile({96, 96});
    const PicturePtr picture = maker.make(*frame.frame, clip.orientation(), 0);
    size_t look = 0; // without the padding between rows
    for (int y = 0; y < picture->height; ++y)
        look = qHashBits(picture->bytes.data() + y * picture->stride, size_t(picture->width) * 4, look);
    return look;
}
} // namespace

void DecoderTest::seeksShowTheSameFrameAsPlaying()
{
    QFETCH(QString, path);
    QFETCH(int, pictures);
    if (pictures == 0)
        return;
    if (pictures > 300 && !tests::isLongRun())
        QSKIP("long clips only in the long run");
    auto clip = ClipDecoder::open(path);
    QVERIFY(clip.has_value());
    const int jumps = tests::isLongRun() ? 10 : 4;
    std::vector<int> places;
    for (int i = 0; i < jumps; ++i)
        places.push_back(i * 7 % jumps * pictures / jumps);
    std::vector<qint64> seen;
    std::map<int, size_t> looks;
    while (const auto frame = (*clip)->next()) {
        if (const int place = int(seen.size()); std::count(places.begin(), places.end(), place) > 0)
            looks[place] = lookOf(*frame, **clip);
        seen.push_back(frame->time);
    }
    for (const int place : places) {
        const auto frame = (*clip)->frameAt(seen[size_t(place)]);
        QVERIFY2(frame.has_value(), qPrintable(QStringLiteral("picture %1").arg(place)));
        QCOMPARE(frame->time, seen[size_t(place)]);
        // Damaged frames differ depending on where decoding started.
        if (!path.contains(QLatin1String("bitrot")))
            QCOMPARE(lookOf(*frame, **clip), looks[place]);
        const auto following = (*clip)->next();
        QCOMPARE(following.has_value(), place + 1 < pictures);
        if (following)
            QCOMPARE(following->time, seen[size_t(place) + 1]);
    }
}

void DecoderTest::showsStills_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("plain") << QStringLiteral("day/car1.jpg") << 1280 << 720;
    QTest::newRow("wrong extension") << QStringLiteral("wrong_ext_jpeg.mp4") << 769 << 432;
    QTest::newRow("cut") << QStringLiteral("truncated_60.jpg") << 0 << 0;
    QTest::newRow("tail") << QStringLiteral("garbage_tail.jpg") << 0 << 0;
    QTest::newRow("five in one") << QStringLiteral("concatenated_5.jpg") << 640 << 360;
    QTest::newRow("progressive") << QStringLiteral("progressive.jpg") << 0 << 0;
    QTest::newRow("grey") << QStringLiteral("night_grayscale.jpg") << 0 << 0;
    QTest::newRow("on its side") << QStringLiteral("orientation_6.jpg") << -1 << -1;
    QTest::newRow("large") << QStringLiteral("trailcam_reconyx_exif.jpg") << 2048 << 1536;
}

void DecoderTest::showsStills()
{
    GATEHOUSE_NEEDS_DATA();
    QFETCH(QString, name);
    QFETCH(int, width);
    QFETCH(int, height);
    auto clip = ClipDecoder::open(tests::sharedData(name));
    QVERIFY2(clip.has_value(), qPrintable(clip ? QString() : clip.error().text));
    const ClipInfo info = (*clip)->info();
    qInfo("%d x %d", info.width, info.height);
    QVERIFY(info.isStill);
    if (width > 0) {
        QCOMPARE(info.width, width);
        QCOMPARE(info.height, height);
    }
    if (width < 0)
        QVERIFY(info.height > info.width);
    QVERIFY((*clip)->next().has_value());
    QVERIFY(!(*clip)->next().has_value());
    QVERIFY((*clip)->frameAt(5'000'000).has_value());
}

void DecoderTest::reportsWhyItCannotOpen()
{
    QCOMPARE(ClipDecoder::open(QStringLiteral("/nonexistent/x.mp4")).error().kind, ErrorKind::NotFound);
    GATEHOUSE_NEEDS_DATA();
    for (const char *name : {"zero_bytes.jpg", "html_error_page.jpg", "no_moov.mp4"}) {
        const auto clip = ClipDecoder::open(tests::sharedData(QString::fromLatin1(name)));
        QVERIFY2(!clip, name);
        QVERIFY(!clip.error().text.isEmpty());
    }
}

GATEHOUSE_TEST(DecoderTest)
#include "decoder_test.moc"
