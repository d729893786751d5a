// The files of odd-2, each of which was once misread, against their correct results.
#include "media/picture/decoder_geometry.h"
#include "media/picture/deinterlace.h"
#include "media/playback/decoder_clip.h"
#include "media/probe/examination.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <atomic>
#include <thread>

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

constexpr OddFile kOddFiles[] = {
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
    {"arithmetic.jpg", Kind::Still, 0, false, "Gatehouse can't show this kind of JPEG."},
    {"sound_only.mp4", Kind::Clip, 6000, false, "This recording contains only sound (6 s)."},
    {"ts_plus_100_zero_bytes.ts", Kind::Clip, 3000, true},
    {"seek_garbage_h263.avi", Kind::Clip, 3000, true},
    {"seek_nothing_intra_refresh.ts", Kind::Clip, 20'000, true},
    {"gap20s_5fps.mp4", Kind::Clip, 60'000, true},
    {"timelapse_1per120s.mp4", Kind::Clip, 7'200'000, true},
    {"raw_20_pictures.mjpeg", Kind::Clip, 800, true},
    {"picture_1s_sound_39s.mp4", Kind::Clip, 39'000, true, "The video ends after 2 s, the sound after 39 s."},
    {"picture_starts_2s_late.mp4", Kind::Clip, 8000, true},
    {"black_first_picture.mp4", Kind::Clip, 8000, true},
    {"halfwidth_960x1080.mp4", Kind::Clip, 2000, true},
    {"interlaced_bar.mp4", Kind::Clip, 3000, true},
    {"ch7-20260904T054500-20260904T054512.264", Kind::Clip, 6000, true}, // at an assumed frame rate
};

QString pathOf(const QString &name)
{
    return sharedData(QStringLiteral("odd-2/") + name);
}

bool isPlayed(const OddFile &file)
{
    return file.isShown && file.kind == Kind::Clip && qstrncmp(file.file, "fourk", 5) != 0;
}

// Empty: seeking to each frame shows the one that playback showed there.
QString wrongPlaceIn(const QString &name)
{
    const auto clip = ClipDecoder::open(pathOf(name));
    if (!clip)
        return clip.error().text;
    std::vector<qint64> times;
    std::vector<size_t> looks;
    const auto lookOf = [&](const DecodedFrame &frame) {
        PictureMaker maker;
        maker.setTile({96, 96});
        const PicturePtr picture = maker.make(*frame.frame, (*clip)->orientation(), 0);
        return qHashBits(picture->bytes.data(), picture->bytes.size());
    };
    while (const auto frame = (*clip)->next()) {
        times.push_back(frame->time);
        looks.push_back(lookOf(*frame));
    }
    if (times.empty())
        return QStringLiteral("it has no pictures");
    for (size_t i = 0; i < 12; ++i) {
        const size_t place = i * 7 % 12 * (times.size() - 1) / 11;
        const auto frame = (*clip)->frameAt(times[place]);
        // If no frame decodes on its own, decoding from elsewhere differs slightly.
        const bool isAlike = name.contains(QLatin1String("intra_refresh"));
        if (!frame || frame->time != times[place] || (!isAlike && lookOf(*frame) != looks[place]))
            return QStringLiteral("picture %1 of %2")
                .arg(QString::number(place), QString::number(times.size()));
    }
    return {};
}

} // namespace

class OddFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void examinesFilesAsExpected_data();
    void examinesFilesAsExpected();
    void everySeekShowsTheRightPicture_data();
    void everySeekShowsTheRightPicture();
    void choosesUsefulPosters();
    void marksAssumedDurations();
    void deinterlaces();
    void takesTheFrameRateFromTheNamedLength();

private:
    struct Found {
        ProbeResult result;
        bool hasPoster = false;
        QString wrongPlace;
    };
    std::array<Found, std::size(kOddFiles)> m_found; // in the order of kOddFiles
};

// Runs the slow part, two files at a time; the rows then check the results.
void OddFilesTest::initTestCase()
{
    if (!QFile::exists(pathOf(QLatin1String(kOddFiles[0].file))))
        QSKIP("no shared data here");
    const QTemporaryDir folder;
    const auto examine = [&](size_t row) {
        const QString name = QLatin1String(kOddFiles[row].file);
        const QString poster = folder.filePath(name + QStringLiteral(".poster.jpg"));
        examineFile(pathOf(name), poster, Depth::Quick);
        m_found[row].result = examineFile(pathOf(name), poster, Depth::Full).result;
        m_found[row].hasPoster = QFile::exists(poster);
    };
    const auto play = [&](size_t row) {
        if (isPlayed(kOddFiles[row]))
            m_found[row].wrongPlace = wrongPlaceIn(QLatin1String(kOddFiles[row].file));
    };
    constexpr size_t count = std::size(kOddFiles);
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t i = next++; i < 2 * count; i = next++)
            i < count ? play(i) : examine(i - count);
    };
    std::thread other(work);
    work();
    other.join();
}

