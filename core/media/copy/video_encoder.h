// Encodes the pictures of a copy as H.264, in software or on a chip. Keeps each picture's own time. One
// thread. Errors: Unavailable (no such encoder, or it failed).
#pragma once

#include "base/result.h"
#include "media/copy/hardware_encoder.h"

#include <functional>

namespace gatehouse::media
{

struct VideoFormat {
    int width = 0; // even
    int height = 0;
    qint64 step = 0;          // usual time between pictures, microseconds; 0: unknown
    qint64 bitRate = 300'000; // at most, per second
    qint64 keyEvery = 0;      // microseconds from keyframe to keyframe; 0: every picture is one
    bool isFullRange = false;
    AVColorSpace colours = AVCOL_SPC_UNSPECIFIED;
};

class VideoEncoder
{
public:
    using Take = std::function<Result<void>(AVPacket &packet)>;

    // `hardware`: null: in software.
    static Result<std::unique_ptr<VideoEncoder>> open(const VideoFormat &format,
                                                      const HardwareEncoder *hardware);
    ~VideoEncoder();
    Q_DISABLE_COPY_MOVE(VideoEncoder)

    [[nodiscard]] const AVCodecContext &context() const { return *m_context; }
    // YUV 4:2:0. `time` in microseconds, increasing. Packets have the encoder's time base.
    Result<void> encode(AVFrame &picture, qint64 time, const Take &take);
    Result<void> finish(const Take &take);

private:
    VideoEncoder() = default;
    Result<void> openDevice(const HardwareEncoder &hardware, const VideoFormat &format);
    Av<AVFrame> prepared(AVFrame &picture);
    Result<void> send(const AVFrame *picture, const Take &take);

    Av<AVCodecContext> m_context;
    Av<AVPacket> m_packet;
    Av<SwsContext> m_convert; // to the encoder's pixel format
    AVPixelFormat m_format = AV_PIX_FMT_YUV420P;
    AVBufferRef *m_frames = nullptr; // of the device
    qint64 m_keyEvery = 0;
    qint64 m_lastKey = AV_NOPTS_VALUE;
    qint64 m_last = AV_NOPTS_VALUE; // in the time base
};

} // namespace gatehouse::media
