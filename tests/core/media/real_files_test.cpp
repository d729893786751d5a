// The expected result for each of the real cameras' files. The number of decoded frames is compared with
// Debian's ffmpeg (EXPECT.tsv).
#include "media/probe/examination.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

struct Expected {
    const char *file;
    Kind kind;
    ItemState state;
    int width; // displayed size
    int height;
    int duration; // ms
    bool hasPoster = true;
};

constexpr auto kOk = ItemState::Ok;
constexpr auto kIncomplete = ItemState::Incomplete;
constexpr auto kDamaged = ItemState::Damaged;

constexpr Expected kExpectations[] = {
    {"concatenated_5.jpg", Kind::Still, kOk, 640, 360, 0},
    {"exif_clock_reset_1970.jpg", Kind::Still, kOk, 2048, 1536, 0},
    {"exif_corrupted_truncated.jpg", Kind::Still, kDamaged, 3648, 2736, 0},
    {"garbage_tail.jpg", Kind::Still, kOk, 640, 360, 0},
    {"html_error_page.jpg", Kind::Other, kDamaged, 0, 0, 0, false},
    {"invalid_xmp.jpg", Kind::Still, kOk, 636, 227, 0},
    {"lying_dimensions.jpg", Kind::Still, kDamaged, 0, 0, 0, false},
    {"night_grayscale.jpg", Kind::Still, kOk, 640, 360, 0},
    {"orientation_6.jpg", Kind::Still, kOk, 450, 600, 0},
    {"progressive.jpg", Kind::Still, kOk, 650, 470, 0},
    {"snapshot_no_exif.jpg", Kind::Still, kOk, 769, 432, 0},
    {"trailcam_reconyx_exif.jpg", Kind::Still, kOk, 2048, 1536, 0},
    {"truncated_60.jpg", Kind::Still, kIncomplete, 640, 360, 0},
    {"wrong_ext_jpeg.mp4", Kind::Still, kOk, 769, 432, 0},
    {"zero_bytes.jpg", Kind::Other, kIncomplete, 0, 0, 0, false},
    {"axis_test_h265.mp4", Kind::Clip, kOk, 640, 480, 10046},
    {"bitrot_3_bytes.mp4", Kind::Clip, kDamaged, 768, 432, 30160},
    {"bitrot_heavy.mp4", Kind::Clip, kDamaged, 1280, 720, 23040},
    {"cam_h265_alaw.mp4", Kind::Clip, kOk, 640, 360, 14000},
    {"car-detection.mp4", Kind::Clip, kOk, 768, 432, 30160},
    {"hik_imkh_h264_alaw.mp4", Kind::Clip, kOk, 640, 480, 7200},
    {"moonfire_1fps.mp4", Kind::Clip, kOk, 320, 240, 10000},
    {"mp4_chunk_out_of_range.mp4", Kind::Clip, kDamaged, 0, 0, 0, false},
    {"no_moov.mp4", Kind::Clip, kIncomplete, 0, 0, 0, false},
    {"phone_h265_rot90_metadata.mp4", Kind::Clip, kOk, 1080, 1920, 100},
    {"rotated_180_ceiling.mp4", Kind::Clip, kOk, 768, 432, 6000},
    {"sample_fragmented.mp4", Kind::Clip, kOk, 1080, 720, 1001},    // claims 143,165 s
    {"sample_mdat_too_long.mp4", Kind::Clip, kOk, 1080, 720, 1001}, // every sample is present
    {"traffic_camera.mp4", Kind::Clip, kOk, 1280, 720, 23040},
    {"MDalarm_20240308_152954.mkv", Kind::Clip, kOk, 768, 432, 10267}, // a program stream at "90000 fps"
    {"alarm_20240308_153110.mkv", Kind::Clip, kOk, 640, 480, 7000},
    {"kvs_clusters.mkv", Kind::Clip, kOk, 640, 480, 15018},
    {"kvs_non-increasing-timecode.mkv", Kind::Clip, kIncomplete, 960, 720, 11949}, // last block cut
    {"truncated.mkv", Kind::Clip, kIncomplete, 640, 480, 7853},
    {"vfr_dropped_frames.mkv", Kind::Clip, kOk, 768, 432, 11840},
    {"20240308_152954_SVGA_12_4.avi", Kind::Clip, kOk, 960, 540, 4000},
    {"SDalarm_20240308_003211.avi", Kind::Clip, kOk, 768, 432, 9960},
    {"dvr_driveway_960x1080_halfwidth.avi", Kind::Clip, kOk, 1920, 1080, 4917},
    {"truncated_noindex.avi", Kind::Clip, kIncomplete, 1920, 1080, 2250},
    {"clock_jump_back.ts", Kind::Clip, kOk, 1280, 720, 5920},
    {"pal_interlaced_mpeg2.ts", Kind::Clip, kOk, 1024, 576, 4000},
    {"resolution_change.ts", Kind::Clip, kOk, 640, 480, 8000}, // the first size
    {"sample_h264_mp2.ts", Kind::Clip, kOk, 640, 426, 100},
    {"axis_signed_vendor.h264", Kind::Clip, kOk, 1920, 1080, 1667},
    {"starts_without_keyframe.264", Kind::Clip, kIncomplete, 640, 480, 5400}, // its start is missing
    {"15.29.54-15.30.06[M][0@0][0].dav", Kind::Clip, kOk, 640, 480, 7161},
    {"day/reolink_h264_aac.mp4", Kind::Clip, kOk, 1280, 720, 7960},
    {"day/reolink_h265.mp4", Kind::Clip, kOk, 1280, 1440, 4933}, // claims pixels twice as high as wide
};

