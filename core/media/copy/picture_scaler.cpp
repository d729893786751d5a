#include "media/copy/picture_scaler.h"

#include "media/picture/decoder_geometry.h"
#include "media/picture/deinterlace.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace gatehouse::media
{

namespace
{

constexpr int kMaxAspect = 4;
constexpr uint8_t kBlack = 16;
constexpr uint8_t kGreyChroma = 128;

int even(double side)
{
    return std::max(2, int(std::lround(side)) / 2 * 2);
}

Av<AVFrame> emptyPicture(ShownSize size)
{
    Av<AVFrame> out(av_frame_alloc());
    if (!out)
        return {};
    out->width = size.width;
    out->height = size.height;
    out->format = AV_PIX_FMT_YUV420P;
    return av_frame_get_buffer(out.get(), 0) < 0 ? nullptr : std::move(out);
}

struct Plane {
    uint8_t *pixels;
    qsizetype stride;
    int width;
    int height;
};

Plane planeOf(AVFrame &frame, int index)
{
    const int shift = index > 0 ? 1 : 0;
    return {frame.data[index], frame.linesize[index], frame.width >> shift, frame.height >> shift};
}

// Mirrors left to right, then rotates clockwise, into the place that begins at `to`.
void turn(const Plane &from, uint8_t *to, qsizetype stride, Orientation orientation)
{
    for (int y = 0; y < from.height; ++y) {
        const uint8_t *row = from.pixels + y * from.stride;
        if (orientation == Orientation{}) {
            std::memcpy(to + y * stride, row, size_t(from.width));
            continue;
        }
        for (int x = 0; x < from.width; ++x) {
            const int column = orientation.mirrored ? from.width - 1 - x : x;
            qsizetype place = y * stride + column;
            if (orientation.degrees == 90)
                place = column * stride + (from.height - 1 - y);
            else if (orientation.degrees == 180)
                place = (from.height - 1 - y) * stride + (from.width - 1 - column);
            else if (orientation.degrees == 270)
                place = (from.width - 1 - column) * stride + y;
            to[place] = row[x];
        }
    }
}

// `picture` turned, in the middle of a frame of `size`.
Av<AVFrame> placed(AVFrame &picture, ShownSize size, Orientation orientation)
{
    Av<AVFrame> out = emptyPicture(size);
    if (!out)
        return {};
    ShownSize inner{picture.width, picture.height};
    if (orientation.swapsSides())
        std::swap(inner.width, inner.height);
    const int left = (size.width - inner.width) / 4 * 2;
    const int top = (size.height - inner.height) / 4 * 2;
    for (int i = 0; i < 3; ++i) {
        const Plane to = planeOf(*out, i);
        if (inner.width != size.width || inner.height != size.height)
            std::memset(to.pixels, i == 0 ? kBlack : kGreyChroma, size_t(to.stride) * size_t(to.height));
        const int shift = i > 0 ? 1 : 0;
        turn(planeOf(picture, i), to.pixels + (top >> shift) * to.stride + (left >> shift), to.stride,
             orientation);
    }
    return out;
}

} // namespace

ShownSize copySize(ShownSize shown, int shortSide)
{
    const double least = std::max(1, std::min(shown.width, shown.height));
    const double most = std::max({1, shown.width, shown.height});
    const double factor = std::min({1.0, shortSide / least, kMaxAspect * shortSide / most});
    return {even(shown.width * factor), even(shown.height * factor)};
}

Av<AVFrame> PictureScaler::scaled(const AVFrame &decoded)
{
    if (decoded.width <= 0 || decoded.height <= 0 || decoded.data[0] == nullptr)
        return {};
    const ShownSize shown =
        shownSize(decoded.width, decoded.height, decoded.sample_aspect_ratio, m_orientation);
    if (m_size.width == 0)
        m_size = copySize(shown, m_shortSide);
    const double fit = std::min(double(m_size.width) / shown.width, double(m_size.height) / shown.height);
    ShownSize inner{std::min(m_size.width, even(shown.width * fit)),
                    std::min(m_size.height, even(shown.height * fit))};
    // A copy of the same shape may differ by the rounding to even sides.
    if (std::abs(inner.width - m_size.width) <= 2 && std::abs(inner.height - m_size.height) <= 2)
        inner = m_size;
    if (m_orientation.swapsSides())
        std::swap(inner.width, inner.height);

    // Halving the height already averages the two fields.
    const bool hasCombs = isInterlaced(decoded) && inner.height * 2 > decoded.height;
    const Av<AVFrame> smooth = hasCombs ? deinterlaced(decoded) : nullptr;
    const AVFrame &frame = smooth ? *smooth : decoded;
    m_scale.reset(sws_getCachedContext(
        m_scale.release(), frame.width, frame.height, withoutJpegRange(AVPixelFormat(frame.format)),
        inner.width, inner.height, AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
    Av<AVFrame> out = emptyPicture(inner);
    if (!m_scale || !out ||
        sws_scale(m_scale.get(), frame.data, frame.linesize, 0, frame.height, out->data, out->linesize) <= 0)
        return {};
    if (m_orientation != Orientation{} || inner.width != m_size.width || inner.height != m_size.height)
        out = placed(*out, m_size, m_orientation);
    return out;
}

} // namespace gatehouse::media
