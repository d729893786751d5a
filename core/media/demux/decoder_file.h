// The packets of one clip in file order with continuous times, and seeking to keyframes that works in every
// container: by its own index if that can be trusted, otherwise by one scan of the file.
// One thread; blocks on disk. Errors as in Source and Input.
#pragma once

#include "media/demux/decoder_index.h"
#include "media/demux/decoder_times.h"
#include "media/demux/source.h"

#include <deque>
#include <functional>
#include <optional>

namespace gatehouse::media
{

struct ClipPacket {
    Av<AVPacket> packet; // times in microseconds of the clip's clock
    bool isSound = false;
};

class ClipFile
{
public:
    // `length`: total duration in microseconds of a bare stream's frames; 0: unknown, they play at the
    // stream's rate, or at 25 fps.
    static Result<std::unique_ptr<ClipFile>> open(std::unique_ptr<Source> source,
                                                  std::function<bool()> interrupted = {}, qint64 length = 0);

    [[nodiscard]] AVStream &video() const { return *m_video; }
    [[nodiscard]] const AVStream *sound() const { return m_sound; } // null: none
    [[nodiscard]] AVFormatContext *format() const { return m_input->format(); }
    // How much later than the clip, which starts with its audio, the first frame comes.
    [[nodiscard]] qint64 pictureDelay() const { return m_pictureDelay; }
    [[nodiscard]] bool hasPts() const { return m_hasPts; }
    [[nodiscard]] qint64 headerDuration() const; // microseconds, as the header claims; 0: unknown

    [[nodiscard]] qint64 videoStep() const { return m_videoStep; } // usual, from frame to frame; 0: unknown
    // Of what has been read so far, on the clip's clock; nothing if the audio uses another clock.
    [[nodiscard]] std::optional<qint64> soundEnd() const;

    // The next packet of video or audio; nothing at the end (see failure()) or if interrupted on the way to
    // seekKey()'s target.
    std::optional<ClipPacket> read();
    // Positions before a keyframe at or before `time`, as precisely as the container allows. False: not
    // seekable, or interrupted.
    bool seekKey(qint64 time);
    // 0, or the libav error that ended reading early.
    [[nodiscard]] int failure() const { return m_failure; }

private:
    ClipFile() = default;
    Result<void> openInput();
    void peek();
    Av<AVPacket> readRaw();
    void stamp(AVPacket &packet, bool isSound);
    // For MP4, which seeks by its table of raw timestamps.
    [[nodiscard]] bool hasJumpInTable() const;
    bool seekByContainer(qint64 time);
    bool seekByIndex(qint64 time);
    bool makeIndex();
    void spreadOver(qint64 length);
    bool rewind();
    bool reopen();

    std::function<bool()> m_interrupted;
    std::unique_ptr<Source> m_source;
    std::unique_ptr<Input> m_input; // reads m_source: destroyed first
    AVStream *m_video = nullptr;
    AVStream *m_sound = nullptr;
    bool m_hasPts = false;
    qint64 m_videoStep = 0;
    qint64 m_pictureDelay = 0;
    qint64 m_length = 0;     // duration that the frames were spread over; 0: not spread
    qint64 m_videoStart = 0; // offset before any jump
    qint64 m_soundStart = 0; // of the audio
    qint64 m_soundEnd = 0;
    bool m_sharesClock = false; // audio and video
    bool m_soundJumped = false; // like m_jumped, for audio
    bool m_jumped = false;      // found by the scan: the clock was set within the file
    std::deque<Av<AVPacket>> m_peeked;
    PacketTimes m_videoTimes;
    PacketTimes m_soundTimes;
    std::optional<PacketIndex> m_index;
    int m_videoNumber = 0; // of the next packet, counted from the file's start; only while m_counting
    int m_soundNumber = 0;
    bool m_counting = true;  // false after a seek by the container
    bool m_isAstray = false; // returning to the start failed: the counts no longer match the packets read
    int m_skipTo = 0;        // packets before this one are skipped
    int m_failure = 0;
};

} // namespace gatehouse::media
