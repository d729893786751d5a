// The demo's files: clips that decode to their end, JPEG stills, frames that differ.
#include "demo/clip_maker.h"
#include "demo/demo_camera.h"
#include "media/demux/av.h"
#include "support/registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::demo;

namespace
{

struct Decoded {
    int frames = 0;
    int width = 0;
    QByteArray container;
    QByteArray codec;
    QString error;
};

Decoded decoded(const QByteArray &bytes)
{
    Decoded out;
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        out.error = file.errorString();
        return out;
    }
    file.close();
    AVFormatContext *raw = nullptr;
    int result = avformat_open_input(&raw, file.fileName().toUtf8().constData(), nullptr, nullptr);
    const media::Av<AVFormatContext> input(raw);
    if (result < 0 || avformat_find_stream_info(raw, nullptr) < 0) {
        out.error = media::avErrorText(result);
        return out;
    }
    const AVCodecParameters *parameters = raw->streams[0]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    if (codec == nullptr) {
        out.error = QStringLiteral("no decoder");
        return out;
    }
    const media::Av<AVCodecContext> decoder(avcodec_alloc_context3(codec));
    avcodec_parameters_to_context(decoder.get(), parameters);
    result = avcodec_open2(decoder.get(), codec, nullptr);
    const media::Av<AVPacket> packet(av_packet_alloc());
    const media::Av<AVFrame> frame(av_frame_alloc());
    bool ended = false;
    while (result >= 0 && !ended) {
        ended = av_read_frame(raw, packet.get()) < 0;
        result = avcodec_send_packet(decoder.get(), ended ? nullptr : packet.get());
        av_packet_unref(packet.get());
        while (result >= 0 && avcodec_receive_frame(decoder.get(), frame.get()) >= 0)
            ++out.frames;
    }
    if (result < 0)
        out.error = media::avErrorText(result);
    out.width = parameters->width;
    out.container = raw->iformat->name;
    out.codec = codec->name;
    return out;
}

Look lookOf(Place place)
{
    Look look;
    look.place = place;
    look.name = QStringLiteral("Test");
    look.clockFormat = QStringLiteral("yyyy-MM-dd HH:mm:ss");
    return look;
}

QDateTime at(int hour)
{
    return {QDate(2026, 6, 12), QTime(hour, 4, 3), Qt::UTC};
}

double brightness(const std::vector<std::uint8_t> &pixels)
{
    double sum = 0;
    for (const std::uint8_t value : pixels)
        sum += value;
    return sum / double(pixels.size());
}

} // namespace

class DemoMediaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clipsDecodeToTheirEnd_data()
    {
        QTest::addColumn<QString>("container");
        QTest::addColumn<bool>("motionJpeg");
        QTest::newRow("mov") << QStringLiteral("mp4") << false;
        QTest::newRow("matroska") << QStringLiteral("matroska") << false;
        QTest::newRow("avi") << QStringLiteral("avi") << false;
        QTest::newRow("mpegts") << QStringLiteral("mpegts") << false;
        QTest::newRow("avi, MJPEG") << QStringLiteral("avi") << true;
    }

    void clipsDecodeToTheirEnd()
    {
        QFETCH(QString, container);
        QFETCH(bool, motionJpeg);
        Scene scene(lookOf(Place::Garden), 320, 180);
        ClipPlan plan;
        plan.container = container;
        plan.motionJpeg = motionJpeg;
        plan.fps = 5;
        plan.seconds = 3;
        plan.start = at(14);
        plan.visitor = Visitor::Cat;
        const auto clip = makeClip(scene, plan);
        QVERIFY2(clip, clip ? "" : qPrintable(clip.error().text));
        const Decoded result = decoded(*clip);
        QCOMPARE(result.error, QString());
        QCOMPARE(result.frames, 15);
        QCOMPARE(result.width, 320);
        QVERIFY(result.container.contains(QByteArray(QTest::currentDataTag()).split(',').first()));
        QCOMPARE(result.codec == "mjpeg", motionJpeg);
    }

    void stillsAreJpeg()
    {
        Scene scene(lookOf(Place::FrontDoor), 640, 360);
        ClipPlan plan;
        plan.start = at(9);
        plan.visitor = Visitor::Courier;
        const auto still = makeStill(scene, plan, 0.5);
        QVERIFY(still);
        QVERIFY(still->startsWith("\xff\xd8"));
        QVERIFY(still->endsWith("\xff\xd9"));
        QVERIFY(still->size() > 10'000 && still->size() < 200'000);
        QCOMPARE(decoded(*still).frames, 1);
    }

    void rejectsAnUnknownContainer()
    {
        Scene scene(lookOf(Place::Garden), 320, 180);
        ClipPlan plan;
        plan.container = QStringLiteral("no such container");
        plan.start = at(9);
        QVERIFY(!makeClip(scene, plan));
    }

    void drawsEveryPlaceDifferently()
    {
        QVector<std::vector<std::uint8_t>> pictures;
        for (int place = int(Place::Driveway); place <= int(Place::Barn); ++place) {
            Scene scene(lookOf(Place(place)), 320, 180);
            pictures.append(scene.draw(at(13), {}, 0));
            const double light = brightness(pictures.last());
            QVERIFY2(light > 60 && light < 220, qPrintable(QString::number(place)));
            QVERIFY(std::all_of(pictures.cbegin(), pictures.cend() - 1, [&](const auto &earlier) {
                double difference = 0;
                for (std::size_t i = 0; i < earlier.size(); ++i)
                    difference += std::abs(int(earlier[i]) - int(pictures.last()[i]));
                return difference / double(earlier.size()) > 12;
            }));
        }
    }

    void drawsDarkNightsAndMovingVisitors()
    {
        Scene scene(lookOf(Place::Garden), 320, 180);
        const double noon = brightness(scene.draw(at(13), {}, 0));
        const double night = brightness(scene.draw(at(2), {}, 0));
        QVERIFY(night < noon * 0.6);
        const auto early = scene.draw(at(13), {Visitor::Person, 0.3, 1, 4}, 7);
        const auto later = scene.draw(at(13), {Visitor::Person, 0.6, 2, 4}, 7);
        const auto same = scene.draw(at(13), {Visitor::Person, 0.6, 2, 4}, 7);
        QVERIFY(early != later);
        QVERIFY(later == same);
    }
};

GATEHOUSE_TEST(DemoMediaTest)
#include "demo_media_test.moc"
