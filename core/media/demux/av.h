// Owners for libav's structures, error texts, and the few queries that differ between FFmpeg versions. Any
// thread, one owner each.
#pragma once

#include <QString>
#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

namespace gatehouse::media
{

struct AvDelete {
    void operator()(AVFormatContext *p) const { avformat_close_input(&p); }
    void operator()(AVCodecContext *p) const { avcodec_free_context(&p); }
    void operator()(AVFrame *p) const { av_frame_free(&p); }
    void operator()(AVPacket *p) const { av_packet_free(&p); }
    void operator()(SwsContext *p) const { sws_freeContext(p); }
    void operator()(SwrContext *p) const { swr_free(&p); }
};

template<typename T>
using Av = std::unique_ptr<T, AvDelete>; // for input contexts; an output context needs its own deleter

QString avErrorText(int number);

// How a stored picture is transformed for display: mirrored left to right first, then rotated clockwise by 0,
// 90, 180 or 270 degrees.
struct Orientation {
    int degrees = 0;
    bool mirrored = false;

    [[nodiscard]] bool swapsSides() const { return degrees == 90 || degrees == 270; }
    friend bool operator==(const Orientation &, const Orientation &) = default;
};

// From the container's display matrix; other angles are rounded to a multiple of 90 degrees.
Orientation orientationOf(const AVStream &stream);

struct ShownSize {
    int width = 0;
    int height = 0;
};

// With pixel aspect and rotation applied; ignores an absurd aspect (beyond 1:8).
ShownSize shownSize(int width, int height, AVRational sampleAspect, Orientation orientation);

// In the stream's time base; 0: unknown.
qint64 durationOf(const AVFrame &frame);

} // namespace gatehouse::media
