// Decodes one clip or still: frames in display order, seeking to keyframes and to exact frames. Times in
// microseconds from the first frame. One thread; blocks on disk and on decoding, and returns early when
// `interrupted` returns true. Errors: NotFound, Denied, Unavailable, Corrupt, Invalid.
#pragma once

#include "media/demux/decoder_file.h"
#include "media/playback/decoder_sound.h"
#include "media/playback/player_picture.h"

#include <functional>

namespace gatehouse::media
{

struct DecodedFrame {
    std::shared_ptr<const AVFrame> frame;
    qint64 time = 0;
};

class ClipDecoder
{
public:
    // `length`: see ClipFile.
    static Result<std::unique_ptr<ClipDecoder>>
    open(const QString &path, std::function<bool()> interrupted = {}, qint64 length = 0);
    static Result<std::unique_ptr<ClipDecoder>>
    open(std::unique_ptr<Source> source, std::function<bool()> interrupted = {}, qint64 length = 0);

    [[nodiscard]] const ClipInfo &info() const { return m_info; }
    [[nodiscard]] Orientation orientation() const { return m_orientation; }
    // From frame to frame, microseconds; 0: unknown, or a still.
    [[nodiscard]] qint64 usualStep() const { return m_file ? m_file->videoStep() : 0; }

    // The next frame; nothing at the end (atEnd()) or when interrupted. While its audio continues, the last
    // frame is repeated.
    std::optional<DecodedFrame> next();
    // The keyframe at or before a time; next() continues from there.
    std::optional<DecodedFrame> keyAt(qint64 time);
    // The frame displayed at a time: the last one that does not start after it.
    std::optional<DecodedFrame> frameAt(qint64 time);
    // Continues after keyAt() to the frame displayed at a time.
    std::optional<DecodedFrame> forwardTo(qint64 time, DecodedFrame from);

    [[nodiscard]] bool atEnd() const { return m_atEnd; }
    [[nodiscard]] int damagedPackets() const { return m_damaged; }
    [[nodiscard]] int failure() const { return m_file ? m_file->failure() : 0; }

    // Without the loop filter, which only smooths: for pictures that are made smaller, or not looked at.
    void skipLoopFilter();
    // Only keyframes, for fast playback.
    void setKeysOnly(bool on) { m_keysOnly = on; }
    // Decodes audio into `queue` (null: skips it) at its time plus `base`.
    void setSound(SoundSink *queue, qint64 base);
    // Reads ahead until that much audio is queued, for files that store audio far behind its video.
    void readAheadForSound(qint64 length);

private:
    ClipDecoder() = default;
    Result<void> openStill(const Source &source);
    Result<void> openVideo();
    bool feed();
    void hear(Av<AVPacket> packet);
    std::optional<DecodedFrame> receive();
    std::optional<DecodedFrame> stand();
    void hearHeldBack();
    std::optional<DecodedFrame> nextEntry(qint64 time);
    [[nodiscard]] bool isEntry(const AVFrame &frame) const;
    bool isInterrupted() const { return m_interrupted && m_interrupted(); }

    std::function<bool()> m_interrupted;
    std::unique_ptr<ClipFile> m_file; // null: a still
    Av<AVCodecContext> m_codec;
    std::unique_ptr<SoundDecoder> m_soundDecoder;
    SoundSink *m_sound = nullptr;
    qint64 m_soundBase = 0;
    FrameTimes m_times;
    ClipInfo m_info;
    Orientation m_orientation;
    qint64 m_origin = 0; // of the first frame, on the file's clock
    std::optional<DecodedFrame> m_still;
    std::optional<DecodedFrame> m_waiting;  // already decoded, comes next
    std::optional<DecodedFrame> m_last;     // the latest of next()
    std::vector<Av<AVPacket>> m_earlySound; // read while searching for the first frame
    std::deque<Av<AVPacket>> m_heldBack;    // audio far ahead of the video
    qint64 m_heldBackBytes = 0;
    qint64 m_reached = 0;             // the latest frame read, on the file's clock
    qint64 m_standUntil = 0;          // the audio's end, if it outlasts the video
    std::deque<Av<AVPacket>> m_ahead; // video read while searching for audio
    bool m_keysOnly = false;
    bool m_isOpen = false;
    bool m_draining = false;
    bool m_isDrained = false; // there are no more frames
    bool m_atEnd = false;
    int m_damaged = 0;
};

} // namespace gatehouse::media
