// swscale writes whole blocks of pixels: nothing is written outside the player's buffers, whatever the width,
// and rows are read where they were written.
#include "media/picture/decoder_geometry.h"
#include "support/registry.h"

#include <QTest>
#include <algorithm>
#include <array>

extern "C" {
#include <libavutil/imgutils.h>
}

using namespace gatehouse;
using namespace gatehouse::media;

namespace
{

constexpr uint8_t kCanary = 0xA5;
constexpr qsizetype kGuard = 4096; // bytes behind the buffer that must stay unchanged

Av<AVFrame> greyFrame(AVPixelFormat format, int width, int height)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->format = format;
    frame->width = width;
    frame->height = height;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    for (int plane = 0; plane < AV_NUM_DATA_POINTERS && frame->buf[plane]; ++plane)
        std::fill_n(frame->buf[plane]->data, frame->buf[plane]->size, uint8_t(0x80));
    return frame;
}

} // namespace

class PaddingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNothingBeyondTheBuffer_data();
    void writesNothingBeyondTheBuffer();
    void picturesUseThePaddedLayout();
    void readsRotatedRowsCorrectly();
};

void PaddingTest::writesNothingBeyondTheBuffer_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("step");
    QTest::newRow("4:2:0") << int(AV_PIX_FMT_YUV420P) << 1;
    QTest::newRow("4:2:2") << int(AV_PIX_FMT_YUV422P) << 1;
    QTest::newRow("4:4:4") << int(AV_PIX_FMT_YUV444P) << 3;
    QTest::newRow("4:4:0") << int(AV_PIX_FMT_YUV440P) << 7;
    QTest::newRow("4:1:1") << int(AV_PIX_FMT_YUV411P) << 7;
    QTest::newRow("nv12") << int(AV_PIX_FMT_NV12) << 3;
    QTest::newRow("yuyv") << int(AV_PIX_FMT_YUYV422) << 7;
    QTest::newRow("grey") << int(AV_PIX_FMT_GRAY8) << 7;
    QTest::newRow("10 bit") << int(AV_PIX_FMT_YUV420P10) << 7;
    QTest::newRow("rgb") << int(AV_PIX_FMT_RGB24) << 7;
    QTest::newRow("bgra") << int(AV_PIX_FMT_BGRA) << 7;
    QTest::newRow("palette") << int(AV_PIX_FMT_PAL8) << 7;
}

void PaddingTest::writesNothingBeyondTheBuffer()
{
    QFETCH(int, format);
    QFETCH(int, step);
    for (int width = 2; width <= 2048; width += step) {
        for (const int height : {2, 5}) {
            // At full size and slightly smaller: both of swscale's code paths.
            for (const int shown : {width, std::max(1, width - width / 5)}) {
                const Av<AVFrame> frame = greyFrame(AVPixelFormat(format), width, height);
                QVERIFY(frame);
                const Av<SwsContext> scale(
                    sws_getContext(width, height, AVPixelFormat(format), shown, height, AV_PIX_FMT_BGRA,
                                   shown < width ? SWS_BILINEAR : SWS_BICUBIC, nullptr, nullptr, nullptr));
                QVERIFY(scale);
                const PixelRows rows = pixelRows(shown, height);
                std::vector<uint8_t> buffer(size_t(rows.bytes + kGuard), kCanary);
                uint8_t *const data[] = {buffer.data(), nullptr, nullptr, nullptr};
                const int strides[] = {int(rows.stride), 0, 0, 0};
                QCOMPARE(sws_scale(scale.get(), frame->data, frame->linesize, 0, height, data, strides),
                         height);
                const bool isWhole = std::all_of(buffer.begin() + rows.bytes, buffer.end(),
                                                 [](uint8_t one) { return one == kCanary; });
                QVERIFY2(isWhole,
                         qPrintable(QStringLiteral("%1 x %2 shown at %3").arg(width).arg(height).arg(shown)));
            }
        }
    }
}

void PaddingTest::picturesUseThePaddedLayout()
{
    for (const int width : {2, 15, 16, 17, 328, 424, 426, 568, 600, 1366}) {
        const Av<AVFrame> frame = greyFrame(AV_PIX_FMT_YUV420P, width, 6);
        PictureMaker maker;
        const PicturePtr picture = maker.make(*frame, {}, 0);
        QVERIFY(picture);
        QCOMPARE(picture->width, width);
        QCOMPARE(picture->stride, pixelRows(width, 6).stride);
        QCOMPARE(qsizetype(picture->bytes.size()), pixelRows(width, 6).bytes);
    }
}

void PaddingTest::readsRotatedRowsCorrectly()
{
    // A white mark in the upper left corner of 21 x 10 ends up in the corner given by the rotation.
    const Av<AVFrame> frame = greyFrame(AV_PIX_FMT_RGB24, 21, 10);
    std::fill_n(frame->data[0], size_t(frame->linesize[0]) * 10, uint8_t(0));
    std::fill_n(frame->data[0], 3, uint8_t(0xFF));
    struct Corner {
        Orientation orientation;
        bool right;
        bool bottom;
    };
    for (const Corner &corner : {Corner{{0, false}, false, false}, Corner{{90, false}, true, false},
                                 Corner{{180, false}, true, true}, Corner{{270, false}, false, true},
                                 Corner{{0, true}, true, false}}) {
        PictureMaker maker;
        const PicturePtr picture = maker.make(*frame, corner.orientation, 0);
        QVERIFY(picture);
        QCOMPARE(picture->width, corner.orientation.swapsSides() ? 10 : 21);
        const qsizetype x = corner.right ? picture->width - 1 : 0;
        const qsizetype y = corner.bottom ? picture->height - 1 : 0;
        QVERIFY2(picture->bytes[size_t(y * picture->stride + x * 4)] > 200,
                 qPrintable(QString::number(corner.orientation.degrees)));
    }
}

GATEHOUSE_TEST(PaddingTest)
#include "padding_test.moc"
