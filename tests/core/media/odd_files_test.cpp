// The media of odd-2, each of which once came out wrong, against what is right of it.
#include "media/decoder_clip.h"
#include "media/decoder_geometry.h"
#include "media/deinterlace.h"
#include "media/examination.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

struct OddFile {
    const char *file;
    Kind kind;
    int duration; // ms
    bool isShown;
    const char *reason = "";
};

constexpr OddFile oddFiles[] = {
    {"crash_424x240.mp4", Kind::Clip, 4000, true},
    {"crash_426x240.mp4", Kind::Clip, 4000, true},
    {"crash_328x180.mp4", Kind::Clip, 4000, true},
    {"crash_600x338.jpg", Kind::Still, 0, true},
    {"fourk_hevc_20fps_30s_gop20s.mp4", Kind::Clip, 30'000, true},
    {"fourk_hevc_15fps_40s_gop4s.mp4", Kind::Clip, 40'000, true},
    {"hd_hevc_60s_onekey.mp4", Kind::Clip, 60'000, true},
    {"clip_named.jpg", Kind::Clip, 5000, true},
    {"still.heic", Kind::Still, 0, true},
    {"still.gif", Kind::Still, 0, true},
    {"still.bmp", Kind::Still, 0, true},
    {"anim.webp", Kind::Still, 0, true, "Gatehouse shows only the first picture of this animation."},
    {"arithmetic.jpg", Kind::Still, 0, false, "Gatehouse cannot show this kind of JPEG."},
    {"sound_only.mp4", Kind::Clip, 6000, false, "This recording holds only sound (6 s)."},
    {"ts_plus_100_zero_bytes.ts", Kind::Clip, 3000, true},
    {"seek_garbage_h263.avi", Kind::Clip, 3000, true},
    {"seek_nothing_intra_refresh.ts", Kind::Clip, 20'000, true},
    {"gap20s_5fps.mp4", Kind::Clip, 60'000, true},
    {"timelapse_1per120s.mp4", Kind::Clip, 7'200'000, true},
    {"raw_20_pictures.mjpeg", Kind::Clip, 800, true},
    {"picture_1s_sound_39s.mp4", Kind::Clip, 39'000, true,
     "Its pictures end after 2 s, its sound after 39 s."},
    {"picture_starts_2s_late.mp4", Kind::Clip, 8000, true},
    {"black_first_picture.mp4", Kind::Clip, 8000, true},
    {"halfwidth_960x1080.mp4", Kind::Clip, 2000, true},
    {"interlaced_bar.mp4", Kind::Clip, 3000, true},
    {"ch7-20260904T054500-20260904T054512.264", Kind::Clip, 6000, true}, // at an assumed rate
};

} // namespace

class OddFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsWhatItIs_data();
    void aFileIsWhatItIs();
    void everyPlaceShowsItsPicture_data();
    void everyPlaceShowsItsPicture();
    void postersTell();
    void whatHasNoRateSaysSo();
    void combsAreTakenOut();
};

void OddFilesTest::aFileIsWhatItIs_data()
{
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < std::size(oddFiles); ++i)
        QTest::newRow(oddFiles[i].file) << int(i);
}

void OddFilesTest::aFileIsWhatItIs()
{
    QFETCH(int, row);
    const OddFile &expected = oddFiles[row];
    const QString file = sharedData(QStringLiteral("odd-2/") + QLatin1String(expected.file));
    if (!QFile::exists(file))
        QSKIP("no shared data here");
    const QTemporaryDir folder;
    const QString poster = folder.filePath(QStringLiteral("poster.jpg"));
    examineFile(file, poster, Depth::Quick);
    const ProbeResult result = examineFile(file, poster, Depth::Full).result;
    QVERIFY2(result.state == ItemState::Ok, qPrintable(result.reason));
    QCOMPARE(result.reason, QLatin1String(expected.reason));
    QCOMPARE(result.kind, expected.kind);
    QVERIFY2(qAbs(result.duration - expected.duration) <= 100, qPrintable(QString::number(result.duration)));
    QCOMPARE(result.width > 0, expected.isShown);
    QCOMPARE(QFile::exists(poster), expected.isShown);
}

void OddFilesTest::everyPlaceShowsItsPicture_data()
{
    QTest::addColumn<QString>("name");
    for (const OddFile &expected : oddFiles) {
        const QString name = QLatin1String(expected.file);
        if (expected.isShown && expected.kind == Kind::Clip && !name.startsWith(QLatin1String("fourk")))
            QTest::newRow(expected.file) << name;
    }
}

void OddFilesTest::everyPlaceShowsItsPicture()
{
    QFETCH(QString, name);
    const QString file = sharedData(QStringLiteral("odd-2/") + name);
    if (!QFile::exists(file))
        QSKIP("no shared data here");
    const auto clip = ClipDecoder::open(file);
    QVERIFY2(clip.has_value(), qPrintable(clip ? QString() : clip.error().text));
    std::vector<qint64> times;
    std::vector<size_t> looks;
    const auto lookOf = [&](const DecodedFrame &frame) {
        PictureMaker maker;
        maker.setTile({96, 96});
        const PicturePtr picture = maker.make(*frame.frame, (*clip)->turn(), 0);
        return qHashBits(picture->bytes.data(), picture->bytes.size());
    };
    while (const auto frame = (*clip)->next()) {
        times.push_back(frame->time);
        looks.push_back(lookOf(*frame));
    }
    QVERIFY(!times.empty());
    for (size_t i = 0; i < 12; ++i) {
        const size_t place = i * 7 % 12 * (times.size() - 1) / 11;
        const auto frame = (*clip)->frameAt(times[place]);
        QVERIFY2(frame.has_value(), qPrintable(QString::number(place)));
        QCOMPARE(frame->time, times[place]);
        // What decoding began elsewhere differs a little where no picture stands alone.
        if (!name.contains(QLatin1String("intra_refresh")))
            QCOMPARE(lookOf(*frame), looks[place]);
    }
}

void OddFilesTest::postersTell()
{
    const QTemporaryDir folder;
    const auto posterOf = [&](const char *name) {
        const QString poster = folder.filePath(QLatin1String(name) + QStringLiteral(".poster.jpg"));
        examineFile(sharedData(QStringLiteral("odd-2/") + QLatin1String(name)), poster, Depth::Quick);
        return QImage(poster);
    };
    if (!QFile::exists(sharedData(QStringLiteral("odd-2/black_first_picture.mp4"))))
        QSKIP("no shared data here");
    const QImage bright = posterOf("black_first_picture.mp4");
    QVERIFY(qGray(bright.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0)) > 40);
    QCOMPARE(posterOf("halfwidth_960x1080.mp4").size(), QSize(320, 180));
}

void OddFilesTest::whatHasNoRateSaysSo()
{
    const auto isAssumed = [](const char *name) {
        const QTemporaryDir folder;
        const QString file = sharedData(QStringLiteral("odd-2/") + QLatin1String(name));
        return examineFile(file, folder.filePath(QStringLiteral("poster.jpg")), Depth::Full)
            .result.isDurationAssumed;
    };
    if (!QFile::exists(sharedData(QStringLiteral("odd-2/raw_20_pictures.mjpeg"))))
        QSKIP("no shared data here");
    QVERIFY(isAssumed("ch7-20260904T054500-20260904T054512.264"));
    QVERIFY(isAssumed("raw_20_pictures.mjpeg"));
    QVERIFY(!isAssumed("crash_424x240.mp4"));
    QVERIFY(!isAssumed("seek_garbage_h263.avi"));
}

void OddFilesTest::combsAreTakenOut()
{
    const QString file = sharedData(QStringLiteral("odd-2/interlaced_bar.mp4"));
    if (!QFile::exists(file))
        QSKIP("no shared data here");
    const auto clip = ClipDecoder::open(file);
    QVERIFY(clip.has_value());
    int before = 0;
    int after = 0;
    const auto combsIn = [](const AVFrame &frame) {
        int combs = 0;
        for (int y = 1; y + 1 < frame.height; ++y) {
            const uint8_t *line = frame.data[0] + ptrdiff_t(y) * frame.linesize[0];
            for (int x = 0; x < frame.width; ++x) {
                const int up = line[x] - line[x - frame.linesize[0]];
                const int down = line[x] - line[x + frame.linesize[0]];
                combs += (up > 40 && down > 40) || (up < -40 && down < -40) ? 1 : 0;
            }
        }
        return combs;
    };
    while (const auto frame = (*clip)->next()) {
        QVERIFY(isInterlaced(*frame->frame));
        before += combsIn(*frame->frame);
        after += combsIn(*deinterlaced(*frame->frame));
    }
    qInfo("%d points in combs, %d left", before, after);
    QVERIFY(before > 10'000);
    QVERIFY(after * 50 < before);
}

GATEHOUSE_TEST(OddFilesTest)
#include "odd_files_test.moc"
