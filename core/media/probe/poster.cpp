#include "media/probe/poster.h"

#include "base/messages.h"
#include "media/picture/decoder_geometry.h"

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
#include <libavutil/pixdesc.h>
}

namespace gatehouse::media
{

namespace
{

constexpr int kMaxPosterHeight = 640;
constexpr int kPosterQuality = 5; // of mjpeg's 2 (best) to 31

// Converts what the player would show to JPEG's colours: BT.601, full range.
Av<AVFrame> forJpeg(const Picture &picture)
{
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame)
        return {};
    frame->width = picture.width;
    frame->height = picture.height;
    frame->format = AV_PIX_FMT_YUVJ420P;
    frame->color_range = AVCOL_RANGE_JPEG;
    const Av<SwsContext> scaler(sws_getContext(picture.width, picture.height, AV_PIX_FMT_BGRA, picture.width,
                                               picture.height, AV_PIX_FMT_YUVJ420P, SWS_BILINEAR, nullptr,
                                               nullptr, nullptr));
    const uint8_t *const rows[] = {picture.bytes.data(), nullptr, nullptr, nullptr};
    const int strides[] = {int(picture.stride), 0, 0, 0};
    if (!scaler || av_frame_get_buffer(frame.get(), 0) < 0 ||
        sws_scale(scaler.get(), rows, strides, 0, picture.height, frame->data, frame->linesize) <= 0)
        return {};
    return frame;
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
    context->global_quality = FF_QP2LAMBDA * kPosterQuality;
    picture.quality = context->global_quality;
    picture.pts = 0;
    if (avcodec_open2(context.get(), codec, nullptr) < 0 || avcodec_send_frame(context.get(), &picture) < 0 ||
        avcodec_send_frame(context.get(), nullptr) < 0 ||
        avcodec_receive_packet(context.get(), packet.get()) < 0)
        return {};
    return QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
}

// Not synced, unlike QSaveFile: a poster can be made again, and cameras wait for this disk.
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

} // namespace

Result<qint64> writePoster(const AVFrame &frame, AVRational pixelAspect, Orientation orientation,
                           const QString &file)
{
    const Av<AVFrame> shaped(av_frame_clone(&frame));
    if (!shaped)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."));
    shaped->sample_aspect_ratio = pixelAspect;
    PictureMaker maker;
    maker.setTile({kPosterWidth, kMaxPosterHeight});
    const PicturePtr picture = maker.make(*shaped, orientation, 0);
    const Av<AVFrame> small = picture ? forJpeg(*picture) : nullptr;
    const QByteArray jpeg = small ? encoded(*small) : QByteArray();
    if (jpeg.isEmpty())
        return fail(ErrorKind::Corrupt, Messages::tr("The picture can't be scaled."));
    if (const auto written = replaceFile(file, jpeg); !written)
        return tl::unexpected(written.error());
    return jpeg.size();
}

int contrastOf(const AVFrame &frame)
{
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    // Eight-bit luma planes cover what cameras send; others count as representative.
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
