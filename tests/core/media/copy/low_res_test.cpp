// Low-res copies and previews: every picture at its own time, the right way up, with sound, within the bit
// rate, from intact, damaged and cut recordings.
#include "copy_fixture.h"
#include "media/copy/copy_path.h"
#include "media/copy/low_res_job.h"
#include "media/copy/picture_scaler.h"
#include "media/copy/preview_job.h"
#include "media/copy/transcode.h"
#include "media/picture/decoder_geometry.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QBuffer>
#include <QDir>
#include <QImage>
#include <QRandomGenerator>
#include <QTest>
#include <cmath>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kTolerance = 1'000; // microseconds
const QString kSuffixes = QStringLiteral("mp4 mkv avi ts dav 264 h264");

// The first picture as the player shows it.
PicturePtr firstPicture(const QString &file, TileSize tile)
{
    const auto clip = ClipDecoder::open(file);
    const auto frame = clip ? (*clip)->next() : std::nullopt;
    if (!frame)
        return nullptr;
    PictureMaker maker;
    maker.setTile(tile);
    return maker.make(*frame->frame, (*clip)->orientation(), 0);
}

double difference(const Picture &a, const Picture &b)
{
    if (a.width != b.width || a.height != b.height)
        return 255;
    double sum = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width * 4; ++x)
            sum += std::abs(a.bytes[size_t(y * a.stride + x)] - b.bytes[size_t(y * b.stride + x)]);
    }
    return sum / (a.width * a.height * 4.0);
}

} // namespace

class LowResTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        av_log_set_level(AV_LOG_QUIET);
        if (makeClip(ClipRecipe{.seconds = 0.2}).isEmpty())
            QSKIP("libav has no H.264 encoder here");
    }
    void init() { m_fixture = std::make_unique<CopyFixture>(); }
    void keepsEveryPictureAtItsTime_data();
    void keepsEveryPictureAtItsTime();
    void spreadsABareStreamOverItsLength();
    void fitsTheSize_data();
    void fitsTheSize();
    void staysTheRightWayUp_data();
    void staysTheRightWayUp();
    void hasAKeyframeEveryTwoSeconds();
    void staysBelowTheBitRate();
    void keepsSound();
    void keepsSoundThatOutlastsThePictures();
    void hasNoSoundTrackWithoutSound();
    void previewHasOnlyKeyframes();
    void copiesWhatADamagedClipShows();
    void copiesWhatACutClipShows_data();
    void copiesWhatACutClipShows();
    void refusesWhatIsNoClip_data();
    void refusesWhatIsNoClip();
    void leavesNothingBehindAfterAFailure();
    void replacesWhatAKilledWorkerLeft();
    void copiesRealClips_data();
    void copiesRealClips();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_fixture->path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    QString barcodes(const QString &name, BarcodeClip clip = {})
    {
        clip.path = m_fixture->path(name);
        return makeClip(clip) ? clip.path : QString();
    }
    // The copy has the same pictures, each at the same moment.
    void compare(const Seen &original, const Seen &copy)
    {
        QCOMPARE(copy.pictures.size(), original.pictures.size());
        for (size_t i = 0; i < copy.pictures.size(); ++i) {
            QVERIFY2(std::abs(copy.pictures[i].time - original.pictures[i].time) <= kTolerance,
                     qPrintable(QStringLiteral("picture %1 at %2 instead of %3")
                                    .arg(i)
                                    .arg(copy.pictures[i].time)
                                    .arg(original.pictures[i].time)));
            QCOMPARE(copy.pictures[i].number, original.pictures[i].number);
        }
    }

    std::unique_ptr<CopyFixture> m_fixture;
};

void LowResTest::keepsEveryPictureAtItsTime_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<int>("between");
    QTest::addColumn<bool>("isUneven");
    QTest::newRow("MP4") << "a.mp4" << QByteArray("libx264") << 0 << false;
    QTest::newRow("B frames") << "a.mp4" << QByteArray("libx264") << 2 << false;
    QTest::newRow("uneven") << "a.mkv" << QByteArray("libx264") << 0 << true;
    QTest::newRow("H.265") << "a.mkv" << QByteArray("libx265") << 0 << true;
    QTest::newRow("transport stream") << "a.ts" << QByteArray("libx264") << 2 << true;
    QTest::newRow("program stream") << "a.vob" << QByteArray("libx264") << 0 << true;
    QTest::newRow("AVI") << "a.avi" << QByteArray("mpeg4") << 0 << false;
    QTest::newRow("MJPEG") << "a.avi" << QByteArray("mjpeg") << 0 << false;
    QTest::newRow("raw H.264") << "a.h264" << QByteArray("libx264") << 0 << false;
    QTest::newRow("raw MJPEG") << "a.mjpeg" << QByteArray("mjpeg") << 0 << false;
}

