#include "media/picture/deinterlace.h"

#include <algorithm>
#include <cstdlib>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace gatehouse::media
{

namespace
{

constexpr int kMinComb = 10; // of 255: less is noise

struct Lines {
    const uint8_t *above;
    const uint8_t *here;
    const uint8_t *below;
    const uint8_t *ownAbove; // in the same field
    const uint8_t *ownBelow;
};

// Differs from both neighbours in the same direction, and by much more than from its own field.
bool isComb(const Lines &lines, int x)
{
    const int up = lines.here[x] - lines.above[x];
    const int down = lines.here[x] - lines.below[x];
    const int apart = std::min(std::abs(up), std::abs(down));
    return (up > 0) == (down > 0) && apart >= kMinComb &&
           2 * std::abs(lines.here[x] - lines.ownAbove[x]) < apart &&
           2 * std::abs(lines.here[x] - lines.ownBelow[x]) < apart;
}

void smoothPlane(const uint8_t *from, qsizetype fromStride, uint8_t *to, qsizetype toStride, int width,
                 int height)
{
    for (int y = 1; y < height; y += 2) {
        const uint8_t *here = from + y * fromStride;
        const qsizetype twoUp = y >= 3 ? -2 * fromStride : 0;
        const qsizetype twoDown = y + 2 < height ? 2 * fromStride : 0;
        const uint8_t *below = y + 1 < height ? here + fromStride : here - fromStride;
        const Lines lines{here - fromStride, here, below, here + twoUp, here + twoDown};
        for (int x = 0; x < width; ++x) {
            if (isComb(lines, x))
                to[y * toStride + x] = uint8_t((lines.above[x] + lines.below[x] + 1) / 2);
        }
    }
}

} // namespace

bool isInterlaced(const AVFrame &frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
    return (frame.flags & AV_FRAME_FLAG_INTERLACED) != 0;
#else
    return frame.interlaced_frame != 0;
#endif
}

Av<AVFrame> deinterlaced(const AVFrame &frame)
{
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    constexpr uint64_t wrongKinds = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_HWACCEL;
    if (format == nullptr || (format->flags & wrongKinds) != 0 || format->comp[0].depth != 8)
        return {};
    for (int i = 0; i < format->nb_components; ++i) {
        if (format->comp[i].step != 1 || format->comp[i].plane != i)
            return {};
    }
    Av<AVFrame> out(av_frame_clone(&frame));
    if (!out || av_frame_make_writable(out.get()) < 0)
        return {};
    for (int plane = 0; plane < std::min<int>(format->nb_components, 3); ++plane) {
        const bool isColour = plane > 0;
        const int width = isColour ? AV_CEIL_RSHIFT(frame.width, format->log2_chroma_w) : frame.width;
        const int height = isColour ? AV_CEIL_RSHIFT(frame.height, format->log2_chroma_h) : frame.height;
        smoothPlane(frame.data[plane], frame.linesize[plane], out->data[plane], out->linesize[plane], width,
                    height);
    }
    return out;
}

} // namespace gatehouse::media
