// The pictures of one clip, decoded one thread at a time: opens the container and the decoder of its
// best video stream, hands out packets and takes pictures. Bounds: see picture_limits.h.
// One thread. Errors: Corrupt, with what libav said.
#pragma once

#include "media/demux/decoder_times.h"
#include "media/demux/source.h"
#include "media/picture/picture_limits.h"

#include <optional>

namespace gatehouse::media
{

// Of sound, in microseconds of the container's clock.
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
    [[nodiscard]] QString audioCodec() const; // empty: no sound

    // Its packets make no sense without a key; known once the first of them was read.
    [[nodiscard]] bool isEncrypted() const { return m_isEncrypted; }

    // From here on its times are noted, so that a clip is as long as the longer of pictures and sound.
    void followSound();
    // Nothing where its clock was set in between.
    [[nodiscard]] std::optional<SoundSpan> sound() const
    {
        return m_soundTimes.offset() == 0 ? m_soundSpan : std::nullopt;
    }

    // Whether nothing says how many pictures a second has: a stream without container or timing.
    [[nodiscard]] bool isRateAssumed() const;

    // The next packet of the video stream; nullptr at the end or where reading fails. Valid until the
    // next call.
    AVPacket *nextPacket();

private:
    ClipReader() = default;
    void noteSound(AVPacket &packet);

    std::unique_ptr<Input> m_input;
    AVStream *m_stream = nullptr;
    AVStream *m_sound = nullptr; // followed
    PacketTimes m_soundTimes;
    std::optional<SoundSpan> m_soundSpan;
    Av<AVCodecContext> m_decoder;
    Av<AVPacket> m_packet;
    bool m_isEncrypted = false;
};

} // namespace gatehouse::media
