// The packets of one clip in file order with continuous times, and jumps to key pictures that work in
// every container: by its own index where that can be trusted, else by one scan of the file.
// One thread; blocks on disk. Errors as Source and Input give them.
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
    // `length`: microseconds that the pictures of a bare stream take in all; 0: unknown, they play at the
    // rate it says, or 25 a second.
    static Result<std::unique_ptr<ClipFile>> open(std::unique_ptr<Source> source,
                                                  std::function<bool()> interrupted = {}, qint64 length = 0);

    [[nodiscard]] AVStream &video() const { return *m_video; }
    [[nodiscard]] const AVStream *sound() const { return m_sound; } // null: none
    [[nodiscard]] AVFormatContext *format() const { return m_input->format(); }
    // By how much the first picture comes after the clip's begin, which is the sound's then.
    [[nodiscard]] qint64 pictureDelay() const { return m_pictureDelay; }
    [[nodiscard]] bool hasPts() const { return m_hasPts; }
    [[nodiscard]] qint64 headerDuration() const; // microseconds as the header claims; 0: unknown

    [[nodiscard]] qint64 videoStep() const
    {
        return m_videoStep;
    } // usual, from picture to picture; 0: unknown
    // Of what was read up to now, on the clip's clock; nothing where sound has another.
    [[nodiscard]] std::optional<qint64> soundEnd() const;

    // The next packet of video or sound; nothing at the end (see failure()) or when interrupted on the way to
    // where seekKey() leads.
    std::optional<ClipPacket> read();
    // Positions before a key picture at or before `time`, as far as the container lets one know. False: it
    // cannot, or was interrupted.
    bool seekKey(qint64 time);
    // 0, or libav's error that ended reading early.
    [[nodiscard]] int failure() const { return m_failure; }

private:
    ClipFile() = default;
    Result<void> openInput();
    void peek();
    Av<AVPacket> readRaw();
    void stamp(AVPacket &packet, bool isSound);
    // Of MP4, which seeks by its table of times as they are written.
    [[nodiscard]] bool hasJumpInTable() const;
    bool seekByContainer(qint64 time);
    bool seekByIndex(qint64 time);
    bool makeIndex();
    void spreadOver(qint64 length);
    bool rewind();
    bool reopen();

    std::function<bool()> m_interrupted;
    std::unique_ptr<Source> m_source;
    std::unique_ptr<Input> m_input; // over m_source: goes first
    AVStream *m_video = nullptr;
    AVStream *m_sound = nullptr;
    bool m_hasPts = false;
    qint64 m_videoStep = 0;
    qint64 m_pictureDelay = 0;
    qint64 m_length = 0;     // that the pictures were spread over; 0: they were not
    qint64 m_videoStart = 0; // the offset before any jump
    qint64 m_soundStart = 0; // of sound
    qint64 m_soundEnd = 0;
    bool m_sharesClock = false; // sound with the pictures
    bool m_soundJumped = false; // as m_jumped
    bool m_jumped = false;      // found by the scan: the clock was set within the file
    std::deque<Av<AVPacket>> m_peeked;
    PacketTimes m_videoTimes;
    PacketTimes m_soundTimes;
    std::optional<PacketIndex> m_index;
    int m_videoNumber = 0; // of the next packet, counted from the file's start; only while m_counting
    int m_soundNumber = 0;
    bool m_counting = true;  // false after a jump by the container
    bool m_isAstray = false; // a way back to the start failed: the numbers are not those of what is read
    int m_skipTo = 0;        // packets before this one are passed over
    int m_failure = 0;
};

} // namespace gatehouse::media
