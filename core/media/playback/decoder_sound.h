// Decodes one audio stream into a SoundSink, converted to the queue's format. A stream that cannot be decoded
// is silent: audio never stops the video. One thread.
#pragma once

#include "media/demux/av.h"
#include "media/playback/sound_queue.h"

namespace gatehouse::media
{

class SoundDecoder
{
public:
    // Null if there is no decoder for it.
    static std::unique_ptr<SoundDecoder> open(const AVStream &stream);

    // `base`: added to the packet's time (microseconds) to get the queue's.
    void decode(const AVPacket &packet, qint64 base, SoundSink &queue);
    void flush();

private:
    SoundDecoder() = default;
    void put(const AVFrame &frame, qint64 base, SoundSink &queue);
    bool prepare(const AVFrame &frame);

    Av<AVCodecContext> m_codec;
    Av<AVFrame> m_frame;
    Av<SwrContext> m_resample;
    int m_rate = 0;
    int m_channels = 0;
    int m_format = -1;
    qint64 m_next = AV_NOPTS_VALUE;
};

} // namespace gatehouse::media