void LowResTest::keepsEveryPictureAtItsTime()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, codec);
    QFETCH(int, between);
    QFETCH(bool, isUneven);
    BarcodeClip recipe{.width = 640, .height = 384, .pictures = 90, .between = between, .codec = codec};
    for (int i = 0; isUneven && i < recipe.pictures; ++i)
        recipe.stamps.push_back(i / 3 * 200 + i % 3 * 80); // 80, 80, 40 ms
    const QString file = barcodes(name, recipe);
    if (file.isEmpty())
        QSKIP("libav cannot make this clip");
    const Seen original = CopyFixture::seen(file);
    QCOMPARE(int(original.pictures.size()), recipe.pictures);

    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    QCOMPARE(report.pictures, recipe.pictures);
    QCOMPARE(report.bytes, QFileInfo(m_fixture->copy()).size());
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    compare(original, copy);
    QCOMPARE(copy.height, 360);
    QCOMPARE(copy.width, 600);
    QVERIFY(m_fixture->isTidy());
    if (name == QLatin1String("a.mkv")) {
        for (size_t i = 1; i < copy.pictures.size(); ++i)
            QCOMPARE((copy.pictures[i].time - copy.pictures[i - 1].time + 500) / 1000, i % 3 == 0 ? 40 : 80);
    }
}

// A camera's raw stream says nothing about time; the catalog knows from its name how long it is.
void LowResTest::spreadsABareStreamOverItsLength()
{
    constexpr qint64 length = 12'000'000;
    const QString file = barcodes(QStringLiteral("a.h264"), {.pictures = 60});
    const CopyReport report = m_fixture->make(kLowResJob, file, length);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    compare(CopyFixture::seen(file, length), CopyFixture::seen(m_fixture->copy()));
    QCOMPARE(CopyFixture::seen(m_fixture->copy()).length(), 59 * length / 60);
}

void LowResTest::fitsTheSize_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<QSize>("small");
    QTest::newRow("1080p") << 1920 << 1080 << QSize(640, 360);
    QTest::newRow("portrait") << 1080 << 1920 << QSize(360, 640);
    QTest::newRow("4:3") << 2560 << 1920 << QSize(480, 360);
    QTest::newRow("never enlarged") << 320 << 240 << QSize(320, 240);
    QTest::newRow("odd") << 321 << 241 << QSize(320, 240);
    QTest::newRow("panorama") << 8192 << 1024 << QSize(1440, 180);
    QTest::newRow("one point") << 1 << 1 << QSize(2, 2);
}

void LowResTest::fitsTheSize()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(QSize, small);
    const ShownSize size = copySize({width, height}, 360);
    QCOMPARE(QSize(size.width, size.height), small);
}

void LowResTest::staysTheRightWayUp_data()
{
    QTest::addColumn<int>("degrees");
    for (const int degrees : {0, 90, 180, 270})
        QTest::addRow("%d", degrees) << degrees;
}

void LowResTest::staysTheRightWayUp()
{
    QFETCH(int, degrees);
    const QString file =
        write(QStringLiteral("a.mp4"),
              makeClip(ClipRecipe{.width = 800, .height = 480, .seconds = 1, .degrees = degrees}));
    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    const bool isPortrait = degrees % 180 != 0;
    const TileSize tile{isPortrait ? 360 : 600, isPortrait ? 600 : 360};
    const PicturePtr before = firstPicture(file, tile);
    const PicturePtr after = firstPicture(m_fixture->copy(), tile);
    QVERIFY(before && after);
    QCOMPARE(after->width, tile.width);
    QCOMPARE(after->height, tile.height);
    QVERIFY2(difference(*before, *after) < 4, qPrintable(QString::number(difference(*before, *after))));
}

void LowResTest::hasAKeyframeEveryTwoSeconds()
{
    const QString file = barcodes(QStringLiteral("a.mp4"), {.pictures = 250, .group = 250});
    QVERIFY(m_fixture->make(kLowResJob, file).isMade());
    auto clip = ClipFile::open(std::move(*Source::open(m_fixture->copy())));
    QVERIFY(clip);
    std::vector<qint64> keys;
    while (const auto packet = (*clip)->read()) {
        if (!packet->isSound && (packet->packet->flags & AV_PKT_FLAG_KEY) != 0)
            keys.push_back(packet->packet->pts);
    }
    QCOMPARE(keys, (std::vector<qint64>{0, 2'000'000, 4'000'000, 6'000'000, 8'000'000}));
    // The table comes first: it plays while it is still being fetched.
    QFile copy(m_fixture->copy());
    QVERIFY(copy.open(QIODevice::ReadOnly));
    const QByteArray head = copy.read(4096);
    QVERIFY(head.indexOf("moov") > 0 && head.indexOf("moov") < 64);
}

