#include "support/tiny_media.h"
#include "support/tiny_scene.h"

#include <QtEndian>
#include <algorithm>
#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace gatehouse::tests
{

namespace
{

QByteArray jpegOf(const StillRecipe &recipe)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    AVCodecContext *context = codec != nullptr ? avcodec_alloc_context3(codec) : nullptr;
    AVFrame *frame = av_frame_alloc();
    AVPacket *packet = av_packet_alloc();
    QByteArray out;
    if (context != nullptr) {
        context->width = frame->width = recipe.width;
        context->height = frame->height = recipe.height;
        context->pix_fmt = AV_PIX_FMT_YUVJ420P;
        frame->format = AV_PIX_FMT_YUVJ420P;
        context->time_base = {1, 25};
        context->flags |= AV_CODEC_FLAG_QSCALE;
        context->global_quality = FF_QP2LAMBDA * std::clamp(31 - recipe.quality * 29 / 100, 2, 31);
        frame->quality = context->global_quality;
        frame->pts = 0;
        if (avcodec_open2(context, codec, nullptr) >= 0 && av_frame_get_buffer(frame, 0) >= 0) {
            drawScene(*frame, recipe.seed);
            if (avcodec_send_frame(context, frame) >= 0 && avcodec_send_frame(context, nullptr) >= 0 &&
                avcodec_receive_packet(context, packet) >= 0)
                out = QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
        }
    }
    av_packet_free(&packet);
    av_frame_free(&frame);
    avcodec_free_context(&context);
    return out;
}

QByteArray little16(int value)
{
    QByteArray out(2, '\0');
    qToLittleEndian<quint16>(quint16(value), out.data());
    return out;
}

QByteArray little32(qsizetype value)
{
    QByteArray out(4, '\0');
    qToLittleEndian<quint32>(quint32(value), out.data());
    return out;
}

QByteArray entry(int tag, int type, qsizetype count, qsizetype value)
{
    return little16(tag) + little16(type) + little32(count) + little32(value);
}

} // namespace

// A first directory (model, orientation, link) and the EXIF directory (time, serial); then the texts, each
// with room for more than its four bytes within an entry.
QByteArray exifPayload(const QDateTime &taken, int orientation, const QByteArray &serial,
                       const QByteArray &model)
{
    constexpr int firstDirectory = 8;
    constexpr int exifDirectory = firstDirectory + 2 + 3 * 12 + 4;
    constexpr int textAt = exifDirectory + 2 + 2 * 12 + 4;
    constexpr int timeBytes = 20;
    constexpr int textBytes = 64;
    const QByteArray time = taken.toString(QStringLiteral("yyyy:MM:dd HH:mm:ss")).toLatin1();
    QByteArray tiff = QByteArray("II*\0", 4) + little32(firstDirectory);
    tiff += little16(3) + entry(0x0110, 2, textBytes, textAt + timeBytes + textBytes) +
            entry(0x0112, 3, 1, std::max(1, orientation)) + entry(0x8769, 4, 1, exifDirectory) + little32(0);
    tiff += little16(2) + entry(0x9003, 2, timeBytes, textAt) +
            entry(0xa431, 2, textBytes, textAt + timeBytes) + little32(0);
    tiff += time.leftJustified(timeBytes, '\0') + serial.leftJustified(textBytes, '\0') +
            model.leftJustified(textBytes, '\0');
    return QByteArray("Exif\0\0", 6) + tiff;
}

QByteArray makeStill(const StillRecipe &recipe)
{
    QByteArray jpeg = jpegOf(recipe);
    if (!jpeg.isEmpty() &&
        (recipe.exifTime.isValid() || recipe.orientation != 0 || !recipe.serial.isEmpty())) {
        const QByteArray payload =
            exifPayload(recipe.exifTime, recipe.orientation, recipe.serial, recipe.model);
        QByteArray length(2, '\0');
        qToBigEndian<quint16>(quint16(payload.size() + 2), length.data());
        jpeg.insert(2, QByteArray("\xFF\xE1", 2) + length + payload);
    }
    return jpeg;
}

} // namespace gatehouse::tests
