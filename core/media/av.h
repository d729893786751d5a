// Owners for libav's structures and its error numbers in words. Any thread, one owner each.
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
using Av = std::unique_ptr<T, AvDelete>; // of input contexts; an output context needs its own end

QString avErrorText(int number);

} // namespace gatehouse::media
