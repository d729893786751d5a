// The media of odd-2, each of which once came out wrong, against what is right of it.
#include "media/examination.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>
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
    int duration; // ms
    bool isShown;
    const char *reason = "";
};

constexpr Expected expectations[] = {
    {"crash_424x240.mp4", Kind::Clip, 4000, true},
    {"crash_426x240.mp4", Kind::Clip, 4000, true},
    {"crash_328x180.mp4", Kind::Clip, 4000, true},
    {"crash_600x338.jpg", Kind::Still, 0, true},
    {"fourk_hevc_20fps_30s_gop20s.mp4", Kind::Clip, 30'000, true},
    {"fourk_hevc_15fps_40s_gop4s.mp4", Kind::Clip, 40'000, true},
    {"hd_hevc_60s_onekey.mp4", Kind::Clip, 60'000, true},
    {"clip_named.jpg", Kind::Clip, 5000, true},
    {"still.heic", Kind::Still, 0, false, "Gatehouse cannot show HEIC pictures."},
    {"still.gif", Kind::Still, 0, true},
    {"still.bmp", Kind::Still, 0, true},
    {"anim.webp", Kind::Still, 0, true, "Gatehouse shows only the first picture of this animation."},
    {"arithmetic.jpg", Kind::Still, 0, false, "Gatehouse cannot show this kind of JPEG."},
    {"sound_only.mp4", Kind::Clip, 6000, false, "This recording holds only sound (6 s)."},
    {"ts_plus_100_zero_bytes.ts", Kind::Clip, 3000, true},
};

} // namespace

class OddFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsWhatItIs_data();
    void aFileIsWhatItIs();
};

void OddFilesTest::aFileIsWhatItIs_data()
{
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < std::size(expectations); ++i)
        QTest::newRow(expectations[i].file) << int(i);
}

void OddFilesTest::aFileIsWhatItIs()
{
    QFETCH(int, row);
    const Expected &expected = expectations[row];
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

GATEHOUSE_TEST(OddFilesTest)
#include "odd_files_test.moc"