QHash<QString, int> picturesByFfmpeg()
{
    QHash<QString, int> out;
    QFile file(sharedData(QStringLiteral("EXPECT.tsv")));
    if (!file.open(QIODevice::ReadOnly))
        return out;
    for (const QByteArray &line : file.readAll().split('\n').mid(1)) {
        const QByteArrayList cells = line.split('\t');
        if (cells.size() > 1)
            out.insert(QString::fromUtf8(cells[0]), cells[1].toInt());
    }
    return out;
}

} // namespace

class RealFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void examinesFilesAsExpected_data();
    void examinesFilesAsExpected();
    void everyFileHasAnExpectation();
    void reportsCodecsAndTimes();

private:
    ProbeResult examined(const QString &file, Depth depth)
    {
        m_poster = m_folder.filePath(QString(file).replace(QLatin1Char('/'), QLatin1Char('_')) +
                                     QStringLiteral(".poster.jpg"));
        return examineFile(sharedData(file), m_poster, depth).result;
    }

    QTemporaryDir m_folder;
    QString m_poster;
};

void RealFilesTest::examinesFilesAsExpected_data()
{
    GATEHOUSE_NEEDS_DATA();
    QTest::addColumn<int>("row");
    for (int i = 0; i < int(std::size(kExpectations)); ++i)
        QTest::newRow(kExpectations[i].file) << i;
}

void RealFilesTest::examinesFilesAsExpected()
{
    QFETCH(int, row);
    const Expected &expected = kExpectations[row];
    const QString file = QString::fromUtf8(expected.file);
    static const QHash<QString, int> pictures = picturesByFfmpeg();
    const ProbeResult quick = examined(file, Depth::Quick);
    const ProbeResult found = quick.kind == Kind::Clip ? examined(file, Depth::Full) : quick;
    QVERIFY2(found.state == expected.state, qPrintable(nameOf(found.state) + found.reason));
    QCOMPARE(found.kind, expected.kind);
    QCOMPARE(found.width, expected.width);
    QCOMPARE(found.height, expected.height);
    QCOMPARE(found.duration, qint64(expected.duration));
    QCOMPARE(found.reason.isEmpty(), expected.state == kOk);
    QCOMPARE(found.hasPoster(), expected.hasPoster);
    QCOMPARE(QFile::exists(m_poster), expected.hasPoster);
    if (pictures.contains(file) && expected.kind == Kind::Clip)
        QCOMPARE(found.frames, pictures.value(file));
    if (!expected.hasPoster)
        return;
    QVERIFY(expected.file == QByteArray("bitrot_heavy.mp4") || quick.hasPoster()); // no intact keyframe there
    const QSize poster = QImageReader(m_poster).size();
    QCOMPARE(poster.width(), 320);
    if (file == QLatin1String("resolution_change.ts")) // its poster has the second size
        return;
    const double height = 320.0 * expected.height / expected.width;
    QVERIFY(std::abs(poster.height() - height) <= 1.0);
}

void RealFilesTest::everyFileHasAnExpectation()
{
    GATEHOUSE_NEEDS_DATA();
    QStringList known;
    for (const Expected &expected : kExpectations)
        known.append(QString::fromUtf8(expected.file));
    QFile manifest(sharedData(QStringLiteral("MANIFEST.tsv")));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    for (const QByteArray &line : manifest.readAll().split('\n').mid(1)) {
        const QByteArrayList cells = line.split('\t');
        const QString file = QString::fromUtf8(cells[0]);
        if (cells.size() < 4 || (cells[3] != "clip" && cells[3] != "still") || known.contains(file))
            continue;
        // The day's stills are plain pictures.
        const Examination found =
            examineFile(sharedData(file), m_folder.filePath(QStringLiteral("day.jpg")), Depth::Quick);
        QVERIFY2(file.startsWith(QLatin1String("day/")), qPrintable(file));
        QVERIFY(found.isFinal);
        QCOMPARE(found.result.state, ItemState::Ok);
        QCOMPARE(QByteArray::number(found.result.width) + "x" + QByteArray::number(found.result.height),
                 cells[6]);
    }
}

void RealFilesTest::reportsCodecsAndTimes()
{
    GATEHOUSE_NEEDS_DATA();
    const ProbeResult dahua = examined(QStringLiteral("15.29.54-15.30.06[M][0@0][0].dav"), Depth::Full);
    QCOMPARE(dahua.container, QStringLiteral("dhav"));
    QCOMPARE(dahua.videoCodec, QStringLiteral("h264"));
    QCOMPARE(dahua.audioCodec, QStringLiteral("pcm_mulaw"));
    const ProbeResult phone = examined(QStringLiteral("phone_h265_rot90_metadata.mp4"), Depth::Full);
    QCOMPARE(phone.container, QStringLiteral("mov"));
    QCOMPARE(phone.videoCodec, QStringLiteral("hevc"));
    QCOMPARE(phone.contentTime,
             QDateTime(QDate(2023, 4, 28), QTime(17, 52, 17), Qt::UTC).toMSecsSinceEpoch());
    const ProbeResult still = examined(QStringLiteral("exif_corrupted_truncated.jpg"), Depth::Quick);
    QCOMPARE(still.contentLocalTime, QDateTime(QDate(2015, 9, 8), QTime(11, 2, 17), Qt::UTC));
}

GATEHOUSE_TEST(RealFilesTest)
#include "real_files_test.moc"
