// The pictures of one clip, decoded one thread at a time: opens the container and the decoder of its
// best video stream, hands out packets and takes pictures. Bounds: 16384 a side, 100 megapixels.
// One thread. Errors: Corrupt, with what libav said.
#pragma once

#include "media/source.h"

namespace gatehouse::media
{

constexpr int maxPictureSide = 16384;
constexpr qint64 maxPicturePixels = 100'000'000;

class ClipReader
{
public:
    static Result<std::unique_ptr<ClipReader>> open(Source &source);

    [[nodiscard]] AVFormatContext *format() const { return m_input->format(); }
    [[nodiscard]] AVStream *stream() const { return m_stream; }
    [[nodiscard]] AVCodecContext *decoder() const { return m_decoder.get(); }
    [[nodiscard]] QString container() const { return m_input->container(); }
    [[nodiscard]] QString audioCodec() const; // empty: no sound
    [[nodiscard]] AVRational sampleAspect(AVFrame *frame) const;

    // Its packets make no sense without a key; known once the first of them was read.
    [[nodiscard]] bool isEncrypted() const { return m_isEncrypted; }

    // The next packet of the video stream; nullptr at the end or where reading fails. Valid until the
    // next call.
    AVPacket *nextPacket();

private:
    ClipReader() = default;

    std::unique_ptr<Input> m_input;
    AVStream *m_stream = nullptr;
    Av<AVCodecContext> m_decoder;
    Av<AVPacket> m_packet;
    bool m_isEncrypted = false;
};

} // namespace gatehouse::media
