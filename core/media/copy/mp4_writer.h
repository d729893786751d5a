// Writes one MP4 whose table stands at its beginning (faststart). Streams are added first, then packets, each
// with its times in the stream's time base; one video packet is held back, because the next one's time says
// how long it is shown. One thread; blocks on disk. Errors: Full, Denied, Unavailable, Corrupt.
#pragma once

#include "base/result.h"
#include "media/demux/av.h"

namespace gatehouse::media
{

// MP4's usual clock: exact for the timestamps of program and transport streams.
inline constexpr AVRational kMp4Clock{1, 90'000};

class Mp4Writer
{
public:
    static Result<std::unique_ptr<Mp4Writer>> create(const QString &path);
    ~Mp4Writer();
    Q_DISABLE_COPY_MOVE(Mp4Writer)

    static bool canHold(AVCodecID codec);

    Result<AVStream *> addStream(const AVCodecContext &encoder);
    // Of a recording, as it is, with its rotation.
    Result<AVStream *> addCopyOf(const AVStream &stream, AVRational clock);

    // After all streams were added.
    Result<void> begin();
    Result<void> write(AVPacket &packet, const AVStream &stream, AVRational base);
    // `lastShown`: microseconds for which the last picture is shown.
    Result<void> finish(qint64 lastShown);

private:
    Mp4Writer() = default;
    Result<void> put(AVPacket &packet);
    [[nodiscard]] tl::unexpected<Error> errorOf(int number) const;

    QString m_path;
    AVFormatContext *m_format = nullptr;
    Av<AVPacket> m_held; // the latest video packet
};

} // namespace gatehouse::media
