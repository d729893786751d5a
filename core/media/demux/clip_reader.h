// Decodes the frames of one clip on one thread: opens the container and a decoder for its best video stream,
// returns packets and frames. Limits: see picture_limits.h.
// One thread. Errors: Corrupt, with libav's error text.
#pragma once

#include "media/demux/decoder_times.h"
#include "media/demux/source.h"
#include "media/picture/picture_limits.h"

#include <optional>

namespace gatehouse::media
{

// Of the audio, in microseconds of the container's clock.
struct SoundSpan {
    qint64 begin = 0;
    qint64 end = 0;
};

class ClipReader
{
public:
    static Result<std::unique_ptr<ClipReader>> open(Source &source);

    [[nodiscard]] AVFormatContext *format() const { return m_input->format(); }
    [[nodiscard]] AVStream *stream() const { return m_stream; }
    [[nodiscard]] AVCodecContext *decoder() const { return m_decoder.get(); }
    [[nodiscard]] QString container() const { return m_input->container(); }
    [[nodiscard]] QString audioCodec() const; // empty: no audio

    // Packets cannot be decoded without a key; known once the first one was read.
    [[nodiscard]] bool isEncrypted() const { return m_isEncrypted; }

    // Tracks audio timestamps from here on, so that the clip lasts as long as the longer of video and audio.
    void followSound();
    // Nothing if the audio clock jumped in between.
    [[nodiscard]] std::optional<SoundSpan> sound() const
    {
        return m_soundTimes.offset() == 0 ? m_soundSpan : std::nullopt;
    }

    // Whether the frame rate is unknown: a stream without container or timing.
    [[nodiscard]] bool isRateAssumed() const;

    // The next packet of the video stream; nullptr at the end or if reading fails. Valid until the next call.
    AVPacket *nextPacket();

private:
    ClipReader() = default;
    void noteSound(AVPacket &packet);

    std::unique_ptr<Input> m_input;
    AVStream *m_stream = nullptr;
    AVStream *m_sound = nullptr; // tracked by followSound()
    PacketTimes m_soundTimes;
    std::optional<SoundSpan> m_soundSpan;
    Av<AVCodecContext> m_decoder;
    Av<AVPacket> m_packet;
    bool m_isEncrypted = false;
};

} // namespace gatehouse::media
