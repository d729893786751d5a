// The look of a frame: player and poster show the same aspect, colours and orientation, and no combs.
#include "media/picture/decoder_geometry.h"
#include "media/picture/deinterlace.h"
#include "media/probe/poster.h"
#include "support/registry.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <array>

using namespace gatehouse;
using namespace gatehouse::media;

namespace
{

constexpr int kSide = 64;

Av<AVFrame> emptyFrame(AVPixelFormat format, int width, int height)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->format = format;
    frame->width = width;
    frame->height = height;
    frame->sample_aspect_ratio = {1, 1};
    return av_frame_get_buffer(frame.get(), 0) < 0 ? Av<AVFrame>() : std::move(frame);
}

// One flat tone in limited range.
Av<AVFrame> flatFrame(int y, int u, int v, int width = kSide, int height = kSide)
{
    Av<AVFrame> frame = emptyFrame(AV_PIX_FMT_YUV420P, width, height);
    const std::array<int, 3> tones{y, u, v};
    for (size_t plane = 0; plane < 3; ++plane)
        std::fill_n(frame->data[plane],
                    size_t(frame->linesize[plane]) * size_t(plane == 0 ? height : height / 2),
                    uint8_t(tones[plane]));
    return frame;
}

// White at the upper left, black elsewhere: wider than high.
Av<AVFrame> markedFrame()
{
    Av<AVFrame> frame = flatFrame(16, 128, 128, 2 * kSide, kSide);
    for (int y = 0; y < kSide / 2; ++y)
        std::fill_n(frame->data[0] + ptrdiff_t(y) * frame->linesize[0], kSide, uint8_t(235));
    return frame;
}

QImage shown(const AVFrame &frame, Orientation orientation = {})
{
    PictureMaker maker;
    maker.setTile({kPosterWidth, 640});
    const PicturePtr picture = maker.make(frame, orientation, 0);
    return picture ? QImage(picture->bytes.data(), picture->width, picture->height, picture->stride,
                            QImage::Format_RGB32)
                         .copy()
                   : QImage();
}

int combsIn(const AVFrame &frame)
{
    int combs = 0;
    for (int y = 1; y + 1 < frame.height; ++y) {
        const uint8_t *line = frame.data[0] + ptrdiff_t(y) * frame.linesize[0];
        for (int x = 0; x < frame.width; ++x) {
            const int up = line[x] - line[x - frame.linesize[0]];
            const int down = line[x] - line[x + frame.linesize[0]];
            combs += (up > 60 && down > 60) || (up < -60 && down < -60) ? 1 : 0;
        }
    }
    return combs;
}

} // namespace

class LooksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsColoursByTheirMatrix_data();
    void convertsColoursByTheirMatrix();
    void appliesTheDisplayMatrix();
    void posterAndPlayerHaveTheSameAspect();
    void deinterlaces();
    void deinterlacingKeepsStaticDetail();

private:
    QImage poster(const AVFrame &frame, Orientation orientation = {})
    {
        const QString file = m_folder.filePath(QStringLiteral("poster.jpg"));
        return writePoster(frame, frame.sample_aspect_ratio, orientation, file) ? QImage(file) : QImage();
    }

    QTemporaryDir m_folder;
};

void LooksTest::convertsColoursByTheirMatrix_data()
{
    QTest::addColumn<int>("matrix");
    QTest::addColumn<double>("kr");
    QTest::addColumn<double>("kb");
    QTest::newRow("BT.601") << int(AVCOL_SPC_SMPTE170M) << 0.299 << 0.114;
    QTest::newRow("BT.470") << int(AVCOL_SPC_BT470BG) << 0.299 << 0.114;
    QTest::newRow("BT.709") << int(AVCOL_SPC_BT709) << 0.2126 << 0.0722;
    QTest::newRow("BT.2020") << int(AVCOL_SPC_BT2020_NCL) << 0.2627 << 0.0593;
    QTest::newRow("SMPTE 240M") << int(AVCOL_SPC_SMPTE240M) << 0.212 << 0.087;
}

void LooksTest::convertsColoursByTheirMatrix()
{
    QFETCH(int, matrix);
    QFETCH(double, kr);
    QFETCH(double, kb);
    constexpr int y = 90;
    constexpr int u = 90;
    constexpr int v = 190;
    const Av<AVFrame> frame = flatFrame(y, u, v);
    frame->colorspace = AVColorSpace(matrix);
    const double luma = (y - 16) / 219.0;
    const double red = luma + 2 * (1 - kr) * (v - 128) / 224.0;
    const double blue = luma + 2 * (1 - kb) * (u - 128) / 224.0;
    const double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
    const auto level = [](double part) { return std::clamp(int(std::lround(part * 255)), 0, 255); };
    for (const QImage &image : {shown(*frame), poster(*frame)}) {
        const QColor colour = image.pixelColor(kSide / 2, kSide / 2);
        const QString found = colour.name() + QColor(level(red), level(green), level(blue)).name();
        QVERIFY2(qAbs(colour.red() - level(red)) <= 4, qPrintable(found));
        QVERIFY2(qAbs(colour.green() - level(green)) <= 4, qPrintable(found));
        QVERIFY2(qAbs(colour.blue() - level(blue)) <= 4, qPrintable(found));
    }
}