void OddFilesTest::examinesFilesAsExpected_data()
{
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < std::size(kOddFiles); ++i)
        QTest::newRow(kOddFiles[i].file) << int(i);
}

void OddFilesTest::examinesFilesAsExpected()
{
    QFETCH(int, row);
    const OddFile &expected = kOddFiles[row];
    const ProbeResult &result = m_found[size_t(row)].result;
    QVERIFY2(result.state == ItemState::Ok, qPrintable(result.reason));
    QCOMPARE(result.reason, QLatin1String(expected.reason));
    QCOMPARE(result.kind, expected.kind);
    QVERIFY2(qAbs(result.duration - expected.duration) <= 100, qPrintable(QString::number(result.duration)));
    QCOMPARE(result.width > 0, expected.isShown);
    QCOMPARE(m_found[size_t(row)].hasPoster, expected.isShown);
}

void OddFilesTest::everySeekShowsTheRightPicture_data()
{
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < std::size(kOddFiles); ++i) {
        if (isPlayed(kOddFiles[i]))
            QTest::newRow(kOddFiles[i].file) << int(i);
    }
}

void OddFilesTest::everySeekShowsTheRightPicture()
{
    QFETCH(int, row);
    QCOMPARE(m_found[size_t(row)].wrongPlace, QString());
}

void OddFilesTest::choosesUsefulPosters()
{
    const QTemporaryDir folder;
    const auto posterOf = [&](const char *name) {
        const QString poster = folder.filePath(QLatin1String(name) + QStringLiteral(".poster.jpg"));
        examineFile(pathOf(QLatin1String(name)), poster, Depth::Quick);
        return QImage(poster);
    };
    const QImage bright = posterOf("black_first_picture.mp4");
    QVERIFY(qGray(bright.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0)) > 40);
    QCOMPARE(posterOf("halfwidth_960x1080.mp4").size(), QSize(320, 180));
}

void OddFilesTest::marksAssumedDurations()
{
    const auto isAssumed = [this](const char *name) {
        for (size_t i = 0; i < std::size(kOddFiles); ++i) {
            if (qstrcmp(kOddFiles[i].file, name) == 0)
                return m_found[i].result.isDurationAssumed;
        }
        return false;
    };
    QVERIFY(isAssumed("ch7-20260904T054500-20260904T054512.264"));
    QVERIFY(isAssumed("raw_20_pictures.mjpeg"));
    QVERIFY(!isAssumed("crash_424x240.mp4"));
    QVERIFY(!isAssumed("seek_garbage_h263.avi"));
}

void OddFilesTest::deinterlaces()
{
    const auto clip = ClipDecoder::open(pathOf(QStringLiteral("interlaced_bar.mp4")));
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

void OddFilesTest::takesTheFrameRateFromTheNamedLength()
{
    constexpr qint64 length = 12'000'000;
    const auto clip =
        ClipDecoder::open(pathOf(QStringLiteral("ch7-20260904T054500-20260904T054512.264")), {}, length);
    QVERIFY(clip.has_value());
    int pictures = 0;
    qint64 last = 0;
    for (; const auto frame = (*clip)->next(); ++pictures)
        last = frame->time;
    QVERIFY(pictures > 0);
    QVERIFY2(qAbs(last + length / pictures - length) < 1'000, qPrintable(QString::number(last)));
}

GATEHOUSE_TEST(OddFilesTest)
#include "odd_files_test.moc"
