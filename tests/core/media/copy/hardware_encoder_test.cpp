// Encoders of chips are tried on test pictures; encoders in software stand for chips that work, fail, or lie.
#include "copy_fixture.h"
#include "media/copy/hardware_encoder.h"
#include "media/copy/transcode.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

const HardwareEncoder kGood{QStringLiteral("good"), "libx264", AV_HWDEVICE_TYPE_NONE, AV_PIX_FMT_NV12};
const HardwareEncoder kAbsent{QStringLiteral("absent"), "h264_of_no_chip"};
const HardwareEncoder kWrong{QStringLiteral("wrong"), "mjpeg", AV_HWDEVICE_TYPE_NONE, AV_PIX_FMT_YUVJ420P};

} // namespace

class HardwareEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        av_log_set_level(AV_LOG_QUIET);
        if (avcodec_find_encoder_by_name("libx264") == nullptr)
            QSKIP("libav has no H.264 encoder here");
    }

    void triesTestPictures()
    {
        QVERIFY(isWorking(kGood));
        QVERIFY(!isWorking(kAbsent));
        QVERIFY(!isWorking(kWrong)); // it encodes, but not H.264
    }

    void takesTheFirstThatWorks()
    {
        QStringList failed;
        const std::vector<HardwareEncoder> all{kAbsent, kWrong, kGood};
        const HardwareEncoder *found =
            firstWorking(all, {QStringLiteral("absent"), QStringLiteral("good")}, failed);
        QVERIFY(found != nullptr);
        QCOMPARE(found->name, kGood.name);
        QCOMPARE(failed, QStringList{kAbsent.name});
        // Names that are not given are not tried, and what failed is not tried again.
        QCOMPARE(firstWorking(all, {QStringLiteral("absent")}, failed), nullptr);
        QCOMPARE(failed, QStringList{kAbsent.name});
    }

    void usesItForACopy()
    {
        CopyFixture fixture;
        const QString file = fixture.path(QStringLiteral("a.mp4"));
        QVERIFY(makeClip({.path = file, .width = 640, .height = 384, .pictures = 50}));
        const CopyRecipe recipe{.keyEvery = 1'000'000};
        const JobInput input{.file = file, .output = fixture.copy(), .hardware = {kAbsent.name, kGood.name}};
        const CopyReport report = transcode(input, recipe, {kAbsent, kGood});
        QVERIFY2(report.isMade(), qPrintable(report.reason));
        QCOMPARE(report.hardware, kGood.name);
        QCOMPARE(report.failedHardware, QStringList{kAbsent.name});
        const Seen copy = CopyFixture::seen(fixture.copy());
        QCOMPARE(copy.pictures.size(), size_t(50));
        QCOMPARE(copy.pictures[37].number, 37);
    }

    void fallsBackToSoftware()
    {
        CopyFixture fixture;
        const QString file = fixture.path(QStringLiteral("a.mp4"));
        QVERIFY(makeClip({.path = file, .pictures = 30}));
        const JobInput input{.file = file, .output = fixture.copy(), .hardware = {kAbsent.name, kWrong.name}};
        const CopyReport report = transcode(input, {}, {kAbsent, kWrong});
        QVERIFY2(report.isMade(), qPrintable(report.reason));
        QVERIFY(report.hardware.isEmpty());
        QCOMPARE(report.failedHardware, (QStringList{kAbsent.name, kWrong.name}));
        QCOMPARE(CopyFixture::seen(fixture.copy()).pictures.size(), size_t(30));
    }

    // The report survives the way to the engine.
    void reportIsReadBack()
    {
        const CopyReport made{.outcome = CopyReport::Outcome::Made,
                              .bytes = 5,
                              .pictures = 4,
                              .duration = 3,
                              .hardware = QStringLiteral("good"),
                              .failedHardware = {QStringLiteral("absent")}};
        const CopyReport read = CopyReport::fromJson(made.toJson());
        QVERIFY(read.isMade());
        QCOMPARE(read.bytes, 5);
        QCOMPARE(read.hardware, made.hardware);
        QCOMPARE(read.failedHardware, made.failedHardware);
        const CopyReport failed = CopyReport::of({ErrorKind::Full, QStringLiteral("No space"), {}});
        QCOMPARE(CopyReport::fromJson(failed.toJson()).outcome, CopyReport::Outcome::Failed);
        QCOMPARE(CopyReport::fromJson(failed.toJson()).reason, failed.reason);
        QCOMPARE(CopyReport::fromJson(CopyReport::impossible({}).toJson()).outcome,
                 CopyReport::Outcome::Impossible);
    }
};

GATEHOUSE_TEST(HardwareEncoderTest)
#include "hardware_encoder_test.moc"