// Every result of a matrix of quarter turns and mirrors.
void LooksTest::appliesTheDisplayMatrix()
{
    const Av<AVFrame> frame = markedFrame();
    struct FormatDelete {
        void operator()(AVFormatContext *format) const { avformat_free_context(format); }
    };
    constexpr int ways[][4] = {{1, 0, 0, 1},  {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0},
                               {-1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, 1, 0},   {0, -1, -1, 0}};
    for (const auto &[a, b, c, d] : ways) {
        const std::unique_ptr<AVFormatContext, FormatDelete> format(avformat_alloc_context());
        AVStream *stream = avformat_new_stream(format.get(), nullptr);
        constexpr size_t bytes = 9 * sizeof(int32_t);
        const std::array<int32_t, 9> matrix{a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30};
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
        AVCodecParameters *parameters = stream->codecpar;
        uint8_t *matrixData =
            av_packet_side_data_new(&parameters->coded_side_data, &parameters->nb_coded_side_data,
                                    AV_PKT_DATA_DISPLAYMATRIX, bytes, 0)
                ->data;
#else
        uint8_t *matrixData = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, bytes);
#endif
        std::copy_n(reinterpret_cast<const uint8_t *>(matrix.data()), bytes, matrixData);
        const Orientation orientation = orientationOf(*stream);
        // The mark is left of and above the centre: (-1, -1) becomes (x, y).
        const int x = -a - c;
        const int y = -b - d;
        const QImage player = shown(*frame, orientation);
        for (const QImage &image : {player, poster(*frame, orientation)}) {
            QCOMPARE(image.width() > image.height(), a != 0);
            for (const int right : {-1, 1}) {
                for (const int below : {-1, 1}) {
                    const QPoint at(image.width() / 2 + right * image.width() / 4,
                                    image.height() / 2 + below * image.height() / 4);
                    QVERIFY2((qGray(image.pixel(at)) > 128) == (right == x && below == y),
                             qPrintable(QStringLiteral("%1 %2 %3 %4").arg(a).arg(b).arg(c).arg(d)));
                }
            }
        }
    }
}

void LooksTest::posterAndPlayerHaveTheSameAspect()
{
    struct Shape {
        int width;
        int height;
        AVRational aspect;
        QSize shown;
    };
    for (const Shape &shape : {Shape{960, 1080, {2, 1}, {320, 180}}, Shape{720, 576, {16, 15}, {320, 240}},
                               Shape{160, 120, {1, 1}, {160, 120}}, Shape{200, 800, {1, 1}, {160, 640}}}) {
        const Av<AVFrame> frame = flatFrame(100, 128, 128, shape.width, shape.height);
        frame->sample_aspect_ratio = shape.aspect;
        QCOMPARE(shown(*frame).size(), shape.shown);
        QCOMPARE(poster(*frame).size(), shape.shown);
    }
}

void LooksTest::deinterlaces()
{
    // A bright bar that moves between the two fields.
    const Av<AVFrame> frame = flatFrame(40, 128, 128, 128, 96);
    for (int y = 0; y < frame->height; ++y)
        std::fill_n(frame->data[0] + ptrdiff_t(y) * frame->linesize[0] + (y % 2 == 0 ? 30 : 50), 30,
                    uint8_t(200));
    QVERIFY(combsIn(*frame) > 1000);
    const Av<AVFrame> smooth = deinterlaced(*frame);
    QVERIFY(smooth);
    QCOMPARE(combsIn(*smooth), 0);

    const auto combsShown = [&](bool isFlagged) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
        frame->flags = isFlagged ? AV_FRAME_FLAG_INTERLACED : 0;
#else
        frame->interlaced_frame = isFlagged ? 1 : 0;
#endif
        const QImage image = shown(*frame);
        int combs = 0;
        for (int y = 1; y + 1 < image.height(); ++y)
            combs += qAbs(qGray(image.pixel(55, y)) - qGray(image.pixel(70, y))) > 200 ? 1 : 0;
        int changes = 0;
        for (int y = 1; y < image.height(); ++y)
            changes += qAbs(qGray(image.pixel(40, y)) - qGray(image.pixel(40, y - 1))) > 60 ? 1 : 0;
        return combs + changes;
    };
    QVERIFY(combsShown(false) > 80);
    QCOMPARE(combsShown(true), 0);
}

void LooksTest::deinterlacingKeepsStaticDetail()
{
    const Av<AVFrame> frame = flatFrame(40, 128, 128, 128, 96);
    for (int y = 0; y < frame->height; ++y) {
        uint8_t *line = frame->data[0] + ptrdiff_t(y) * frame->linesize[0];
        for (int x = 0; x < frame->width; ++x)
            line[x] = uint8_t(40 + y + (x > y ? 80 : 0)); // a slanting edge
        if (y == 31 || y == 60)
            std::fill_n(line, frame->width, uint8_t(230)); // a wire
    }
    const Av<AVFrame> smooth = deinterlaced(*frame);
    for (int y = 0; y < frame->height; ++y)
        QVERIFY(std::equal(frame->data[0] + ptrdiff_t(y) * frame->linesize[0],
                           frame->data[0] + ptrdiff_t(y) * frame->linesize[0] + frame->width,
                           smooth->data[0] + ptrdiff_t(y) * smooth->linesize[0]));
    QVERIFY(!deinterlaced(*emptyFrame(AV_PIX_FMT_RGB24, kSide, kSide)));
}

GATEHOUSE_TEST(LooksTest)
#include "looks_test.moc"
