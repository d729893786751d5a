#include "media/poster.h"
#include "media/words.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace gatehouse::media
{

namespace
{

constexpr int maxPosterHeight = 640;
constexpr int posterQuality = 5; // of mjpeg's 2 (best) to 31

Av<AVFrame> emptyFrame(int width, int height)
{
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame)
        return {};
    frame->width = width;
    frame->height = height;
    frame->format = AV_PIX_FMT_YUVJ420P;
    frame->color_range = AVCOL_RANGE_JPEG;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    return frame;
}

Av<AVFrame> scaled(const AVFrame &picture, int width, int height)
{
    Av<AVFrame> out = emptyFrame(width, height);
    const Av<SwsContext> scaler(sws_getContext(picture.width, picture.height, AVPixelFormat(picture.format),
                                               width, height, AV_PIX_FMT_YUVJ420P, SWS_AREA, nullptr, nullptr,
                                               nullptr));
    if (!out || !scaler)
        return {};
    if (sws_scale(scaler.get(), picture.data, picture.linesize, 0, picture.height, out->data,
                  out->linesize) <= 0)
        return {};
    return out;
}

void turnPlane(const uint8_t *from, int fromStride, int width, int height, uint8_t *to, int toStride,
               Turn turn)
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int column = turn.mirrored ? width - 1 - x : x;
            int toX = column;
            int toY = y;
            switch (turn.degrees) {
            case 90:
                toX = height - 1 - y;
                toY = column;
                break;
            case 180:
                toX = width - 1 - column;
                toY = height - 1 - y;
                break;
            case 270:
                toX = y;
                toY = width - 1 - column;
                break;
            default:
                break;
            }
            to[toY * toStride + toX] = from[y * fromStride + x];
        }
    }
}

Av<AVFrame> turned(Av<AVFrame> picture, Turn turn)
{
    if (turn == Turn{})
        return picture;
    const int width = turn.swapsSides() ? picture->height : picture->width;
    const int height = turn.swapsSides() ? picture->width : picture->height;
    Av<AVFrame> out = emptyFrame(width, height);
    if (!out)
        return {};
    for (int plane = 0; plane < 3; ++plane) {
        const int shift = plane == 0 ? 0 : 1;
        turnPlane(picture->data[plane], picture->linesize[plane], picture->width >> shift,
                  picture->height >> shift, out->data[plane], out->linesize[plane], turn);
    }
    return out;
}

QByteArray encoded(AVFrame &picture)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    const Av<AVCodecContext> context(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    const Av<AVPacket> packet(av_packet_alloc());
    if (!context || !packet)
        return {};
    context->width = picture.width;
    context->height = picture.height;
    context->pix_fmt = AV_PIX_FMT_YUVJ420P;
    context->color_range = AVCOL_RANGE_JPEG;
    context->time_base = {1, 25};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = FF_QP2LAMBDA * posterQuality;
    picture.quality = context->global_quality;
    picture.pts = 0;
    if (avcodec_open2(context.get(), codec, nullptr) < 0 || avcodec_send_frame(context.get(), &picture) < 0 ||
        avcodec_send_frame(context.get(), nullptr) < 0 ||
        avcodec_receive_packet(context.get(), packet.get()) < 0)
        return {};
    return QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
}

// Not synced, as QSaveFile would: a poster can be made again, and cameras wait for this disk.
Result<void> replaceFile(const QString &file, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(file).path());
    const QString part =
        QStringLiteral("%1.%2.part").arg(file, QString::number(QCoreApplication::applicationPid()));
    QFile out(part);
    if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate) || out.write(bytes) != bytes.size() ||
        !out.flush()) {
        out.remove();
        return fail(ErrorKind::Unavailable, out.errorString(), file);
    }
    out.close();
    if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(file).constData()) != 0) {
        const QString reason = QString::fromLocal8Bit(std::strerror(errno));
        out.remove();
        return fail(ErrorKind::Unavailable, reason, file);
    }
    return {};
}

// Even, because the colours are at half the size.
int evenSize(double value, int most)
{
    return std::clamp(int(std::lround(value / 2)) * 2, 2, most);
}

} // namespace

Result<void> writePoster(const AVFrame &frame, AVRational sampleAspect, Turn turn, const QString &file)
{
    const ShownSize shown = shownSize(frame.width, frame.height, sampleAspect, turn);
    if (shown.width <= 0 || shown.height <= 0)
        return fail(ErrorKind::Corrupt, Words::tr("There is no picture."));
    const double scale =
        std::min({1.0, double(posterWidth) / shown.width, double(maxPosterHeight) / shown.height});
    const int width = evenSize(shown.width * scale, posterWidth);
    const int height = evenSize(shown.height * scale, maxPosterHeight);
    Av<AVFrame> small = turn.swapsSides() ? scaled(frame, height, width) : scaled(frame, width, height);
    if (small)
        small = turned(std::move(small), turn);
    const QByteArray jpeg = small ? encoded(*small) : QByteArray();
    if (jpeg.isEmpty())
        return fail(ErrorKind::Corrupt, Words::tr("The picture cannot be made small."));
    return replaceFile(file, jpeg);
}

int contrastOf(const AVFrame &frame)
{
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    // Eight-bit luma planes cover what cameras send; others count as telling.
    if (format == nullptr || (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_HWACCEL)) != 0 ||
        format->comp[0].depth != 8 || format->comp[0].step != 1 || frame.data[0] == nullptr)
        return 127;
    constexpr int samples = 32;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < samples * samples; ++i) {
        const int x = (i % samples) * frame.width / samples;
        const int y = (i / samples) * frame.height / samples;
        const double value = frame.data[0][qint64(y) * frame.linesize[0] + x];
        sum += value;
        squares += value * value;
    }
    constexpr double count = samples * samples;
    const double mean = sum / count;
    return int(std::sqrt(std::max(0.0, squares / count - mean * mean)));
}

} // namespace gatehouse::media
