// A clip's own video in an MP4: the same pictures at the same times, whatever the container said about them.
#include "copy_fixture.h"
#include "media/copy/remux_job.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

class RemuxTest : public QObject
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
    void keepsThePictures_data();
    void keepsThePictures();
    void keepsTheRotation();
    void makesAacOfWhatMp4CannotHold();
    void retriesWhatCannotBeRead();
    void refusesWhatIsNoClip();
    void copiesRealClips_data();
    void copiesRealClips();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_fixture->path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    void compare(const Seen &original, const Seen &copy)
    {
        QCOMPARE(copy.pictures.size(), original.pictures.size());
        for (size_t i = 0; i < copy.pictures.size(); ++i) {
            QCOMPARE(copy.pictures[i].number, original.pictures[i].number);
            QVERIFY2(std::abs(copy.pictures[i].time - original.pictures[i].time) <= 1'000,
                     qPrintable(QStringLiteral("picture %1 at %2 instead of %3")
                                    .arg(i)
                                    .arg(copy.pictures[i].time)
                                    .arg(original.pictures[i].time)));
        }
    }

    std::unique_ptr<CopyFixture> m_fixture;
};

void RemuxTest::keepsThePictures_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<int>("between");
    QTest::addColumn<bool>("isUneven");
    QTest::newRow("Matroska") << "a.mkv" << QByteArray("libx264") << 2 << true;
    QTest::newRow("H.265") << "a.mkv" << QByteArray("libx265") << 0 << true;
    QTest::newRow("transport stream") << "a.ts" << QByteArray("libx264") << 2 << false;
    QTest::newRow("program stream") << "a.vob" << QByteArray("libx264") << 0 << false;
    QTest::newRow("AVI") << "a.avi" << QByteArray("libx264") << 2 << false;
    QTest::newRow("raw H.264") << "a.h264" << QByteArray("libx264") << 2 << false;
    QTest::newRow("MJPEG") << "a.avi" << QByteArray("mjpeg") << 0 << false;
}

void RemuxTest::keepsThePictures()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, codec);
    QFETCH(int, between);
    QFETCH(bool, isUneven);
    BarcodeClip recipe{.path = m_fixture->path(name), .pictures = 90, .between = between, .codec = codec};
    for (int i = 0; isUneven && i < recipe.pictures; ++i)
        recipe.stamps.push_back(i / 3 * 200 + i % 3 * 80);
    if (!makeClip(recipe))
        QSKIP("libav cannot make this clip");
    const Seen original = CopyFixture::seen(recipe.path);
    const CopyReport report = m_fixture->make(kRemuxJob, recipe.path);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    QCOMPARE(report.pictures, recipe.pictures);
    compare(original, CopyFixture::seen(m_fixture->copy()));
    QVERIFY(m_fixture->isTidy());
}

void RemuxTest::keepsTheRotation()
{
    const QString file = write(QStringLiteral("a.mp4"), makeClip(ClipRecipe{.degrees = 90}));
    QVERIFY(m_fixture->make(kRemuxJob, file).isMade());
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    QCOMPARE(QSize(copy.width, copy.height), QSize(120, 160));
}

void RemuxTest::makesAacOfWhatMp4CannotHold()
{
    const QString file = write(QStringLiteral("a.avi"),
                               makeClip(ClipRecipe{.container = "avi", .codec = "mpeg4", .withSound = true}));
    const CopyReport report = m_fixture->make(kRemuxJob, file);
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    auto clip = ClipFile::open(std::move(*Source::open(m_fixture->copy())));
    QCOMPARE((*clip)->sound()->codecpar->codec_id, AV_CODEC_ID_AAC);
    while ((*clip)->read()) {
    }
    QVERIFY(std::abs((*clip)->soundEnd().value_or(0) - 2'000'000) < 150'000);
}

// Reading the start of one's own memory fails with EIO, as a disk does that was unplugged.
void RemuxTest::retriesWhatCannotBeRead()
{
    const CopyReport report = m_fixture->make(kRemuxJob, QStringLiteral("/proc/self/mem"));
    QCOMPARE(report.outcome, CopyReport::Outcome::Failed);
    QCOMPARE(report.reason, avErrorText(AVERROR(EIO)));
    QVERIFY(!m_fixture->hasCopy() && m_fixture->isTidy());
}

void RemuxTest::refusesWhatIsNoClip()
{
    for (const QByteArray &bytes : {QByteArray(50'000, 'x'), makeStill({})}) {
        const CopyReport report = m_fixture->make(kRemuxJob, write(QStringLiteral("a.mp4"), bytes));
        QCOMPARE(report.outcome, CopyReport::Outcome::Impossible);
        QVERIFY(!m_fixture->hasCopy() && m_fixture->isTidy());
    }
}

void RemuxTest::copiesRealClips_data()
{
    QTest::addColumn<QString>("name");
    QStringList names{QStringLiteral("MDalarm_20240308_152954.mkv"), QStringLiteral("cam_h265_alaw.mp4"),
                      QStringLiteral("SDalarm_20240308_003211.avi")};
    if (isLongRun())
        names += {QStringLiteral("15.29.54-15.30.06[M][0@0][0].dav"),
                  QStringLiteral("alarm_20240308_153110.mkv"),
                  QStringLiteral("axis_signed_vendor.h264"),
                  QStringLiteral("axis_test_h265.mp4"),
                  QStringLiteral("bitrot_3_bytes.mp4"),
                  QStringLiteral("bitrot_heavy.mp4"),
                  QStringLiteral("clock_jump_back.ts"),
                  QStringLiteral("dvr_driveway_960x1080_halfwidth.avi"),
                  QStringLiteral("hik_imkh_h264_alaw.mp4"),
                  QStringLiteral("kvs_clusters.mkv"),
                  QStringLiteral("moonfire_1fps.mp4"),
                  QStringLiteral("pal_interlaced_mpeg2.ts"),
                  QStringLiteral("sample_fragmented.mp4"),
                  QStringLiteral("truncated.mkv"),
                  QStringLiteral("truncated_noindex.avi"),
                  QStringLiteral("vfr_dropped_frames.mkv")};
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void RemuxTest::copiesRealClips()
{
    GATEHOUSE_NEEDS_DATA();
    QFETCH(QString, name);
    const Seen original = CopyFixture::seen(sharedData(name));
    const CopyReport report = m_fixture->make(kRemuxJob, sharedData(name));
    QVERIFY2(report.isMade(), qPrintable(report.reason));
    const Seen copy = CopyFixture::seen(m_fixture->copy());
    QVERIFY(std::abs(int(copy.pictures.size()) - int(original.pictures.size())) <= 2);
    QVERIFY(std::abs(copy.length() - original.length()) <= 150'000);
    QCOMPARE(copy.hasSound, original.hasSound);
}

GATEHOUSE_TEST(RemuxTest)
#include "remux_test.moc"
