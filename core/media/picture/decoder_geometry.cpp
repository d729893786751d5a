#include "media/picture/decoder_geometry.h"

#include "media/demux/decoder_times.h"
#include "media/picture/deinterlace.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::media
{

namespace
{

constexpr int kPixelBytes = 4;
constexpr int kMinHdHeight = 720;
constexpr qsizetype kBlockBytes = 16 * kPixelBytes;

// Mirrors left to right, then rotates clockwise.
std::vector<uint8_t> turned(const std::vector<uint8_t> &from, int width, int height, Orientation orientation)
{
    const PixelRows before = pixelRows(width, height);
    const PixelRows after = orientation.swapsSides() ? pixelRows(height, width) : before;
    std::vector<uint8_t> to(size_t(after.bytes));
    const auto *in = reinterpret_cast<const uint32_t *>(from.data());
    auto *out = reinterpret_cast<uint32_t *>(to.data());
    const qsizetype inRow = before.stride / kPixelBytes;
    const qsizetype outRow = after.stride / kPixelBytes;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int column = orientation.mirrored ? width - 1 - x : x;
            qsizetype place = 0;
            if (orientation.degrees == 90)
                place = column * outRow + (height - 1 - y);
            else if (orientation.degrees == 180)
                place = (height - 1 - y) * outRow + (width - 1 - column);
            else if (orientation.degrees == 270)
                place = (width - 1 - column) * outRow + y;
            else
                place = y * outRow + column;
            out[place] = in[y * inRow + x];
        }
    }
    return to;
}

int matrixOf(const AVFrame &frame)
{
    switch (colourSpaceOf(frame)) {
    case AVCOL_SPC_BT709:
        return SWS_CS_ITU709;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
        return SWS_CS_BT2020;
    case AVCOL_SPC_SMPTE240M:
        return SWS_CS_SMPTE240M;
    case AVCOL_SPC_FCC:
        return SWS_CS_FCC;
    default:
        return SWS_CS_ITU601;
    }
}

void setColours(SwsContext *scale, const AVFrame &frame)
{
    sws_setColorspaceDetails(scale, sws_getCoefficients(matrixOf(frame)), isFullRange(frame) ? 1 : 0,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
}

} // namespace

AVPixelFormat withoutJpegRange(AVPixelFormat format)
{
    switch (format) {
    case AV_PIX_FMT_YUVJ420P:
        return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
        return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
        return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
        return AV_PIX_FMT_YUV440P;
    default:
        return format;
    }
}

bool isFullRange(const AVFrame &frame)
{
    return frame.color_range == AVCOL_RANGE_JPEG ||
           withoutJpegRange(AVPixelFormat(frame.format)) != AVPixelFormat(frame.format);
}

AVColorSpace colourSpaceOf(const AVFrame &frame)
{
    if (frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RGB)
        return frame.colorspace;
    return frame.colorspace != AVCOL_SPC_RGB && frame.height >= kMinHdHeight ? AVCOL_SPC_BT709
                                                                             : AVCOL_SPC_SMPTE170M;
}

AVRational pixelAspect(int width, int height, AVRational written)
{
    if (written.num > 0 && written.den > 0 && written.num != written.den)
        return written;
    return width * 9 == height * 8 ? AVRational{2, 1} : AVRational{1, 1};
}

AVRational pixelAspectOf(AVFormatContext *format, AVStream *stream, AVFrame *frame)
{
    AVRational written = av_guess_sample_aspect_ratio(format, stream, frame);
    const AVCodecParameters &parameters = *stream->codecpar;
    if (parameters.codec_id == AV_CODEC_ID_MJPEG) // a JPEG's print density, not its pixel aspect
        written = AVRational{0, 1};
    return frame != nullptr ? pixelAspect(frame->width, frame->height, written)
                            : pixelAspect(parameters.width, parameters.height, written);
}

ShownSize fitted(ShownSize shown, TileSize tile)
{
    if (shown.width <= 0 || shown.height <= 0)
        return shown;
    const double all = double(shown.width) * shown.height;
    double factor = std::min(1.0, std::sqrt(double(kMaxShownPixels) / all));
    if (tile.width > 0 && tile.height > 0)
        factor = std::min({factor, double(tile.width) / shown.width, double(tile.height) / shown.height});
    return {std::max(1, int(std::lround(shown.width * factor))),
            std::max(1, int(std::lround(shown.height * factor)))};
}

PixelRows pixelRows(int width, int height)
{
    const qsizetype stride = (qsizetype(width) * kPixelBytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
    return {stride, stride * height + kBlockBytes};
}

PicturePtr PictureMaker::make(const AVFrame &decoded, Orientation orientation, qint64 time)
{
    if (decoded.width <= 0 || decoded.height <= 0 || decoded.data[0] == nullptr)
        return nullptr;
    const Av<AVFrame> smooth = isInterlaced(decoded) ? deinterlaced(decoded) : nullptr;
    const AVFrame &frame = smooth ? *smooth : decoded;
    const ShownSize shown = shownSize(frame.width, frame.height, frame.sample_aspect_ratio, orientation);
    ShownSize size = fitted(shown, m_tile);
    const ShownSize final = size;
    if (orientation.swapsSides())
        std::swap(size.width, size.height);

    const bool isReduced = size.width < frame.width || size.height < frame.height;
    m_scale.reset(sws_getCachedContext(m_scale.release(), frame.width, frame.height,
                                       withoutJpegRange(AVPixelFormat(frame.format)), size.width, size.height,
                                       AV_PIX_FMT_BGRA, isReduced ? SWS_BILINEAR : SWS_BICUBIC, nullptr,
                                       nullptr, nullptr));
    if (!m_scale)
        return nullptr;
    setColours(m_scale.get(), frame);

    auto picture = std::make_shared<Picture>();
    const PixelRows written = pixelRows(size.width, size.height);
    std::vector<uint8_t> pixels(size_t(written.bytes));
    uint8_t *const rows[] = {pixels.data(), nullptr, nullptr, nullptr};
    const int strides[] = {int(written.stride), 0, 0, 0};
    if (sws_scale(m_scale.get(), frame.data, frame.linesize, 0, frame.height, rows, strides) <= 0)
        return nullptr;
    if (orientation != Orientation{})
        pixels = turned(pixels, size.width, size.height, orientation);
    picture->bytes = Pixels(std::move(pixels));
    picture->width = final.width;
    picture->height = final.height;
    picture->stride = pixelRows(final.width, final.height).stride;
    picture->fullWidth = shown.width;
    picture->fullHeight = shown.height;
    picture->time = time;
    picture->isKey = isKeyFrame(frame);
    return picture;
}

} // namespace gatehouse::media
