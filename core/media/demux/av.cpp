#include "media/demux/av.h"

#include <array>
#include <cmath>

extern "C" {
#include <libavutil/display.h>
}

namespace gatehouse::media
{

namespace
{

const uint8_t *displayMatrix(const AVStream &stream)
{
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    const AVPacketSideData *data = av_packet_side_data_get(
        stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data != nullptr && data->size >= 9 * sizeof(int32_t) ? data->data : nullptr;
#else
    size_t size = 0;
    const uint8_t *data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return size >= 9 * sizeof(int32_t) ? data : nullptr;
#endif
}

} // namespace

QString avErrorText(int number)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

Orientation orientationOf(const AVStream &stream)
{
    const uint8_t *bytes = displayMatrix(stream);
    if (bytes == nullptr)
        return {};
    std::array<int32_t, 9> matrix{};
    std::copy_n(bytes, sizeof(matrix), reinterpret_cast<uint8_t *>(matrix.data()));
    Orientation orientation;
    // A negative determinant mirrors; undoing the mirror, which is applied first, leaves a pure rotation.
    const double determinant = double(matrix[0]) * double(matrix[4]) - double(matrix[1]) * double(matrix[3]);
    if (determinant < 0) {
        orientation.mirrored = true;
        matrix[0] = -matrix[0];
        matrix[1] = -matrix[1];
    }
    const double counterClockwise = av_display_rotation_get(matrix.data());
    if (!std::isfinite(counterClockwise))
        return {};
    orientation.degrees = ((int(std::lround(-counterClockwise / 90.0)) * 90) % 360 + 360) % 360;
    return orientation;
}

ShownSize shownSize(int width, int height, AVRational sampleAspect, Orientation orientation)
{
    ShownSize size{width, height};
    if (sampleAspect.num > 0 && sampleAspect.den > 0) {
        const double aspect = av_q2d(sampleAspect);
        // Widen or heighten, never shrink: no detail is lost.
        if (aspect > 1.0 && aspect <= 8.0)
            size.width = int(std::lround(width * aspect));
        else if (aspect < 1.0 && aspect >= 1.0 / 8.0)
            size.height = int(std::lround(height / aspect));
    }
    if (orientation.swapsSides())
        std::swap(size.width, size.height);
    return size;
}

qint64 durationOf(const AVFrame &frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    return frame.duration;
#else
    return frame.pkt_duration;
#endif
}

} // namespace gatehouse::media