void LowResTest::staysBelowTheBitRate()
{
    // Noise, which hardly compresses: each picture is another still.
    QByteArray noise;
    QRandomGenerator random(1);
    for (int i = 0; i < 100; ++i) {
        QImage image(640, 360, QImage::Format_Grayscale8);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.scanLine(y)[x] = uchar(random.bounded(256));
        }
        QByteArray jpeg;
        QBuffer buffer(&jpeg);
        image.convertToFormat(QImage::Format_RGB32).save(&buffer, "jpeg", 70);
        noise += jpeg;
    }
    const QString file = write(QStringLiteral("noise.mjpeg"), noise);
    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    QCOMPARE(report.pictures, 100);
    QCOMPARE(report.duration, 4'000);
    const double rate = double(report.bytes) * 8 / 4;
    QVERIFY2(rate <= 400'000, qPrintable(QString::number(rate)));
}

void LowResTest::keepsSound()
{
    const QString file = barcodes(QStringLiteral("a.mp4"), {.pictures = 100, .withSound = true});
    QVERIFY(m_fixture->make(kLowResJob, file).isMade());
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    QVERIFY(copy.hasSound);
    compare(CopyFixture::seen(file), copy);
    auto clip = ClipFile::open(std::move(*Source::open(m_fixture->copy())));
    QCOMPARE((*clip)->sound()->codecpar->codec_id, AV_CODEC_ID_AAC);
    while ((*clip)->read()) {
    }
    QVERIFY(std::abs((*clip)->soundEnd().value_or(0) - 4'000'000) < 100'000);
}

void LowResTest::keepsSoundThatOutlastsThePictures()
{
    const QString file =
        barcodes(QStringLiteral("a.mp4"), {.pictures = 50, .withSound = true, .toneMs = 5'000});
    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    QCOMPARE(report.pictures, 50);
    auto clip = ClipFile::open(std::move(*Source::open(m_fixture->copy())));
    while ((*clip)->read()) {
    }
    QVERIFY(std::abs((*clip)->soundEnd().value_or(0) - 5'000'000) < 150'000);
}

void LowResTest::hasNoSoundTrackWithoutSound()
{
    const QString file = barcodes(QStringLiteral("a.mp4"), {.pictures = 30});
    QVERIFY(m_fixture->make(kLowResJob, file).isMade());
    QVERIFY(!CopyFixture::seen(m_fixture->copy()).hasSound);
}

void LowResTest::previewHasOnlyKeyframes()
{
    const QString file =
        barcodes(QStringLiteral("a.mp4"),
                 {.width = 640, .height = 384, .pictures = 200, .group = 50, .withSound = true});
    const CopyReport report = m_fixture->make(kPreviewJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    QCOMPARE(copy.height, 180);
    QVERIFY(!copy.hasSound);
    QCOMPARE(copy.pictures.size(), size_t(4));
    for (size_t i = 0; i < copy.pictures.size(); ++i) {
        QCOMPARE(copy.pictures[i].number, int(i) * 50);
        QCOMPARE(copy.pictures[i].time, qint64(i) * 2'000'000);
    }
    QCOMPARE(report.duration, 8'000);
}

void LowResTest::copiesWhatADamagedClipShows()
{
    QByteArray bytes =
        makeClip(ClipRecipe{.container = "mpegts", .width = 640, .height = 360, .fps = 25, .seconds = 4});
    for (qsizetype i = bytes.size() / 3; i < bytes.size() / 2; i += 997)
        bytes[i] = char(~bytes[i]);
    const QString file = write(QStringLiteral("a.ts"), bytes);
    const Seen original = CopyFixture::seen(file);
    QVERIFY(!original.pictures.empty());
    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    QCOMPARE(size_t(report.pictures), original.pictures.size());
}

void LowResTest::copiesWhatACutClipShows_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::newRow("Matroska") << QByteArray("matroska");
    QTest::newRow("AVI") << QByteArray("avi");
    QTest::newRow("transport stream") << QByteArray("mpegts");
    QTest::newRow("program stream") << QByteArray("vob");
}

void LowResTest::copiesWhatACutClipShows()
{
    QFETCH(QByteArray, container);
    const QByteArray codec = container == "avi" ? "mpeg4" : "h264";
    const QByteArray whole = makeClip(
        ClipRecipe{.container = container, .codec = codec, .seconds = 6, .withSound = container != "vob"});
    QVERIFY(!whole.isEmpty());
    const QString file = write(QStringLiteral("a"), whole.left(whole.size() * 2 / 3));
    const Seen original = CopyFixture::seen(file);
    QVERIFY(original.pictures.size() > 20 && original.pictures.size() < 60);
    const CopyReport report = m_fixture->make(kLowResJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    QCOMPARE(copy.pictures.size(), original.pictures.size());
    QVERIFY(std::abs(copy.length() - original.length()) <= kTolerance);
}

void LowResTest::refusesWhatIsNoClip_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray(50'000, 'x');
    QTest::newRow("still") << makeStill({});
    QTest::newRow("sound") << makeClip(ClipRecipe{.withSound = true, .withPictures = false});
}

void LowResTest::refusesWhatIsNoClip()
{
    QFETCH(QByteArray, bytes);
    const QString file = write(QStringLiteral("a.mp4"), bytes);
    for (const JobKind *kind : {&kLowResJob, &kPreviewJob}) {
        const CopyReport report = m_fixture->make(*kind, file);
        QCOMPARE(report.outcome, CopyReport::Outcome::Impossible);
        QVERIFY(!report.reason.isEmpty());
        QVERIFY(!m_fixture->hasCopy() && m_fixture->isTidy());
    }
}

void LowResTest::leavesNothingBehindAfterAFailure()
{
    const CopyReport gone = m_fixture->make(kLowResJob, m_fixture->path(QStringLiteral("gone.mp4")));
    QCOMPARE(gone.outcome, CopyReport::Outcome::Failed); // the disk may come back
    const QString file = barcodes(QStringLiteral("a.mp4"), {.pictures = 30});
    // A file is where the folder should be.
    QFile::remove(m_fixture->copy());
    QDir(m_fixture->path({})).mkpath(QStringLiteral("cache/ab/1.mp4"));
    const CopyReport report = CopyReport::fromJson(makeLowRes({.file = file, .output = m_fixture->copy()}));
    QCOMPARE(report.outcome, CopyReport::Outcome::Failed);
    QVERIFY(!QFile::exists(m_fixture->copy() + kPartSuffix));
}

void LowResTest::replacesWhatAKilledWorkerLeft()
{
    const QString file = barcodes(QStringLiteral("a.mp4"), {.pictures = 30});
    QDir(m_fixture->path({})).mkpath(QStringLiteral("cache/ab"));
    write(QStringLiteral("cache/ab/1.mp4.part"), QByteArray(100'000, 'x'));
    QVERIFY(m_fixture->make(kLowResJob, file).isMade());
    compare(CopyFixture::seen(file), CopyFixture::seen(m_fixture->copy()));
    QVERIFY(m_fixture->isTidy());
}

void LowResTest::copiesRealClips_data()
{
    QTest::addColumn<QString>("name");
    QStringList names{QStringLiteral("MDalarm_20240308_152954.mkv"), QStringLiteral("truncated.mkv"),
                      QStringLiteral("resolution_change.ts"), QStringLiteral("phone_h265_rot90_metadata.mp4"),
                      QStringLiteral("vfr_dropped_frames.mkv")};
    if (isLongRun()) {
        for (const QString &name : QDir(sharedData()).entryList(QDir::Files)) {
            const QString suffix = QFileInfo(name).suffix();
            if (kSuffixes.contains(suffix) && !names.contains(name))
                names.append(name);
        }
    }
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void LowResTest::copiesRealClips()
{
    GATEHOUSE_NEEDS_DATA();
    QFETCH(QString, name);
    const QString file = sharedData(name);
    const Seen original = CopyFixture::seen(file);
    for (const JobKind *kind : {&kPreviewJob, &kLowResJob}) {
        const CopyReport report = m_fixture->make(*kind, file);
        QCOMPARE(report.isMade(), !original.pictures.empty());
        if (!report.isMade())
            continue;
        const Seen copy = CopyFixture::seen(m_fixture->copy());
        QVERIFY2(report.bytes * 8 <= 400 * (report.duration + 1'000),
                 qPrintable(QString::number(report.bytes)));
        QVERIFY(std::min(copy.width, copy.height) <= 360);
        if (kind == &kPreviewJob) {
            QVERIFY(copy.pictures.size() <= original.pictures.size());
            continue;
        }
        QCOMPARE(copy.pictures.size(), original.pictures.size());
        for (size_t i = 0; i < copy.pictures.size(); ++i)
            QVERIFY(std::abs(copy.pictures[i].time - original.pictures[i].time) <= kTolerance);
    }
}

GATEHOUSE_TEST(LowResTest)
#include "low_res_test.moc"
