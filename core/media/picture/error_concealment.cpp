#include "media/picture/error_concealment.h"

#include <algorithm>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace gatehouse::media
{

namespace
{
constexpr uint8_t kDarkGrey = 56;
constexpr uint8_t kNoColour = 128;
} // namespace

void concealErrors(AVFrame &frame)
{
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    if (format == nullptr || (format->flags & AV_PIX_FMT_FLAG_RGB) != 0 ||
        (format->flags & AV_PIX_FMT_FLAG_PLANAR) == 0 || format->nb_components != 3 ||
        format->comp[0].depth != 8 || av_frame_make_writable(&frame) < 0)
        return;
    const int columns = AV_CEIL_RSHIFT(frame.width, format->log2_chroma_w);
    const int rows = AV_CEIL_RSHIFT(frame.height, format->log2_chroma_h);
    const int across = 1 << format->log2_chroma_w;
    const int down = 1 << format->log2_chroma_h;
    for (int y = 0; y < rows; ++y) {
        uint8_t *u = frame.data[1] + qint64(y) * frame.linesize[1];
        uint8_t *v = frame.data[2] + qint64(y) * frame.linesize[2];
        for (int x = 0; x < columns; ++x) {
            if (u[x] != 0 || v[x] != 0)
                continue;
            u[x] = v[x] = kNoColour;
            for (int line = y * down; line < std::min(frame.height, (y + 1) * down); ++line) {
                uint8_t *luma = frame.data[0] + qint64(line) * frame.linesize[0];
                std::fill(luma + x * across, luma + std::min(frame.width, (x + 1) * across), kDarkGrey);
            }
        }
    }
}

} // namespace gatehouse::media
